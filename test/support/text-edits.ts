import fc from "fast-check";
import { editDocument } from "../../runtime/document/edit.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { applyEdits } from "../../runtime/document/text.js";
import { anyIntent } from "../unit/document/random-document.js";

/** One edit of a text; `before` are the texts that were there, the newest last. */
export type TextChange = (text: string, before: readonly string[], parsed: ParsedDocument) => string;

const scrap = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("{", "}", "[", "]", '"', ",", ":", "//", "/*", "*/", "\\", "null", "1e9", "\r", "\n", "\r\n", "\uFEFF", "😀", "\ud800"),
  fc.constantFrom(
    '"nodes": {',
    '"x": {},',
    '"a": { "kind": "expression", "set": {} },',
    '// "b": {\n',
    '/* "c" */',
    '"patchbay": 2,',
    '"e1": { "from": "a", "to": "b" },',
    '"@start": [1, 2],',
    '"notes": { "n3": { "text": "x" } },',
    '"groups": { "g1": { "nodes": ["a", "n3"] }, "g2": { "nodes": ["a"] } },',
  ),
);
const place = fc.nat();
const at = (text: string, any: number): number => any % (text.length + 1);

/** The lines of a text, each with its end. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function splice(text: string, offset: number, length: number, inserted: string): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}

/** An edit as people and programs make them, careful or not. */
export const textChange: fc.Arbitrary<TextChange> = fc.oneof(
  fc.tuple(place, fc.oneof(fc.nat(3), fc.nat(60)), scrap).map(
    ([where, length, inserted]): TextChange =>
      (text) =>
        splice(text, at(text, where), length, inserted),
  ),
  fc.tuple(place, fc.nat(2)).map(
    ([where, length]): TextChange =>
      (text) =>
        splice(text, at(text, where), length, ""),
  ),
  // A line goes elsewhere, or is there twice.
  fc.tuple(place, place, fc.boolean()).map(([from, to, stays]): TextChange => (text) => {
    const lines = linesOf(text);
    const moved = lines[from % (lines.length + 1)] ?? "";
    const rest = stays ? lines : lines.toSpliced(from % (lines.length + 1), 1);
    return rest.toSpliced(to % (rest.length + 1), 0, moved).join("");
  }),
  fc.tuple(place, place).map(
    ([a, b]): TextChange =>
      (text) =>
        linesOf(text)
          .toSpliced(a % 50, b % 5)
          .join(""),
  ),
  fc.constantFrom<TextChange>(
    (text) => text.replaceAll(/\r?\n/g, "\r\n"),
    (text) => text.replaceAll("\r\n", "\n"),
    (text) => text.replaceAll("{ ", "{  "),
    (text) => text.replaceAll(/ *\/\*.*?\*\//g, ""),
    (text) => `${text} `,
    (text) => text,
  ),
  // A name becomes another one: an edge goes elsewhere, a key is there twice.
  fc
    .tuple(place, fc.constantFrom("a", "b", "c", "d", "e1", "e2", "x", "y", "zz", "n3", "g1", "@start", "@end", "constructor"))
    .map(([where, name]): TextChange => (text) => {
      const names = [...text.matchAll(/"(?:[a-e]|e\d|[ng]\d|[xyz]|@start|@end|constructor)"/g)];
      const found = names[where % (names.length + 1)];
      return found === undefined ? text : splice(text, found.index, found[0].length, JSON.stringify(name));
    }),
  // Undone.
  place.map(
    (back): TextChange =>
      (text, before) =>
        before[before.length - 1 - (back % 3)] ?? text,
  ),
  anyIntent.map((intent): TextChange => (text, _before, parsed) => {
    const outcome = editDocument(parsed, [intent]);
    return outcome.ok ? applyEdits(text, outcome.edits) : text;
  }),
);
