// Where nodes are written in a graph's text.
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";

/** A line and a column, both from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a node is written; the start of the text where it is not. */
export function positionOf(parsed: ParsedDocument, node: string): Position {
  const found = parsed.ranges.nodes.get(node);
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
