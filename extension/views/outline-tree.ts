// The rows of the outline, as the document has them: nodes in the order in which a run may come to them, each with the edges that leave it.
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { usesGraph } from "../../runtime/model/graph.js";
import { END, ON_ERROR, START, type EdgeId, type NodeId } from "../../runtime/model/ids.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";

/** A row of the outline; `key` tells it from all others of its graph. */
export type OutlineEntry =
  | {
      readonly type: "node";
      readonly key: string;
      readonly node: NodeId;
      readonly kind: string;
      readonly label: string;
      /** Whether it has code of the user's, and whether it runs another graph. */
      readonly handler: boolean;
      readonly graph: boolean;
    }
  | {
      readonly type: "edge";
      readonly key: string;
      readonly edge: EdgeId;
      /** When it fires; empty for a plain edge. */
      readonly condition: string;
      /** What its target is called. */
      readonly to: string;
    }
  /** The graph that a node runs. */
  | { readonly type: "graph"; readonly key: string; readonly node: NodeId; readonly path: string }
  | { readonly type: "note"; readonly key: string; readonly note: string; readonly label: string }
  | { readonly type: "group"; readonly key: string; readonly group: string; readonly label: string };

/** The rows of one document: what is at the top, and what is under each row. */
export interface OutlineTree {
  readonly roots: readonly OutlineEntry[];
  readonly children: ReadonlyMap<string, readonly OutlineEntry[]>;
  readonly parents: ReadonlyMap<string, OutlineEntry>;
  /** All of them by key. */
  readonly entries: ReadonlyMap<string, OutlineEntry>;
}

/** Key of a node's row. */
export const nodeKey = (id: NodeId): string => `node ${id}`;
/** Key of an edge's row. */
export const edgeKey = (id: EdgeId): string => `edge ${id}`;

type Leaving = ReadonlyMap<string, readonly (readonly [EdgeId, JsonObject])[]>;

/** The outline of a document in any state. */
export function outlineOf(parsed: ParsedDocument): OutlineTree {
  const { raw, graph } = parsed;
  const leaving: Leaving = Map.groupBy(raw.edges, ([, { from }]) => (typeof from === "string" ? from : ""));
  const labelOf = (id: string): string => (id === START ? "Start" : id === END ? "End" : textOf(raw.nodes.get(id)?.["label"]) || id);
  const children = new Map<string, readonly OutlineEntry[]>();
  const nodeEntry = (node: NodeId): OutlineEntry => {
    const key = nodeKey(node);
    const under = (leaving.get(node) ?? []).map(([id, fields]) => edgeEntry(id, fields, labelOf));
    const def = graph.nodes.get(node);
    const inner: readonly OutlineEntry[] =
      def !== undefined && usesGraph(def) ? [{ type: "graph", key: `graph ${node}`, node, path: def.graph }] : [];
    if (under.length + inner.length > 0) children.set(key, [...inner, ...under]);
    const fields = raw.nodes.get(node) ?? {};
    const kind = node === START ? START : textOf(fields["kind"]);
    return { type: "node", key, node, kind, label: labelOf(node), handler: textOf(fields["handler"]) !== "", graph: inner.length > 0 };
  };
  const nodes = inOrderOfFlow(raw.nodes.keys(), leaving).map(nodeEntry);
  const notes = Array.from(raw.notes, ([note, fields]): OutlineEntry => ({
    type: "note",
    key: `note ${note}`,
    note,
    label: firstLine(fields["text"]) || note,
  }));
  const roots = gathered([...nodes, ...notes], raw.groups, children);
  const parents = new Map<string, OutlineEntry>();
  const all = [...roots, ...[...children.values()].flat()];
  for (const entry of all) for (const child of children.get(entry.key) ?? []) parents.set(child.key, entry);
  return { roots, children, parents, entries: new Map(all.map((entry) => [entry.key, entry])) };
}

/** Depth first from the start, in the order of the edges; what is not reached comes last. */
function inOrderOfFlow(ids: Iterable<NodeId>, leaving: Leaving): readonly NodeId[] {
  const known = new Set(ids);
  const seen = new Set<NodeId>();
  const visit = (first: NodeId): void => {
    const waiting = [first];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id) || (id !== START && !known.has(id))) continue;
      seen.add(id);
      for (const [, { to }] of (leaving.get(id) ?? []).toReversed()) if (typeof to === "string") waiting.push(to);
    }
  };
  visit(START);
  for (const id of known) visit(id);
  return [...seen];
}

/** Groups take the place of the first of what is in them. */
function gathered(
  entries: readonly OutlineEntry[],
  groups: ParsedDocument["raw"]["groups"],
  children: Map<string, readonly OutlineEntry[]>,
): readonly OutlineEntry[] {
  const groupOf = new Map<string, OutlineEntry>();
  for (const [group, fields] of groups) {
    const entry: OutlineEntry = { type: "group", key: `group ${group}`, group, label: textOf(fields["label"]) || group };
    const members = Array.isArray(fields["nodes"]) ? (fields["nodes"] as readonly JsonValue[]) : [];
    for (const member of members) if (typeof member === "string" && !groupOf.has(member)) groupOf.set(member, entry);
  }
  const roots = new Set<OutlineEntry>();
  for (const entry of entries) {
    const group = entry.type === "node" ? groupOf.get(entry.node) : entry.type === "note" ? groupOf.get(entry.note) : undefined;
    if (group === undefined) roots.add(entry);
    else {
      roots.add(group);
      children.set(group.key, [...(children.get(group.key) ?? []), entry]);
    }
  }
  return [...roots];
}

function edgeEntry(edge: EdgeId, { to, when, on, else: otherwise }: JsonObject, labelOf: (id: string) => string): OutlineEntry {
  const condition =
    when !== undefined
      ? textOf(when)
      : on === ON_ERROR
        ? "on error"
        : on !== undefined
          ? `on ${textOf(on)}`
          : otherwise === true
            ? "else"
            : "";
  return { type: "edge", key: edgeKey(edge), edge, condition, to: labelOf(textOf(to)) };
}

function firstLine(value: JsonValue | undefined): string {
  return textOf(value).trim().split("\n", 1)[0] ?? "";
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
