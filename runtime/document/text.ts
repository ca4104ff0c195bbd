import type { TextEdit } from "./intent.js";

/** A place in a text as people count: both from 1, columns in UTF-16 code units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Where an offset stands, for `file:line:column`. CRLF, LF and a lone CR each end a line; a mark at the start of the text has no column. */
export function positionAt(text: string, offset: number): TextPosition {
  const target = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = text.startsWith("\uFEFF") ? 1 : 0;
  for (let i = 0; i < target; i += 1) {
    const code = text.charCodeAt(i);
    const endsLine = code === LF || (code === CR && text.charCodeAt(i + 1) !== LF);
    if (!endsLine) continue;
    line += 1;
    lineStart = i + 1;
  }
  return { line, column: Math.max(0, target - lineStart) + 1 };
}

/** The text with sorted edits that do not overlap made to it. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const edit of edits) {
    parts.push(text.slice(end, edit.offset), edit.text);
    end = edit.offset + edit.length;
  }
  parts.push(text.slice(end));
  return parts.join("");
}

const LF = 10;
const CR = 13;
