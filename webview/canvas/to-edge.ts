// An edge as React Flow is given it. Pure.
import type { EdgeView, RunView } from "../protocol/views.js";
import { attributes } from "./attributes.js";
import type { FlowEdge, Taken, WireData } from "./flow-types.js";
import { sameForce } from "./interventions.js";
import { edgeMenu } from "./menus.js";
import { sameItems } from "./same.js";
import { spokenEdge } from "./spoken.js";

/** What is held stands above the rest: as a layer of its own that does not cut the rest in two, with the pills and nodes that are held above it. */
const ABOVE = 1;

type Labels = ReadonlyMap<string, string>;

/** An edge; `old` itself where it looks the same. It speaks of its ends by their labels, those of `old` by `oldLabels`. */
export function wire(
  seen: WireData,
  selected: boolean,
  labels: Labels,
  old: FlowEdge | undefined,
  oldLabels: Labels | undefined,
): FlowEdge {
  if (old !== undefined && sameWire(old.data, seen) && sameLabels(seen, labels, oldLabels)) {
    return old.selected === selected ? old : { ...old, selected };
  }
  const { id, from, to, condition } = seen.view;
  return {
    id,
    type: "condition",
    className: seen.held ? "held" : "",
    source: from,
    target: to,
    selected,
    data: seen,
    zIndex: seen.held ? ABOVE : 0,
    ariaLabel: spokenEdge(seen, labels),
    domAttributes: attributes({ taken: seen.taken, ...(seen.tested ? { tested: "true" } : {}), condition, ...edgeMenu(seen) }),
  };
}

function sameWire(a: WireData, b: WireData): boolean {
  return (
    a.view === b.view &&
    a.taken === b.taken &&
    a.tested === b.tested &&
    sameForce(a.forced, b.forced) &&
    a.detour === b.detour &&
    a.held === b.held &&
    a.lane?.index === b.lane?.index &&
    a.lane?.of === b.lane?.of &&
    a.stale === b.stale &&
    a.breakpoints === b.breakpoints &&
    sameItems(a.problems, b.problems)
  );
}

function sameLabels({ view: { from, to } }: WireData, labels: Labels, old: Labels | undefined): boolean {
  return labels === old || (labels.get(from) === old?.get(from) && labels.get(to) === old?.get(to));
}

/** Whether the condition of an edge was looked at when its node finished last, and it was not taken. An error edge has none. */
export function isTestedOnly({ id, from, condition }: EdgeView, { tested, edges }: RunView): boolean {
  const superstep = tested?.[from];
  if (superstep === undefined || condition === "plain" || condition === "error") return false;
  return (edges[id] ?? -1) < superstep;
}

/** When an edge was taken, by the superstep that took it last and the latest that took any. */
export function takenAt(superstep: number | undefined, latest: number): Taken {
  if (superstep === undefined) return "never";
  return superstep === latest ? "latest" : "before";
}
