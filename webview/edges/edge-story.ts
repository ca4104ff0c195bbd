// What came of an edge, in words. Pure.
import type { EdgeStory, EdgeTestView } from "../protocol/past.js";

const passed: Readonly<Record<NonNullable<EdgeTestView["passed"]>, string>> = {
  forced: "A person forced the way on: the condition was not looked at",
  failed: "The node failed: only its error edges counted",
  goto: "The node went where its handler said: the condition was not looked at",
  override: "The run was sent elsewhere from the node: the condition was not looked at",
};

/** What came of it, in a line: `false: not taken`, `action reject: not taken`. */
export function outcomeOf({ taken, action, value, error, failure, passed: by }: EdgeTestView): string {
  const end = taken ? "taken" : "not taken";
  if (by !== undefined) return `${passed[by]}; ${end}`;
  if (failure === null) return `the node did not fail: ${end}`;
  if (failure !== undefined) return `${failure.code}: ${end}`;
  if (error !== undefined) return `${error}; ${end}`;
  if (value !== undefined) return `${value}: ${end}`;
  return action === undefined ? end : `action ${action}: ${end}`;
}

/** What the node failed with, and what the condition read, a line for each. */
function readsOf({ reads, failure }: EdgeTestView): readonly string[] {
  const message = failure == null ? [] : [failure.message];
  return [...message, ...reads.map(({ path, value }) => `${path} = ${value ?? "nothing"}`)];
}

/** All of it, for hovering. */
export function storyLines({ superstep, tests }: EdgeStory): readonly string[] {
  return [`Superstep ${String(superstep)}`, ...tests.flatMap((test) => [outcomeOf(test), ...readsOf(test).map((line) => `  ${line}`)])];
}
