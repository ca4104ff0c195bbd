import type { Problem } from "../model/problem.js";

/** A problem whose range counts from the origin of the entry it is in. */
export type LocalProblem = Pick<Problem, "severity" | "code" | "message" | "range">;

/** What reading a part of the document gave: its meaning, unless an error of its own forbids one, and its problems. */
export interface Reading<Def> {
  readonly def: Def | undefined;
  readonly problems: readonly LocalProblem[];
}

/** What keeps a definition from being made; `def` is called only when no problem so far is an error. */
export function reading<Def>(problems: readonly LocalProblem[], def: () => Def): Reading<Def> {
  return { def: problems.some(({ severity }) => severity === "error") ? undefined : def(), problems };
}
