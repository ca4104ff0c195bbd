import type { GraphPatch, GraphView } from "../../webview/protocol/views.js";

/** Of a graph that changed more than in one part of so many the whole is sent. */
const FEWEST = 4;

/** What one view of a graph became in the next; undefined where so much changed that the whole is shorter. Parts are compared by identity. */
export function graphPatch(before: GraphView, after: GraphView): GraphPatch | undefined {
  const [nodes, edges] = [listPatch(before.nodes, after.nodes), listPatch(before.edges, after.edges)];
  const [notes, groups] = [listPatch(before.notes, after.notes), listPatch(before.groups, after.groups)];
  const lists = { nodes, edges, notes, groups };
  const changed = Object.values(lists).reduce((sum, { put, order = [] }) => sum + put.length + order.length, 0);
  const all = after.nodes.length + after.edges.length + after.notes.length + after.groups.length;
  if (changed * FEWEST > all) return undefined;
  return { base: before.revision, revision: after.revision, fields: changedFields(before, after), ...lists };
}

function changedFields(before: GraphView, after: GraphView): GraphPatch["fields"] {
  const { revision: _revision, nodes: _nodes, edges: _edges, notes: _notes, groups: _groups, ...fields } = after;
  const same = (name: string): boolean =>
    JSON.stringify(before[name as keyof GraphView]) === JSON.stringify(after[name as keyof GraphView]);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !same(name)));
}

interface Entry {
  readonly id: string;
}

interface ListPatch<Item> {
  put: Item[];
  removed: string[];
  order?: string[];
}

function listPatch<Item extends Entry>(before: readonly Item[], after: readonly Item[]): ListPatch<Item> {
  if (before === after) return { put: [], removed: [] };
  if (before.length === after.length && after.every(({ id }, index) => before[index]?.id === id)) {
    return { put: after.filter((entry, index) => before[index] !== entry), removed: [] };
  }
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const put = after.filter((entry) => old.get(entry.id) !== entry);
  for (const { id } of after) old.delete(id);
  const removed = [...old.keys()];
  return isInOrder(before, after, new Set(removed)) ? { put, removed } : { put, removed, order: after.map(({ id }) => id) };
}

/** Whether what stays stands as it did, with what is new behind it. */
function isInOrder(before: readonly Entry[], after: readonly Entry[], removed: ReadonlySet<string>): boolean {
  let at = 0;
  for (const { id } of before) {
    if (removed.has(id)) continue;
    if (after[at]?.id !== id) return false;
    at += 1;
  }
  return true;
}
