import type { DebugView } from "../protocol/debug.js";
import type { RunView } from "../protocol/views.js";

/** The nodes at which a run is paused: the one that the debugger shows, else all that are due next; none in the past. */
export function pausedAt(run: RunView, debug: DebugView): readonly string[] {
  if (run.past === true) return [];
  if (debug.at !== undefined) return [debug.at];
  if (run.status !== "paused") return [];
  return Object.entries(run.nodes).flatMap(([id, { status }]) => (status === "due" ? [id] : []));
}
