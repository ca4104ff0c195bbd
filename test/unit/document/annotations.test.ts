// Edits of notes and groups, as text.
import { expect, test } from "vitest";
import { editDocument } from "../../../runtime/document/edit.js";
import type { Intent } from "../../../runtime/document/intent.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import { applyEdits } from "../../../runtime/document/text.js";

const plain = `{
  "patchbay": 1,
  "nodes": {
    "a": { "kind": "code", "handler": "./a.ts" },
    "b": { "kind": "code", "handler": "./b.ts" }
  },
  "edges": {
    "e1": { "from": "@start", "to": "a" }
  },
  "layout": {
    "a": [0, 0]
  }
}
`;
const rich = plain
  .replace(
    '  "layout"',
    `  "notes": {
    "n": { "text": "Why" } // a note
  },
  "groups": {
    "g": { "label": "First", "nodes": ["a", "n"] },
    "h": { "nodes": ["b"] } // the rest
  },
  "layout"`,
  )
  .replace('"a": [0, 0]', '"a": [0, 0],\n    "n": [0, 100, 200, 80]');

const cases: readonly (readonly [
  name: string,
  before: string,
  intents: readonly Intent[],
  replacements: readonly (readonly [string, string])[],
])[] = [
  [
    "a note goes into a section of its own, with a place on the grid",
    plain,
    [{ type: "note/add", id: "n", fields: { text: "Why\nnot" }, box: [11, -31, 205, 5] }],
    [
      ['  "layout"', '  "notes": {\n    "n": { "text": "Why\\nnot" }\n  },\n  "layout"'],
      ["[0, 0]", '[0, 0],\n    "n": [20, -40, 200, 40]'],
    ],
  ],
  ["a note moves with its size", rich, [{ type: "node/move", positions: { n: [33, 7] } }], [["[0, 100,", "[40, 0,"]]],
  ["a note gets another size", rich, [{ type: "note/resize", id: "n", box: [0, 100, 243, 80] }], [["200, 80", "240, 80"]]],
  [
    "a note says something else",
    rich,
    [{ type: "note/update", id: "n", patch: { text: "Because", color: "blue" } }],
    [['"Why"', '"Because", "color": "blue"']],
  ],
  [
    "a note that goes leaves its group and its place",
    rich,
    [{ type: "note/remove", ids: ["n"] }],
    [
      ['    "n": { "text": "Why" } // a note\n', ""],
      ['["a", "n"]', '["a"]'],
      [',\n    "n": [0, 100, 200, 80]', ""],
    ],
  ],
  [
    "a node that goes leaves its group, and the group without members goes with it",
    rich,
    [{ type: "node/remove", ids: ["b"] }],
    [
      [',\n    "b": { "kind": "code", "handler": "./b.ts" }', ""],
      [',\n    "h": { "nodes": ["b"] } // the rest', ""],
    ],
  ],
  [
    "a group takes its members from the others",
    rich,
    [{ type: "group/add", id: "k", fields: { label: "New", nodes: ["b", "n"] } }],
    [
      ['["a", "n"]', '["a"]'],
      ['"h": { "nodes": ["b"] } // the rest', '"k": { "label": "New", "nodes": ["b", "n"] }'],
    ],
  ],
  ["a group gets one more member", rich, [{ type: "group/update", id: "h", patch: { nodes: ["b", "zz"] } }], [['["b"]', '["b", "zz"]']]],
  [
    "a group without members is none",
    rich,
    [{ type: "group/update", id: "h", patch: { nodes: [] } }],
    [[',\n    "h": { "nodes": ["b"] } // the rest', ""]],
  ],
  [
    "ungrouped, all that was in it stays",
    rich,
    [{ type: "group/remove", ids: ["g"] }],
    [['    "g": { "label": "First", "nodes": ["a", "n"] },\n', ""]],
  ],
];

test.each(cases)("%s", (_name, before, intents, replacements) => {
  const outcome = editDocument(parseDocument(before), intents);
  if (!outcome.ok) throw new Error(outcome.message);
  const expected = replacements.reduce((text, [from, to]) => {
    expect(text.split(from)).toHaveLength(2);
    return text.replace(from, () => to);
  }, before);
  expect(applyEdits(before, outcome.edits)).toBe(expected);
});
