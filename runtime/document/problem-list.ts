import type { Problem } from "../model/problem.js";
import type { LocalProblem } from "./reading.js";
import type { Place } from "./section.js";

/** What a problem is drawn on; notes and groups have their ids from those of nodes. */
export type Owner = { readonly node: string } | { readonly edge: string } | undefined;

/** What the problems of an entry are drawn on. */
export function ownerOf(section: string | undefined, entry: string | undefined): Owner {
  if (entry === undefined) return undefined;
  if (section === "nodes" || section === "notes" || section === "groups") return { node: entry };
  return section === "edges" ? { edge: entry } : undefined;
}

/** Collects problems, placed in the whole text. */
export class ProblemList {
  readonly #problems: Problem[] = [];

  /** Adds one whose range counts from the start of the text. */
  add(problem: Problem): void {
    this.#problems.push(problem);
  }

  /** Adds one whose range counts from the start of an entry's value. */
  addIn({ origin }: Place, owner: Owner, problem: LocalProblem): void {
    const { start, end } = problem.range;
    this.add({ ...problem, range: { start: origin + start, end: origin + end }, ...owner });
  }

  /** All of them in the order of the text. */
  sorted(): readonly Problem[] {
    return this.#problems.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || compare(a.code, b.code));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
