import type { Problem } from "../model/problem.js";
import type { LocalProblem } from "./reading.js";
import type { Placed } from "./section.js";

/** What a problem is drawn on. */
export type Owner = { readonly node: string } | { readonly edge: string } | undefined;

/** Collects problems, placed in the whole text. */
export class ProblemList {
  readonly #problems: Problem[] = [];

  /** Adds one whose range counts from the start of the text. */
  add(problem: Problem): void {
    this.#problems.push(problem);
  }

  /** Adds one whose range counts from the start of an entry's value. */
  addIn(placed: Placed<unknown>, owner: Owner, problem: LocalProblem): void {
    const { start, end } = problem.range;
    this.add({ ...problem, range: { start: placed.origin + start, end: placed.origin + end }, ...owner });
  }

  /** All of them in the order of the text. */
  sorted(): readonly Problem[] {
    return this.#problems.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || compare(a.code, b.code));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
