import { expect, test } from "vitest";
import { editDocument } from "../../../runtime/document/edit.js";
import type { Intent } from "../../../runtime/document/intent.js";
import { parseDocument } from "../../../runtime/document/parse.js";
import { applyEdits } from "../../../runtime/document/text.js";

interface Golden {
  readonly name: string;
  readonly before: string;
  readonly intents: readonly Intent[];
  readonly after: string;
}

/** Makes the edits and compares the text; the edits must be sorted, apart, and each change something. */
function check({ before, intents, after }: Golden): void {
  const outcome = editDocument(parseDocument(before), intents);
  if (!outcome.ok) throw new Error(outcome.message);
  expect(applyEdits(before, outcome.edits)).toBe(after);
  let end = -1;
  for (const edit of outcome.edits) {
    expect(edit.offset).toBeGreaterThan(end);
    expect(before.slice(edit.offset, edit.offset + edit.length)).not.toBe(edit.text);
    end = edit.offset + edit.length;
  }
}

const small = `{
  "patchbay": 1,
  // The work.
  "nodes": {
    "a": { "kind": "code", "handler": "./a.ts" }, // first
    "b": { "kind": "code", "handler": "./b.ts" } // second
  },
  "edges": {
    "e1": { "from": "@start", "to": "a" },
    /* the way on */
    "e2": { "from": "a", "to": "b", "when": "x > 1" }
  },
  "layout": {
    "a": [0, 0],
    "b": [200, 40]
  }
}
`;

/** A text with some of its lines replaced. */
function changed(text: string, ...replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((result, [from, to]) => {
    expect(result.split(from)).toHaveLength(2);
    return result.replace(from, () => to);
  }, text);
}

