import type { TextEdit } from "./intent.js";

/** Sorted edits that do not touch each other and change nothing that stays the same, made of edits in any order. */
export function minimalEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  // Of two at one place what is inserted comes first, then what is taken away; insertions stay in the order they were made.
  const sorted = edits.toSorted((a, b) => a.offset - b.offset || Math.sign(a.length) - Math.sign(b.length));
  const merged: TextEdit[] = [];
  for (const edit of sorted) {
    const last = merged.at(-1);
    if (last === undefined || edit.offset > last.offset + last.length) merged.push(edit);
    else merged[merged.length - 1] = union(last, edit);
  }
  return merged.map((edit) => trimmed(text, edit)).filter(({ length, text: inserted }) => length > 0 || inserted !== "");
}

function union(a: TextEdit, b: TextEdit): TextEdit {
  return { offset: a.offset, length: Math.max(a.length, b.offset + b.length - a.offset), text: a.text + b.text };
}

/** The edit without what its text has in common with what it replaces. */
function trimmed(text: string, { offset, length, text: inserted }: TextEdit): TextEdit {
  const removed = text.slice(offset, offset + length);
  const most = Math.min(removed.length, inserted.length);
  let start = 0;
  while (start < most && removed[start] === inserted[start]) start += 1;
  while (start > 0 && isInsideCharacter(removed, start)) start -= 1;
  let end = 0;
  while (end < most - start && removed.at(-1 - end) === inserted.at(-1 - end)) end += 1;
  while (end > 0 && isInsideCharacter(removed, removed.length - end)) end -= 1;
  return { offset: offset + start, length: removed.length - start - end, text: inserted.slice(start, inserted.length - end) };
}

/** Whether an offset is within a surrogate pair or a CRLF, where no editor can place an edit. */
function isInsideCharacter(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  return (before >= 0xd800 && before <= 0xdbff) || text[offset - 1] === "\r";
}
