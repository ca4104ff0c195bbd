// What a merge left to decide, as the canvas tells and walks it. Pure.
import type { ConflictView } from "../protocol/conflicts.js";
import type { GraphView } from "../protocol/views.js";
import { sole, type Selection } from "../store/selection.js";

const none: readonly ConflictView[] = [];

/** Those of a graph. */
export function conflictsOf(graph: GraphView | undefined): readonly ConflictView[] {
  return graph?.conflicts ?? none;
}

/** Those of what is selected: of one node or edge, of nothing those that belong to neither. */
export function conflictsAt(all: readonly ConflictView[], selection: Selection): readonly ConflictView[] {
  const one = sole(selection);
  if (one !== undefined) return all.filter(({ node, edge }) => ("node" in one ? node === one.node : edge === one.edge));
  const isNothing = selection.nodes.length + selection.edges.length === 0;
  return isNothing ? all.filter(({ node, edge }) => node === undefined && edge === undefined) : none;
}

/** The next one, or the one before, around at the end; undefined where there is none. */
export function nextConflict(all: readonly ConflictView[], at: string | undefined, way: 1 | -1): ConflictView | undefined {
  const here = all.findIndex((conflict) => conflict.at === at);
  if (here < 0) return way === 1 ? all[0] : all.at(-1);
  return all[(here + way + all.length) % all.length];
}

/** What happened, in a few words: who changed it, and who took it away. */
export function spokenConflict({ ours, theirs, field }: ConflictView): string {
  const what = field === "" ? "it" : field;
  if (ours === undefined) return `ours deleted ${what}, theirs changed it`;
  return theirs === undefined ? `theirs deleted ${what}, ours changed it` : `both changed ${what}`;
}
