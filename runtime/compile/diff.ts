import type { Graph } from "../model/graph.js";
import type { TableChange } from "../model/table.js";
import type { Change } from "./change.js";
import { classOfChannel, classOfDocument, classOfEdge, classOfNode } from "./classify.js";

/**
 * What changed between two graphs, as typed records. Costs what changed: entries that the two share by identity are skipped
 * together with the branches that hold them. Entries that are equal but not identical are no change.
 */
export function diffGraphs(before: Graph, after: Graph): Change[] {
  const changes: Change[] = [];
  for (const change of before.channels.diff(after.channels)) {
    const fields = changedFields(change);
    if (fields === undefined) continue;
    const both = change.before !== undefined && change.after !== undefined;
    changes.push({ entity: "channel", id: change.key, class: both ? classOfChannel(fields) : "hard", fields, ...sides(change) });
  }
  for (const change of before.nodes.diff(after.nodes)) {
    const fields = changedFields(change);
    if (fields === undefined) continue;
    const both = change.before !== undefined && change.after !== undefined;
    changes.push({ entity: "node", id: change.key, class: both ? classOfNode(fields) : "hard", fields, ...sides(change) });
  }
  for (const change of before.edges.diff(after.edges)) {
    const fields = changedFields(change);
    if (fields === undefined) continue;
    const both = change.before !== undefined && change.after !== undefined;
    changes.push({ entity: "edge", id: change.key, class: both ? classOfEdge(fields) : "soft", fields, ...sides(change) });
  }
  changes.push(
    ...diffOrder(before, after),
    ...diffLayout(before, after),
    ...diffAnnotations(before, after),
    ...diffSettings(before, after),
  );
  return changes.sort(byEntityAndId);
}

function diffOrder(before: Graph, after: Graph): Change[] {
  return before.order.diff(after.order).flatMap(({ key, before: was, after: is }): Change[] => {
    // Added and removed nodes have a record of their own.
    if (was === undefined || is === undefined || !before.nodes.has(key) || !after.nodes.has(key)) return [];
    return [{ entity: "order", id: key, class: "soft", fields: [], before: was, after: is }];
  });
}

function diffLayout(before: Graph, after: Graph): Change[] {
  return before.layout.diff(after.layout).flatMap(({ key, before: was, after: is }): Change[] => {
    return equal(was, is) ? [] : [{ entity: "layout", id: key, class: classOfDocument("layout"), fields: [] }];
  });
}

/** What people wrote for people. */
function diffAnnotations(before: Graph, after: Graph): Change[] {
  const of = <V>(entity: "note" | "group", changes: readonly TableChange<V>[]): Change[] =>
    changes.flatMap(({ key, before: was, after: is }) =>
      equal(was, is) ? [] : [{ entity, id: key, class: classOfDocument(`${entity}s`), fields: [] }],
    );
  return [...of("note", before.notes.diff(after.notes)), ...of("group", before.groups.diff(after.groups))];
}

function diffSettings(before: Graph, after: Graph): Change[] {
  const changes: Change[] = [];
  if (before.title !== after.title) changes.push({ entity: "graph", id: "title", class: classOfDocument("title"), fields: [] });
  for (const id of ["compile", "limits"] as const) {
    const fields = changedFields({ key: id, before: before[id], after: after[id] });
    if (fields !== undefined) changes.push({ entity: "graph", id, class: classOfDocument(id), fields });
  }
  const fields = changedFields({ key: "checkpoints", before: before.checkpoints, after: after.checkpoints });
  if (fields !== undefined)
    changes.push({ entity: "graph", id: "checkpoints", class: classOfDocument("checkpoints"), fields, after: after.checkpoints });
  return changes;
}

/** The fields that differ; empty when one side is missing; undefined when the two are equal. */
function changedFields<V extends object>(change: TableChange<V>): readonly string[] | undefined {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const a = before as Readonly<Record<string, unknown>>;
  const b = after as Readonly<Record<string, unknown>>;
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => !equal(a[field], b[field]));
  return fields.length === 0 ? undefined : fields.sort();
}

function sides<V>(change: TableChange<V>): { before?: V; after?: V } {
  return {
    ...(change.before === undefined ? {} : { before: change.before }),
    ...(change.after === undefined ? {} : { after: change.after }),
  };
}

/** Whether two JSON-like values mean the same; order of keys does not matter. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

function byEntityAndId(a: Change, b: Change): number {
  const x = `${a.entity} ${a.id}`;
  const y = `${b.entity} ${b.id}`;
  return x < y ? -1 : x > y ? 1 : 0;
}
