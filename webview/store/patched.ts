import type { GraphPatch, GraphView } from "../protocol/views.js";
import { share } from "./sharing.js";

/** A graph with a patch made to it; what the patch does not name is the same object. */
export function patched(graph: GraphView, { revision, fields, nodes, edges, notes, groups }: GraphPatch): GraphView {
  const lists = {
    nodes: patchedList(graph.nodes, nodes),
    edges: patchedList(graph.edges, edges),
    notes: patchedList(graph.notes, notes),
    groups: patchedList(graph.groups, groups),
  };
  return share(graph, { ...graph, ...fields, revision, ...lists });
}

interface Entry {
  readonly id: string;
}

interface ListPatch<Item> {
  readonly put: readonly Item[];
  readonly removed: readonly string[];
  readonly order?: readonly string[] | undefined;
}

function patchedList<Item extends Entry>(entries: Item[], { put, removed, order }: ListPatch<Item>): Item[] {
  if (put.length + removed.length === 0 && order === undefined) return entries;
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const id of removed) byId.delete(id);
  for (const entry of put) byId.set(entry.id, entry); // in place of what it replaces, or at the end
  return order === undefined ? [...byId.values()] : order.flatMap((id) => byId.get(id) ?? []);
}
