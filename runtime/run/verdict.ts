import { errorInfo, type ErrorInfo } from "../errors.js";
import { START } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";
import { interventionFault } from "./interventions.js";
import type { Snapshot } from "./snapshot.js";
import { reroute } from "./superstep.js";
import type { TakenRoute } from "./taken-route.js";

/** A run under a new plan: where it stands now, with the routes that were taken anew, or why it cannot go on under it. */
export type Verdict =
  | { readonly safe: true; readonly snapshot: Snapshot; readonly rerouted: boolean; readonly taken: readonly TakenRoute[] }
  | { readonly safe: false; readonly reason: ErrorInfo };

/**
 * Carries a run that is not running over to another plan. Between two supersteps its last finished tasks are routed anew, so
 * that it takes the routes that are drawn now; the tasks that they sent stay. Within an open superstep the due tasks stay. They
 * must exist, as must what a person forced or overrode. Channel values must already be those of the new plan. A run that has ended
 * is left as it is.
 */
export function carryOver(plan: Plan, run: string, snapshot: Snapshot): Verdict {
  const { frontier } = snapshot;
  if (frontier.status === "completed" || frontier.status === "cancelled") return { safe: true, snapshot, rerouted: false, taken: [] };
  const reason = interventionFault(plan, frontier);
  if (reason !== undefined) return { safe: false, reason };
  if (frontier.open) {
    const missing = frontier.due.find((task) => task.node !== START && !plan.nodes.has(task.node));
    if (missing === undefined) return { safe: true, snapshot, rerouted: false, taken: [] };
    const message = `Node "${missing.node}" is at work in this run, and the graph has it no more.`;
    return { safe: false, reason: errorInfo("NOT_RESUMABLE", message, { node: missing.node }) };
  }
  const routed = reroute(plan, run, snapshot);
  if (!routed.ok) return { safe: false, reason: routed.error };
  const before = frontier.due.map((task) => task.id).join(" ");
  const after = routed.due.map((task) => task.id).join(" ");
  return { safe: true, snapshot: routed.snapshot, rerouted: before !== after, taken: routed.taken };
}
