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
  return entry === undefined ? undefined : whole(entry);
}

/** Where a channel is written; where channels are, for one that is gone. */
export function channelRange({ ranges: { channels } }: ParsedDocument, channel: string): TextRange | undefined {
  const known = channels.get(channel);
  if (known !== undefined) return whole(known);
  const [first] = channels;
  if (first === undefined) return undefined;
  const { start } = first[1].key;
  return { start, end: start };
}

function whole({ key, value }: EntryRange): TextRange {
  return { start: key.start, end: value.end };
}

function idAt(entries: Lookup<EntryRange>, offset: number): string | undefined {
  for (const [id, { key, value }] of entries) if (key.start <= offset && offset <= value.end) return id;
  return undefined;
}
