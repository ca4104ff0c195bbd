import type { JsonNode } from "./json-tree.js";

/** How a document is written, so that what is added looks like its neighbours. */
export interface TextStyle {
  readonly eol: string;
  /** One level of indentation. */
  readonly unit: string;
}

/** The style of a text, from its first line end and its first indented property. */
export function styleOf(text: string, root: JsonNode | undefined): TextStyle {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const properties = root?.type === "object" ? root.properties : [];
  const indented = properties.find(({ keyStart }) => isFirstOnLine(text, keyStart) && indentAt(text, keyStart) !== "");
  return { eol, unit: indented === undefined ? "  " : indentAt(text, indented.keyStart) };
}

/** Where the line of an offset starts. */
export function lineStartAt(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text[start - 1])) start -= 1;
  return start;
}

/** The white space that the line of an offset starts with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStartAt(text, offset);
  const bom = text[start] === "\uFEFF" ? 1 : 0;
  return text.slice(start + bom, skipBlanks(text, start + bom));
}

/** Whether only white space is before an offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return skipBlanks(text, lineStartAt(text, offset)) === offset;
}

/** The first offset from here that is no space or tab. */
export function skipBlanks(text: string, offset: number): number {
  let end = offset;
  while (isBlank(text[end])) end += 1;
  return end;
}

/** The offset after the last character before here that is no space or tab. */
export function skipBlanksBack(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && isBlank(text[start - 1])) start -= 1;
  return start;
}

/** Where a line that holds nothing more than blanks and comments from here on ends; undefined where something else follows. */
export function restOfLine(text: string, offset: number): number | undefined {
  let end = skipBlanks(text, offset);
  while (text.startsWith("/*", end)) {
    const close = text.indexOf("*/", end + 2);
    if (close < 0 || /[\r\n]/.test(text.slice(end, close))) return undefined;
    end = skipBlanks(text, close + 2);
  }
  if (text.startsWith("//", end)) while (end < text.length && !isLineEnd(text[end])) end += 1;
  return end === text.length || isLineEnd(text[end]) ? end : undefined;
}

/** The offset after the line end that is at an offset. */
export function skipLineEnd(text: string, offset: number): number {
  if (text.startsWith("\r\n", offset)) return offset + 2;
  return isLineEnd(text[offset]) ? offset + 1 : offset;
}

function isLineEnd(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