const inAllStyles: readonly Golden[] = [
  { name: "nothing", before: small, intents: [], after: small },
  {
    name: "node/add goes below its neighbours and places itself",
    before: small,
    intents: [{ type: "node/add", id: "c", fields: { kind: "code", handler: "./c.ts" }, position: [391, 58] }],
    after: changed(
      small,
      [`"./b.ts" } // second\n`, `"./b.ts" }, // second\n    "c": { "kind": "code", "handler": "./c.ts" }\n`],
      [`"b": [200, 40]\n`, `"b": [200, 40],\n    "c": [400, 60]\n`],
    ),
  },
  {
    name: "node/update replaces, adds and removes fields in the line",
    before: small,
    intents: [{ type: "node/update", id: "a", patch: { handler: "./new.ts", label: "A" } }],
    after: changed(small, [`"./a.ts" }`, `"./new.ts", "label": "A" }`]),
  },
  {
    name: "node/update that gives a field another name touches that name alone",
    before: changed(small, [`"handler": "./a.ts"`, `"reads": { "x": [1] /* why */, "y": 2, "z": 3 }`]),
    intents: [{ type: "node/update", id: "a", patch: { reads: { x: [1], w: 2, z: 3 } } }],
    after: changed(small, [`"handler": "./a.ts"`, `"reads": { "x": [1] /* why */, "w": 2, "z": 3 }`]),
  },
  {
    name: "node/update that gives a field another name and value",
    before: changed(small, [`"handler": "./a.ts"`, `"reads": { "x": 1, "y": 2 }`]),
    intents: [{ type: "node/update", id: "a", patch: { reads: { w: 3, y: 2 } } }],
    after: changed(small, [`"handler": "./a.ts"`, `"reads": { "y": 2, "w": 3 }`]),
  },
  {
    name: "node/update with what is there already",
    before: small,
    intents: [{ type: "node/update", id: "a", patch: { handler: "./a.ts", note: null } }],
    after: small,
  },
  {
    name: "node/move touches only the lines of the layout",
    before: small,
    intents: [{ type: "node/move", positions: { b: [211, 40], a: [-3, 9] } }],
    after: changed(small, [`"b": [200, 40]`, `"b": [220, 40]`]),
  },
  {
    name: "the terminals have a place too",
    before: small,
    intents: [{ type: "node/move", positions: { "@start": [-100, 0] } }],
    after: changed(small, [`"b": [200, 40]\n`, `"b": [200, 40],\n    "@start": [-100, 0]\n`]),
  },
  {
    name: "node/remove takes edges and layout along, and the comma before the last",
    before: small,
    intents: [{ type: "node/remove", ids: ["b"] }],
    after: changed(
      small,
      [`"./a.ts" }, // first\n    "b": { "kind": "code", "handler": "./b.ts" } // second\n`, `"./a.ts" } // first\n`],
      [
        `"to": "a" },\n    /* the way on */\n    "e2": { "from": "a", "to": "b", "when": "x > 1" }\n`,
        `"to": "a" }\n    /* the way on */\n`,
      ],
      [`"a": [0, 0],\n    "b": [200, 40]\n`, `"a": [0, 0]\n`],
    ),
  },
  {
    name: "removing the first",
    before: small,
    intents: [{ type: "node/remove", ids: ["a"] }],
    after: changed(
      small,
      [`    "a": { "kind": "code", "handler": "./a.ts" }, // first\n`, ""],
      [`    "e1": { "from": "@start", "to": "a" },\n`, ""],
      [`    "e2": { "from": "a", "to": "b", "when": "x > 1" }\n`, ""],
      [`    "a": [0, 0],\n`, ""],
    ),
  },
  {
    name: "edge/add",
    before: small,
    intents: [{ type: "edge/add", id: "e3", fields: { from: "b", to: "@end" } }],
    after: changed(small, [`"when": "x > 1" }\n`, `"when": "x > 1" },\n    "e3": { "from": "b", "to": "@end" }\n`]),
  },
  {
    name: "edge/update retargets with an edit of the target alone",
    before: small,
    intents: [{ type: "edge/update", id: "e2", patch: { to: "@end" } }],
    after: changed(small, [`"to": "b", "when"`, `"to": "@end", "when"`]),
  },
  {
    name: "edge/update from one condition to another",
    before: small,
    intents: [{ type: "edge/update", id: "e2", patch: { when: null, else: true } }],
    after: changed(small, [`"to": "b", "when": "x > 1" }`, `"to": "b", "else": true }`]),
  },
  {
    name: "edge/update that removes the last field of a line",
    before: small,
    intents: [{ type: "edge/update", id: "e2", patch: { when: null } }],
    after: changed(small, [`"to": "b", "when": "x > 1" }`, `"to": "b" }`]),
  },
  {
    name: "node/update that removes every field of a line",
    before: small,
    intents: [{ type: "node/update", id: "b", patch: { kind: null, handler: null } }],
    after: changed(small, [`"b": { "kind": "code", "handler": "./b.ts" }`, `"b": { }`]),
  },
  {
    name: "edge/update that removes a field within a line",
    before: small,
    intents: [{ type: "node/update", id: "b", patch: { kind: null } }],
    after: changed(small, [`"b": { "kind": "code", "handler"`, `"b": { "handler"`]),
  },
  {
    name: "edge/remove leaves comments that are not on its line",
    before: small,
    intents: [{ type: "edge/remove", ids: ["e1"] }],
    after: changed(small, [`    "e1": { "from": "@start", "to": "a" },\n`, ""]),
  },
  {
    name: "all edges go",
    before: small,
    intents: [{ type: "edge/remove", ids: ["e1", "e2"] }],
    after: changed(
      small,
      [`    "e1": { "from": "@start", "to": "a" },\n`, ""],
      [`    "e2": { "from": "a", "to": "b", "when": "x > 1" }\n`, ""],
    ),
  },
  {
    name: "a missing section is made at its place in the order",
    before: small,
    intents: [{ type: "channel/set", name: "x", fields: { schema: { type: "number" } } }],
    after: changed(small, [`"patchbay": 1,\n`, `"patchbay": 1,\n  "channels": {\n    "x": { "schema": { "type": "number" } }\n  },\n`]),
  },
  {
    name: "a missing title is made at its place in the order",
    before: small,
    intents: [{ type: "title/set", title: 'A "title"' }],
    after: changed(small, [`"patchbay": 1,\n`, `"patchbay": 1,\n  "title": "A \\"title\\"",\n`]),
  },
  {
    name: "a missing compile section is made at its place in the order",
    before: small,
    intents: [{ type: "compile/update", patch: { strategy: "auto" } }],
    after: changed(small, [`  "layout": {`, `  "compile": { "strategy": "auto" },\n  "layout": {`]),
  },
  {
    name: "compile/update changes the fields that it names",
    before: changed(small, [`  "layout": {`, `  "compile": { /* why */ "strategy": "hard", "sizeThreshold": 5 },\n  "layout": {`]),
    intents: [
      { type: "compile/update", patch: { strategy: "auto", staleMinEdits: 2 } },
      { type: "compile/update", patch: { sizeThreshold: null } },
    ],
    after: changed(small, [`  "layout": {`, `  "compile": { /* why */ "strategy": "auto", "staleMinEdits": 2 },\n  "layout": {`]),
  },
  {
    name: "a batch sees its own earlier parts",
    before: small,
    intents: [
      { type: "node/add", id: "c", fields: { kind: "code", handler: "./c.ts" }, position: [0, 100] },
      { type: "edge/add", id: "e3", fields: { from: "b", to: "c" } },
      { type: "node/update", id: "c", patch: { label: "C" } },
      { type: "edge/update", id: "e3", patch: { label: "on" } },
      { type: "node/remove", ids: ["b"] },
    ],
    after: changed(
      small,
      [
        `"./a.ts" }, // first\n    "b": { "kind": "code", "handler": "./b.ts" } // second\n`,
        `"./a.ts" }, // first\n    "c": { "kind": "code", "handler": "./c.ts", "label": "C" }\n`,
      ],
      [
        `"to": "a" },\n    /* the way on */\n    "e2": { "from": "a", "to": "b", "when": "x > 1" }\n`,
        `"to": "a" }\n    /* the way on */\n`,
      ],
      [`"a": [0, 0],\n    "b": [200, 40]\n`, `"a": [0, 0],\n    "c": [0, 100]\n`],
    ),
  },
  {
    name: "added and removed in one batch leaves no trace",
    before: small,
    intents: [
      { type: "node/add", id: "c", fields: { kind: "code", handler: "./c.ts" }, position: [0, 0] },
      { type: "node/remove", ids: ["c"] },
    ],
    after: small,
  },
  {
    name: "a long entry is indented",
    before: small,
    intents: [
      { type: "node/add", id: "c", fields: { kind: "code", handler: `./${"long/".repeat(20)}c.ts`, reads: ["x"] }, position: [0, 0] },
    ],
    after: changed(
      small,
      [
        `"./b.ts" } // second\n`,
        `"./b.ts" }, // second\n    "c": {\n      "kind": "code",\n      "handler": "./${"long/".repeat(20)}c.ts",\n      "reads": ["x"]\n    }\n`,
      ],
      [`"b": [200, 40]\n`, `"b": [200, 40],\n    "c": [0, 0]\n`],
    ),
  },
];

