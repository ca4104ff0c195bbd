import { END, START } from "../../runtime/model/ids.js";
import type { GraphView } from "../protocol/views.js";

/** What is selected, by id; notes and groups are among the nodes, whose ids they share none of. Never part of undo. */
export interface Selection {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** Nothing selected. */
export const nothing: Selection = { nodes: [], edges: [] };

/** One element switched on or off. */
export interface SelectionChange {
  readonly id: string;
  readonly selected: boolean;
}

/** `ids` after these changes; the same array where nothing changes. */
export function withChanges(ids: readonly string[], changes: readonly SelectionChange[]): readonly string[] {
  const next = new Set(ids);
  for (const { id, selected } of changes) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  return next.size === ids.length && ids.every((id) => next.has(id)) ? ids : [...next];
}

/** What of the selection the graph still has; the same object where all of it is there. */
export function pruned(selection: Selection, graph: GraphView): Selection {
  const nodes = new Set(onCanvas(graph));
  const edges = new Set(graph.edges.map(({ id }) => id));
  const kept = { nodes: selection.nodes.filter((id) => nodes.has(id)), edges: selection.edges.filter((id) => edges.has(id)) };
  const all = kept.nodes.length === selection.nodes.length && kept.edges.length === selection.edges.length;
  return all ? selection : kept;
}

/** What is in either. */
export function joined(a: Selection, b: Selection): Selection {
  return { nodes: [...new Set([...a.nodes, ...b.nodes])], edges: [...new Set([...a.edges, ...b.edges])] };
}

/** Ids of all that stands on the canvas. */
function onCanvas({ nodes, notes, groups }: GraphView): readonly string[] {
  return [START, END, ...[...nodes, ...notes, ...groups].map(({ id }) => id)];
}

/** Every node, note, group and edge, the terminals included. */
export function everything(graph: GraphView): Selection {
  return { nodes: onCanvas(graph), edges: graph.edges.map(({ id }) => id) };
}

/** The one node or edge that is selected alone. */
export function sole(selection: Selection): { readonly node: string } | { readonly edge: string } | undefined {
  const [node] = selection.nodes;
  const [edge] = selection.edges;
  if (selection.nodes.length + selection.edges.length !== 1) return undefined;
  if (node !== undefined) return { node };
  return edge === undefined ? undefined : { edge };
}
