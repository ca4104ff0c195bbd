// What nodes and edges say of themselves to a screen reader. Pure.
import { endsRun } from "../edges/ends-run.js";
import { kindOf } from "../nodes/kinds.js";
import { spokenStatus } from "../nodes/node-status.js";
import type { EdgeView } from "../protocol/views.js";
import { spokenBreakpoint } from "./breakpoints.js";
import type { CardData, Flow, WireData } from "./flow-types.js";
import { isDisabled, spokenForce, spokenJoin } from "./interventions.js";

/** A node: its label, what it is, and how it stands. */
export function spokenNode({ view, run, problems, join, elsewhere, live, stale, breakpoints, paused }: CardData): string {
  const marks = problems.length === 0 ? [] : [problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`];
  return [
    view.label,
    kindOf(view.kind).title.toLowerCase(),
    ...(isDisabled(view) ? ["disabled"] : []),
    ...(join === undefined ? [] : [spokenJoin(join)]),
    ...(run === undefined ? [] : spokenStatus(run)),
    ...(paused ? ["paused here"] : []),
    ...spokenElsewhere(elsewhere),
    ...(live ? ["runs live on replay"] : []),
    ...(stale === undefined ? [] : [`not in force: ${stale}`]),
    ...breakpoints.map(spokenBreakpoint),
    ...marks,
  ].join(", ");
}

/** Where a run goes from a node instead of along its edges. */
export function spokenElsewhere(goals: readonly string[] | undefined): readonly string[] {
  return goals === undefined ? [] : [`sent to ${goals.join(" and ")}`];
}

/** An edge: its ends, by their labels, its condition, and what was done to it. */
export function spokenEdge({ view, tested, forced, stale, breakpoints }: WireData, labels: ReadonlyMap<string, string>): string {
  const ends = `Edge from ${labels.get(view.from) ?? view.from} to ${labels.get(view.to) ?? view.to}`;
  const missing = stale === undefined ? "" : `not in force: ${stale}`;
  return [
    ends,
    spokenCondition(view),
    endsRun(view) ? "ends the whole run" : "",
    tested ? "tested, and not taken" : "",
    spokenForce(forced),
    missing,
    ...breakpoints.map(spokenBreakpoint),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function spokenCondition({ condition, text }: EdgeView): string {
  return condition === "when" || condition === "on" ? `${condition} ${text}` : text;
}

/** A large graph that is drawn as a whole. */
export function spokenPicture({ nodes, edges }: Flow): string {
  const [cards, wires] = [nodes.length, edges.length].map((count) => count.toLocaleString("en"));
  return `${String(cards)} nodes and ${String(wires)} edges, drawn small. Arrow keys walk from node to node.`;
}
