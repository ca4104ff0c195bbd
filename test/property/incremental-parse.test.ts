import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "../../runtime/document/parse.js";
import { textChange, type TextChange } from "../support/text-edits.js";
import { visibleOf } from "../support/visible-document.js";
import { documentJson, written } from "../unit/document/random-document.js";

/** Makes the edits one after the other; after each the document must be what the text alone gives. */
function checkEdits(text: string, edits: readonly TextChange[]): void {
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
    fc.property(small, fc.array(textChange, { minLength: 1, maxLength: 20 }), (text, edits) => checkEdits(text, edits)),
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
    fc.property(fc.constantFrom(120, 129, 300), fc.array(textChange, { minLength: 1, maxLength: 8 }), (size, edits) =>
      checkEdits(large(size), edits),
    ),
    { numRuns: 25 },
  );
});