const styles: readonly (readonly [string, (text: string) => string])[] = [
  ["two spaces", (text) => text],
  ["tabs", (text) => text.replaceAll(/^( {2})+/gm, (spaces) => "\t".repeat(spaces.length / 2))],
  ["four spaces", (text) => text.replaceAll(/^( {2})+/gm, (spaces) => spaces + spaces)],
  ["CRLF", (text) => text.replaceAll("\n", "\r\n")],
  ["a byte order mark", (text) => `\uFEFF${text}`],
];

for (const [style, inStyle] of styles) {
  test.each(inAllStyles)(`in ${style}: $name`, (golden) =>
    check({ ...golden, before: inStyle(golden.before), after: inStyle(golden.after) }),
  );
}

const odd: readonly Golden[] = [
  {
    name: "trailing commas stay",
    before: `{\n  "patchbay": 1,\n  "nodes": {\n    "a": { "kind": "code", "handler": "./a.ts", },\n    "b": { "kind": "code", },\n  },\n}\n`,
    intents: [
      { type: "node/update", id: "a", patch: { label: "A" } },
      { type: "node/remove", ids: ["b"] },
      { type: "node/add", id: "c", fields: { kind: "barrier" }, position: [0, 0] },
    ],
    after: `{\n  "patchbay": 1,\n  "nodes": {\n    "a": { "kind": "code", "handler": "./a.ts", "label": "A", },\n    "c": { "kind": "barrier" },\n  },\n  "layout": {\n    "c": [0, 0]\n  },\n}\n`,
  },
  {
    name: "an empty file becomes a document",
    before: "",
    intents: [{ type: "node/add", id: "a", fields: { kind: "code", handler: "./a.ts" }, position: [0, 0] }],
    after: `{\n  "patchbay": 1,\n  "nodes": {\n    "a": { "kind": "code", "handler": "./a.ts" }\n  },\n  "layout": {\n    "a": [0, 0]\n  }\n}\n`,
  },
  {
    name: "an empty object, and sections in order",
    before: "{}",
    intents: [
      { type: "node/add", id: "a", fields: {}, position: [0, 0] },
      { type: "edge/add", id: "e", fields: { from: "@start", to: "a" } },
      { type: "title/set", title: "T" },
      { type: "channel/set", name: "x", fields: {} },
    ],
    after: `{\n  "patchbay": 1,\n  "title": "T",\n  "channels": {\n    "x": {}\n  },\n  "nodes": {\n    "a": {}\n  },\n  "edges": {\n    "e": { "from": "@start", "to": "a" }\n  },\n  "layout": {\n    "a": [0, 0]\n  }\n}\n`,
  },
  {
    name: "empty sections open up",
    before: `{\n  "patchbay": 1,\n  "nodes": {},\n  "edges": { },\n  "layout": { // places\n  }\n}`,
    intents: [
      { type: "node/add", id: "a", fields: {}, position: [0, 0] },
      { type: "edge/add", id: "e", fields: { from: "@start", to: "a" } },
    ],
    after: `{\n  "patchbay": 1,\n  "nodes": {\n    "a": {}\n  },\n  "edges": {\n    "e": { "from": "@start", "to": "a" }\n  },\n  "layout": { // places\n    "a": [0, 0]\n  }\n}`,
  },
  {
    name: "everything on one line",
    before: `{ "patchbay": 1, "nodes": { "a": { "kind": "code" } }, "layout": { "a": [0, 0] } }`,
    intents: [
      { type: "node/update", id: "a", patch: { handler: "./a.ts" } },
      { type: "node/add", id: "b", fields: {}, position: [0, 0] },
    ],
    after: `{ "patchbay": 1, "nodes": { "a": { "kind": "code", "handler": "./a.ts" },\n  "b": {}\n}, "layout": { "a": [0, 0],\n  "b": [0, 0]\n} }`,
  },
  {
    name: "an indented entry gets an indented field, and loses one with its line",
    before: `{\n  "nodes": {\n    "a": {\n      "kind": "code", // what\n      "handler": "./a.ts" // where\n    }\n  }\n}`,
    intents: [{ type: "node/update", id: "a", patch: { handler: null, label: "A" } }],
    after: `{\n  "nodes": {\n    "a": {\n      "kind": "code", // what\n      "label": "A"\n    }\n  }\n}`,
  },
  {
    name: "a nested object keeps its comments",
    before: `{\n  "channels": {\n    "x": { "schema": { /* any */ "type": "number", "minimum": 0 } }\n  }\n}`,
    intents: [{ type: "channel/set", name: "x", fields: { schema: { type: "integer", maximum: 9 } } }],
    after: `{\n  "channels": {\n    "x": { "schema": { /* any */ "type": "integer", "maximum": 9 } }\n  }\n}`,
  },
  {
    name: "an inner object that is empty",
    before: `{ "channels": { "x": {} } }`,
    intents: [{ type: "channel/set", name: "x", fields: { reducer: "sum" } }],
    after: `{ "channels": { "x": { "reducer": "sum" } } }`,
  },
  {
    name: "a comma in front is a comma too",
    before: `{\n  "nodes":\n  { "a": {}\n  , "b": {}\n  }\n}`,
    intents: [{ type: "node/remove", ids: ["b"] }],
    after: `{\n  "nodes":\n  { "a": {}\n  \n  }\n}`,
  },
  {
    name: "a comment after the last property cannot swallow what is added",
    before: `{ "nodes": { "a": { "kind": "code" // why\n } } }`,
    intents: [{ type: "node/update", id: "a", patch: { label: "A" } }],
    after: `{ "nodes": { "a": { "kind": "code", // why\n  "label": "A"\n } } }`,
  },
  {
    name: "of two entries with one key the later is changed, both are removed",
    before: `{\n  "nodes": {\n    "a": { "kind": "x" },\n    "a": { "kind": "code" },\n    "b": {},\n    "b": {}\n  }\n}`,
    intents: [
      { type: "node/update", id: "a", patch: { label: "A" } },
      { type: "node/remove", ids: ["b"] },
    ],
    after: `{\n  "nodes": {\n    "a": { "kind": "x" },\n    "a": { "kind": "code", "label": "A" }\n  }\n}`,
  },
  {
    name: "a document with problems elsewhere",
    before: `{\n  "patchbay": "one",\n  "nodes": {\n    "a": { "kind": "nothing" },\n    "b": { "kind": tru, }\n    "c": {}\n  },\n  "edges": []\n}`,
    intents: [
      { type: "node/update", id: "a", patch: { kind: "code" } },
      { type: "node/remove", ids: ["c"] },
    ],
    after: `{\n  "patchbay": "one",\n  "nodes": {\n    "a": { "kind": "code" },\n    "b": { "kind": tru, }\n  },\n  "edges": []\n}`,
  },
];

