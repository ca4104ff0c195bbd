import type { EntryRange, Lookup, ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { TextRange } from "../../runtime/model/problem.js";
import type { Selection } from "../bridge/bridge.js";

/** The node or edge whose entry holds an offset of the text. */
export function entryAt({ ranges }: ParsedDocument, offset: number): Selection | undefined {
  const node = idAt(ranges.nodes, offset);
  if (node !== undefined) return { nodes: [node], edges: [] };
  const edge = idAt(ranges.edges, offset);
  return edge === undefined ? undefined : { nodes: [], edges: [edge] };
}

/** Where the first selected node or edge is written, key included. */
export function rangeOf({ ranges }: ParsedDocument, { nodes, edges }: Selection): TextRange | undefined {
  const [node] = nodes;
  const [edge] = edges;
  const entry = (node === undefined ? undefined : ranges.nodes.get(node)) ?? (edge === undefined ? undefined : ranges.edges.get(edge));
  return entry === undefined ? undefined : { start: entry.key.start, end: entry.value.end };
}

function idAt(entries: Lookup<EntryRange>, offset: number): string | undefined {
  for (const [id, { key, value }] of entries) if (key.start <= offset && offset <= value.end) return id;
  return undefined;
}
