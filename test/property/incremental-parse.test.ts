import fc from "fast-check";
import { expect, test } from "vitest";
import { editDocument } from "../../runtime/document/edit.js";
import { parseDocument } from "../../runtime/document/parse.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { applyEdits } from "../../runtime/document/text.js";
import { visibleOf } from "../support/visible-document.js";
import { anyIntent, documentJson, written } from "../unit/document/random-document.js";

/** One edit of a text; `before` are the texts that were there, the newest last. */
type Edit = (text: string, before: readonly string[], parsed: ParsedDocument) => string;

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
  ),
);
const place = fc.nat();
const at = (text: string, any: number): number => any % (text.length + 1);

/** The lines of a text, each with its end. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function splice(text: string, offset: number, length: number, inserted: string): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, fc.oneof(fc.nat(3), fc.nat(60)), scrap).map(
    ([where, length, inserted]): Edit =>
      (text) =>
        splice(text, at(text, where), length, inserted),
  ),
  fc.tuple(place, fc.nat(2)).map(
    ([where, length]): Edit =>
      (text) =>
        splice(text, at(text, where), length, ""),
  ),
  // A line goes elsewhere, or is there twice.
  fc.tuple(place, place, fc.boolean()).map(([from, to, stays]): Edit => (text) => {
    const lines = linesOf(text);
    const moved = lines[from % (lines.length + 1)] ?? "";
    const rest = stays ? lines : lines.toSpliced(from % (lines.length + 1), 1);
    return rest.toSpliced(to % (rest.length + 1), 0, moved).join("");
  }),
  fc.tuple(place, place).map(
    ([a, b]): Edit =>
      (text) =>
        linesOf(text)
          .toSpliced(a % 50, b % 5)
          .join(""),
  ),
  fc.constantFrom<Edit>(
    (text) => text.replaceAll(/\r?\n/g, "\r\n"),
    (text) => text.replaceAll("\r\n", "\n"),
    (text) => text.replaceAll("{ ", "{  "),
    (text) => text.replaceAll(/ *\/\*.*?\*\//g, ""),
    (text) => `${text} `,
    (text) => text,
  ),
  // A name becomes another one: an edge goes elsewhere, a key is there twice.
  fc
    .tuple(place, fc.constantFrom("a", "b", "c", "d", "e1", "e2", "x", "y", "zz", "@start", "@end", "constructor"))
    .map(([where, name]): Edit => (text) => {
      const names = [...text.matchAll(/"(?:[a-e]|e\d|[xyz]|@start|@end|constructor)"/g)];
      const found = names[where % (names.length + 1)];
      return found === undefined ? text : splice(text, found.index, found[0].length, JSON.stringify(name));
    }),
  // Undone.
  place.map(
    (back): Edit =>
      (text, before) =>
        before[before.length - 1 - (back % 3)] ?? text,
  ),
  anyIntent.map((intent): Edit => (text, _before, parsed) => {
    const outcome = editDocument(parsed, [intent]);
    return outcome.ok ? applyEdits(text, outcome.edits) : text;
  }),
);

/** Makes the edits one after the other; after each the document must be what the text alone gives. */
function checkEdits(text: string, edits: readonly Edit[]): void {
  const before = [text];
  let document = parseDocument(text);
  for (const apply of edits) {
    const next = apply(document.text, before, document);
    document = parseDocument(next, document);
    before.push(next);
    expect(visibleOf(document)).toEqual(visibleOf(parseDocument(next)));
  }
}

const small = fc.tuple(documentJson, fc.nat()).map(([json, hand]) => written(json, hand));

test("a document read on from the one before is the document read anew, whatever the edits", () => {
  fc.assert(
    fc.property(small, fc.array(edit, { minLength: 1, maxLength: 20 }), (text, edits) => checkEdits(text, edits)),
    { numRuns: 300 },
  );
});

/** So many entries that a section is kept in several parts. */
function large(size: number): string {
  const nodes = Array.from(
    { length: size },
    (_, i) => `    "n${i}": { "kind": "expression", "set": {}, "join": "${i % 9 === 0 ? "all" : "any"}" }`,
  );
  const edges = Array.from({ length: size }, (_, i) => `    "e${i}": { "from": "${i === 0 ? "@start" : `n${i - 1}`}", "to": "n${i}" }`);
  const layout = Array.from({ length: size }, (_, i) => `    "n${i}": [${i}, 0]`);
  const sections = { nodes, edges, layout };
  const texts = Object.entries(sections).map(([name, lines]) => `  "${name}": {\n${lines.join(",\n")}\n  }`);
  return `{\n  "patchbay": 1,\n  "channels": { "x": {} },\n${texts.join(",\n")}\n}\n`;
}

test("so it is with several hundred entries", () => {
  fc.assert(
    fc.property(fc.constantFrom(120, 129, 300), fc.array(edit, { minLength: 1, maxLength: 8 }), (size, edits) =>
      checkEdits(large(size), edits),
    ),
    { numRuns: 25 },
  );
});
