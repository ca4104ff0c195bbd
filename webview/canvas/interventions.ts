// What a person made of a run, and what an edge or node says of itself, in words. Pure.
import type { EdgeView, NodeView, RunView } from "../protocol/views.js";
import type { Forced } from "./flow-types.js";

/** What is forced of an edge, if anything. */
export function forcedOf({ id, from }: EdgeView, run: RunView): Forced | undefined {
  if (run.forced[from] === id) return { now: true };
  const superstep = run.takenByForce[id];
  return superstep === undefined ? undefined : { now: false, superstep };
}

/** Whether two say the same. */
export function sameForce(a: Forced | undefined, b: Forced | undefined): boolean {
  return a === b || (a?.now === b?.now && spokenForce(a) === spokenForce(b));
}

/** What is forced, in words; empty where nothing is. */
export function spokenForce(forced: Forced | undefined): string {
  if (forced === undefined) return "";
  return forced.now ? "forced" : `taken by force in superstep ${String(forced.superstep)}`;
}

/** What a node waits for, in a word: where several edges lead to it, and not any one of them will do. */
export function joinMark({ fields }: NodeView, entering: number): string | undefined {
  if (entering < 2) return undefined;
  const { join } = fields;
  if (join === "all") return "all";
  if (join === "deferred") return "last";
  const count = typeof join === "object" && join !== null && "count" in join ? join.count : undefined;
  return typeof count === "number" ? `${String(count)} of ${String(entering)}` : undefined;
}

/** The same in full. */
export function spokenJoin(mark: string): string {
  if (mark === "all") return "waits for all of its edges";
  return mark === "last" ? "runs when nothing else is due" : `waits for ${mark} edges`;
}

/** Whether a node is bypassed. */
export function isDisabled({ fields }: NodeView): boolean {
  return fields["disabled"] === true;
}
