// Where a run stands in its graph, as far as what comes next depends on it. Pure.
import { isEmpty } from "../model/is-empty.js";
import type { Arrivals, Frontier } from "../checkpoint/checkpoint.js";
import type { NodeId } from "../model/ids.js";
import type { Impact } from "./impact.js";

/** What had arrived at joins before the routes of the last superstep were taken; they are taken anew under another plan. */
export function waitingBefore(frontier: Frontier): Arrivals {
  return frontier.open ? frontier.arrivals : frontier.arrivalsBefore;
}

/** Whether a run has come to its end. */
export function hasEnded({ status }: Frontier): boolean {
  return status === "completed" || status === "cancelled";
}

/** Whether something that differs can still be reached, or decides where the run goes next. */
export function isAffected(impact: Impact, frontier: Frontier): boolean {
  if (impact.nothing) return false;
  if (impact.limits) return true;
  const { affected, routing, joins } = impact;
  const leads = (node: NodeId): boolean => affected.has(node);
  if (frontier.open) {
    const done = new Set(frontier.results.map(({ task }) => task));
    // Of a task that has its result, only the way on is still to be taken, and that is what it leads to.
    for (const { id, node } of frontier.due) if (done.has(id) ? routing.has(node) || impact.leadsOn(node) : leads(node)) return true;
  } else {
    if (frontier.due.some(({ node }) => leads(node)) || frontier.routed.some(({ node }) => routing.has(node))) return true;
  }
  for (const arrivals of [frontier.arrivals, frontier.arrivalsBefore]) {
    if (isEmpty(arrivals)) continue;
    for (const [node, ways] of Object.entries(arrivals))
      if (leads(node) || joins.has(node) || ways.some((way) => impact.edges.has(way))) return true;
  }
  for (const [node, targets] of Object.entries(frontier.overrides ?? {})) if (routing.has(node) || targets.some(leads)) return true;
  for (const node of Object.keys(frontier.forced ?? {})) if (leads(node)) return true;
  return false;
}

function hasIntervention({ forced, overrides, moved }: Frontier): boolean {
  return (forced ?? overrides ?? moved) !== undefined;
}

/** Whether the place itself is as it was: what is due, what waits, and where what finished last leads. Only what lies beyond may differ. */
export function standsAsBefore(impact: Impact, frontier: Frontier): boolean {
  const { before, channels, edges } = impact;
  if (before === undefined || channels.length > 0 || hasIntervention(frontier)) return false;
  const { due, routed, results, arrivals, arrivalsBefore } = frontier;
  if ([due, routed, results].some((tasks) => tasks.some(({ node }) => impact.touches(node)))) return false;
  return [arrivals, arrivalsBefore].every(
    (waiting) =>
      isEmpty(waiting) || Object.entries(waiting).every(([node, ways]) => !impact.touches(node) && !ways.some((way) => edges.has(way))),
  );
}
