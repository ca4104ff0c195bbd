// Lines of a graph's text and what can be stopped at there.
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";
import type { TextRange } from "../../../runtime/model/problem.js";
import type { BreakPlace } from "../../../runtime/stepping/breakpoint.js";

/** When a breakpoint of a line stops, as people choose it; the first of each kind is the default. */
const nodeModes = ["before", "after"] as const;
const edgeModes = ["taken", "tested"] as const;

/** A line and a column, both from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What stands on a line. */
export type Entry = { readonly node: string; readonly range: TextRange } | { readonly edge: string; readonly range: TextRange };

/** The node or edge that begins on a line (from 0), or is written over it. */
export function entryOnLine(parsed: ParsedDocument, line: number): Entry | undefined {
  const start = offsetOf(parsed.text, { line, column: 0 });
  const end = endOfLine(parsed.text, start);
  return beginning(parsed, start, end) ?? around(parsed, start);
}

/** What a breakpoint on a line stops at; `mode` as people chose it. Undefined where nothing can be stopped at there. */
export function placeOnLine(parsed: ParsedDocument, line: number, mode: string | undefined): BreakPlace | undefined {
  const entry = entryOnLine(parsed, line);
  if (entry === undefined) return undefined;
  if ("node" in entry) return { at: nodeModes.find((each) => each === mode) ?? nodeModes[0], node: entry.node };
  return { at: edgeModes.find((each) => each === mode) ?? edgeModes[0], edge: entry.edge };
}

/** Where a node or edge is written; the start of the text where it is not. */
export function positionOf(parsed: ParsedDocument, entry: { readonly node: string } | { readonly edge: string }): Position {
  const found = "node" in entry ? parsed.ranges.nodes.get(entry.node) : parsed.ranges.edges.get(entry.edge);
  return found === undefined ? { line: 0, column: 0 } : positionAt(parsed.text, found.key.start);
}

/** The place of an offset. */
function positionAt(text: string, offset: number): Position {
  let line = 0;
  let start = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", start)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: offset - start };
}

function offsetOf(text: string, { line, column }: Position): number {
  let start = 0;
  for (let left = line; left > 0; left -= 1) {
    const next = text.indexOf("\n", start);
    if (next === -1) return text.length;
    start = next + 1;
  }
  return start + column;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}

function beginning({ ranges }: ParsedDocument, start: number, end: number): Entry | undefined {
  const begins = ({ key }: { readonly key: TextRange }): boolean => key.start >= start && key.start < end;
  for (const [node, entry] of ranges.nodes) if (begins(entry)) return { node, range: whole(entry) };
  for (const [edge, entry] of ranges.edges) if (begins(entry)) return { edge, range: whole(entry) };
  return undefined;
}

function around({ ranges }: ParsedDocument, offset: number): Entry | undefined {
  const holds = ({ key, value }: { readonly key: TextRange; readonly value: TextRange }): boolean =>
    key.start <= offset && offset < value.end;
  for (const [node, entry] of ranges.nodes) if (holds(entry)) return { node, range: whole(entry) };
  for (const [edge, entry] of ranges.edges) if (holds(entry)) return { edge, range: whole(entry) };
  return undefined;
}

function whole({ key, value }: { readonly key: TextRange; readonly value: TextRange }): TextRange {
  return { start: key.start, end: value.end };
}