test.each(odd)("$name", check);

interface Refusal {
  readonly name: string;
  readonly text: string;
  readonly intents: readonly Intent[];
  readonly says: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    name: "a note under the id of a node",
    text: small,
    intents: [{ type: "note/add", id: "a", fields: { text: "" }, box: [0, 0, 200, 80] }],
    says: /already a node "a"/,
  },
  { name: "a group that is not there", text: small, intents: [{ type: "group/remove", ids: ["g"] }], says: /no group "g"/ },
  { name: "the size of no note", text: small, intents: [{ type: "note/resize", id: "a", box: [0, 0, 200, 80] }], says: /no note "a"/ },
  { name: "unknown node", text: small, intents: [{ type: "node/update", id: "zz", patch: {} }], says: /no node "zz"/ },
  { name: "unknown edge", text: small, intents: [{ type: "edge/remove", ids: ["zz"] }], says: /no edge "zz"/ },
  { name: "unknown channel", text: small, intents: [{ type: "channel/remove", names: ["zz"] }], says: /no channel "zz"/ },
  { name: "moving an unknown node", text: small, intents: [{ type: "node/move", positions: { zz: [0, 0] } }], says: /no node "zz"/ },
  {
    name: "a place that is no place",
    text: small,
    intents: [{ type: "node/move", positions: { a: [Number.NaN, 0] } }],
    says: /two numbers/,
  },
  { name: "id taken", text: small, intents: [{ type: "node/add", id: "a", fields: {}, position: [0, 0] }], says: /already a node "a"/ },
  {
    name: "edge id taken",
    text: small,
    intents: [{ type: "edge/add", id: "e1", fields: { from: "a", to: "b" } }],
    says: /already an edge "e1"/,
  },
  {
    name: "invalid id",
    text: small,
    intents: [{ type: "node/add", id: "a b", fields: {}, position: [0, 0] }],
    says: /"a b" cannot be an id/,
  },
  {
    name: "an id that objects keep",
    text: small,
    intents: [{ type: "node/add", id: "__proto__", fields: {}, position: [0, 0] }],
    says: /__proto__/,
  },
  { name: "invalid channel name", text: small, intents: [{ type: "channel/set", name: "a-b", fields: {} }], says: /name of a channel/ },
  {
    name: "reserved channel name",
    text: small,
    intents: [{ type: "channel/set", name: "run", fields: {} }],
    says: /variable of every expression/,
  },
  { name: "edge without an end", text: small, intents: [{ type: "edge/add", id: "e9", fields: { from: "a" } }], says: /needs `to`/ },
  {
    name: "edge to nowhere",
    text: small,
    intents: [{ type: "edge/add", id: "e9", fields: { from: "a", to: "zz" } }],
    says: /no node "zz"/,
  },
  {
    name: "edge from the end",
    text: small,
    intents: [{ type: "edge/update", id: "e2", patch: { from: "@end" } }],
    says: /`@end` as its `from`/,
  },
  {
    name: "all of a batch or nothing",
    text: small,
    intents: [
      { type: "node/remove", ids: ["a"] },
      { type: "node/update", id: "a", patch: {} },
    ],
    says: /no node "a"/,
  },
  {
    name: "a newer format",
    text: `{ "patchbay": 2, "nodes": { "a": {} } }`,
    intents: [{ type: "node/remove", ids: ["a"] }],
    says: /read-only/,
  },
  { name: "not an object", text: "[]", intents: [{ type: "title/set", title: "x" }], says: /JSON object/ },
  {
    name: "a compile section of another type",
    text: `{ "patchbay": 1, "compile": "hard" }`,
    intents: [{ type: "compile/update", patch: { strategy: "auto" } }],
    says: /`compile` is not an object/,
  },
  { name: "cut off", text: small.slice(0, 180), intents: [{ type: "title/set", title: "x" }], says: /JSON object/ },
  {
    name: "a section of another type",
    text: `{ "nodes": [] }`,
    intents: [{ type: "node/add", id: "a", fields: {}, position: [0, 0] }],
    says: /`nodes` is not an object/,
  },
  {
    name: "an entry of another type",
    text: `{ "nodes": { "a": 5 } }`,
    intents: [{ type: "node/update", id: "a", patch: {} }],
    says: /not an object/,
  },
  {
    name: "an entry that is broken",
    text: `{ "nodes": { "a": { "kind" "code" } } }`,
    intents: [{ type: "node/update", id: "a", patch: { label: "A" } }],
    says: /"a" is broken/,
  },
];

test.each(refusals)("refuses: $name", ({ text, intents, says }) => {
  const outcome = editDocument(parseDocument(text), intents);
  expect(outcome).toMatchObject({ ok: false, code: "EDIT_REFUSED" });
  expect(outcome.ok ? "" : outcome.message).toMatch(says);
});

test("one field of ten thousand nodes is one small edit", () => {
  const nodes = Array.from({ length: 10_000 }, (_, i) => `    "n${i}": { "kind": "code", "handler": "./n.ts" }`);
  const text = `{\n  "patchbay": 1,\n  "nodes": {\n${nodes.join(",\n")}\n  }\n}\n`;
  const outcome = editDocument(parseDocument(text), [{ type: "node/update", id: "n5000", patch: { handler: "./m.ts" } }]);
  expect(outcome.ok && outcome.edits.map(({ length, text: inserted }) => [length, inserted])).toEqual([[1, "m"]]);
});
