import type { TextEdit } from "./intent.js";
import type { ObjectNode, Property } from "./json-tree.js";
import { isFirstOnLine, lineStartAt, restOfLine, skipBlanks, skipBlanksBack, skipLineEnd } from "./text-style.js";

/**
 * The edits that take properties out of an object, each with its comma. One that has its lines for itself goes with them (and
 * with a comment that ends them); of others only they themselves go.
 */
export function removeProperties(text: string, node: ObjectNode, origin: number, keys: ReadonlySet<string>): TextEdit[] {
  const edits: TextEdit[] = [];
  const { properties } = node;
  for (let i = 0; i < properties.length; i += 1) {
    const first = properties[i];
    if (first === undefined || !keys.has(first.key)) continue;
    const lines = ownLines(text, first, origin);
    if (lines !== undefined) {
      edits.push(lines);
      continue;
    }
    let last = first;
    for (
      let next = properties[i + 1];
      next !== undefined && keys.has(next.key) && follows(text, last, next, origin);
      next = properties[i + 1]
    ) {
      last = next;
      i += 1;
    }
    edits.push(between(text, first, last, properties[i + 1], origin));
  }
  return edits;
}

/** The whole lines of a property that shares them with nothing. */
function ownLines(text: string, property: Property, origin: number): TextEdit | undefined {
  const start = origin + property.keyStart;
  const end = restOfLine(text, endWithComma(property, origin));
  if (!isFirstOnLine(text, start) || end === undefined) return undefined;
  const offset = lineStartAt(text, start);
  return { offset, length: skipLineEnd(text, end) - offset, text: "" };
}

/** From the first to the last of a row of properties on shared lines, so that one space is left. */
function between(text: string, first: Property, last: Property, next: Property | undefined, origin: number): TextEdit {
  const start = origin + first.keyStart;
  const end = endWithComma(last, origin);
  if (next !== undefined && follows(text, last, next, origin)) return { offset: start, length: origin + next.keyStart - start, text: "" };
  const offset = isFirstOnLine(text, start) ? start : skipBlanksBack(text, start);
  return { offset, length: end - offset, text: "" };
}

/** Whether nothing but blanks is between two properties. */
function follows(text: string, before: Property, after: Property, origin: number): boolean {
  return skipBlanks(text, endWithComma(before, origin)) === origin + after.keyStart;
}

function endWithComma({ value, shift, keyEnd, comma }: Property, origin: number): number {
  return origin + (comma === undefined ? (value === undefined ? keyEnd : shift + value.end) : comma + 1);
}
