import { expect, test } from "vitest";
import type { Decide } from "../../../runtime/document/merge/conflicts.js";
import { conflictsIn, resolveConflict } from "../../../runtime/document/merge/resolve-conflict.js";
import { applyEdits } from "../../../runtime/document/text.js";
import { mergeDocuments } from "../../../runtime/document/merge/merge-documents.js";
import { parseDocument } from "../../../runtime/document/parse.js";

const base = `{
  "patchbay": 1,
  "channels": {
    "n": { "schema": { "type": "number" } }
  },
  "nodes": {
    // the first
    "a": { "kind": "expression", "set": { "n": "1" } },
    "b": { "kind": "expression", "set": { "n": "2" } }
  },
  "edges": {
    "e1": { "from": "@start", "to": "a" },
    "e2": { "from": "a", "to": "b" }
  },
  "layout": {
    "a": [0, 0],
    "b": [200, 0]
  }
}
`;

interface Case {
  readonly name: string;
  /** What each side makes of the text of before, one replacement after the other. */
  readonly ours: readonly (readonly [string, string])[];
  readonly theirs: readonly (readonly [string, string])[];
  /** The replacements by which the merged text comes from ours. */
  readonly merged: readonly (readonly [string, string])[];
  readonly conflicts?: readonly string[];
  readonly problems?: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "moves of two nodes",
    ours: [["[0, 0]", "[0, 40]"]],
    theirs: [["[200, 0]", "[240, 0]"]],
    merged: [["[200, 0]", "[240, 0]"]],
  },
  { name: "moves of one node: ours", ours: [["[0, 0]", "[0, 40]"]], theirs: [["[0, 0]", "[80, 0]"]], merged: [] },
  {
    name: "fields of one node",
    ours: [['"set": { "n": "1" } }', '"set": { "n": "1" }, "label": "One" }']],
    theirs: [['"set": { "n": "1" }', '"set": { "n": "3" }']],
    merged: [['"set": { "n": "1" }', '"set": { "n": "3" }']],
  },
  {
    name: "a field of one node",
    ours: [['"n": "1"', '"n": "5"']],
    theirs: [['"n": "1"', '"n": "6"']],
    merged: [
      [
        `    "e2": { "from": "a", "to": "b" }
  },
`,
        `    "e2": { "from": "a", "to": "b" }
  },
  "conflicts": [{ "at": "/nodes/a/set/n", "base": "1", "ours": "5", "theirs": "6" }],
`,
      ],
    ],
    conflicts: ["/nodes/a/set/n"],
  },
  {
    name: "nodes added by both under one id: two nodes, each with its edges",
    ours: [
      ['"set": { "n": "2" } }', '"set": { "n": "2" } },\n    "c": { "kind": "expression", "set": { "n": "3" } }'],
      ['"to": "b" }', '"to": "b" },\n    "e3": { "from": "b", "to": "c" }'],
      ["[200, 0]", '[200, 0],\n    "c": [400, 0]'],
    ],
    theirs: [
      ['"set": { "n": "1" } }', '"set": { "n": "1" } },\n    "c": { "kind": "expression", "set": { "n": "4" } }'],
      ['"to": "a" }', '"to": "a" },\n    "e3": { "from": "a", "to": "c" }'],
      ["[0, 0]", '[0, 0],\n    "c": [0, 200]'],
    ],
    merged: [
      ['"set": { "n": "1" } }', '"set": { "n": "1" } },\n    "c2": { "kind": "expression", "set": { "n": "4" } }'],
      ['"to": "a" }', '"to": "a" },\n    "e32": { "from": "a", "to": "c2" }'],
      ["[0, 0]", '[0, 0],\n    "c2": [0, 200]'],
    ],
  },
  {
    name: "what ours deleted and theirs moved stays deleted",
    ours: [
      [',\n    "b": { "kind": "expression", "set": { "n": "2" } }', ""],
      [',\n    "e2": { "from": "a", "to": "b" }', ""],
      [',\n    "b": [200, 0]', ""],
    ],
    theirs: [["[200, 0]", "[240, 0]"]],
    merged: [],
  },
  {
    name: "what ours deleted and theirs changed comes back, as a conflict",
    ours: [[',\n    "e2": { "from": "a", "to": "b" }', ""]],
    theirs: [['"from": "a", "to": "b"', '"from": "a", "to": "b", "label": "next"']],
    merged: [
      [
        '"e1": { "from": "@start", "to": "a" }',
        '"e1": { "from": "@start", "to": "a" },\n    "e2": { "from": "a", "to": "b", "label": "next" }',
      ],
      [
        `  "layout"`,
        `  "conflicts": [\n    { "at": "/edges/e2", "base": { "from": "a", "to": "b" }, "theirs": { "from": "a", "to": "b", "label": "next" } }\n  ],\n  "layout"`,
      ],
    ],
    conflicts: ["/edges/e2"],
  },
  {
    name: "an edge of theirs to a node that ours deleted",
    ours: [
      [',\n    "b": { "kind": "expression", "set": { "n": "2" } }', ""],
      [',\n    "e2": { "from": "a", "to": "b" }', ""],
      [',\n    "b": [200, 0]', ""],
    ],
    theirs: [['"e2": {', '"e9": { "from": "@start", "to": "b" },\n    "e2": {']],
    merged: [['"to": "a" }', '"to": "a" },\n    "e9": { "from": "@start", "to": "b" }']],
    problems: ["DANGLING_EDGE"],
  },
];

/** The graph with a note, and with groups of these members. */
const grouped = (groups: Readonly<Record<string, readonly string[]>>, note = "Why"): string => {
  const lines = Object.entries(groups).map(([id, nodes]) => `    "${id}": { "nodes": ${JSON.stringify(nodes)} }`);
  const notes = `  "notes": {\n    "n": { "text": "${note}" }\n  },\n`;
  return base.replace('  "layout"', `${notes}  "groups": {\n${lines.join(",\n")}\n  },\n  "layout"`);
};
const groupsOf = (text: string | undefined): unknown =>
  Object.fromEntries([...parseDocument(text ?? "").graph.groups].map(([id, { nodes }]) => [id, nodes]));

test.each([
  ["both add members", { g: ["a"] }, { g: ["a", "b"] }, { g: ["a", "n"] }, { g: ["a", "b", "n"] }],
  ["one takes out what the other leaves", { g: ["a", "b"] }, { g: ["b"] }, { g: ["a", "b", "n"] }, { g: ["b", "n"] }],
  [
    "a member that both moved is where ours has it",
    { g: ["a"], h: ["b"] },
    { g: ["a", "n"], h: ["b"] },
    { g: ["a"], h: ["b", "n"] },
    { g: ["a", "n"], h: ["b"] },
  ],
  ["a group that ours removed stays so", { g: ["a"] }, {}, { g: ["a", "b"] }, {}],
  ["a group that theirs removed goes", { g: ["a"] }, { g: ["a", "b"] }, {}, {}],
  ["groups that both made under one id are two", {}, { g: ["a"] }, { g: ["b"] }, { g: ["a"], g2: ["b"] }],
])("groups: %s", (_name, before, ours, theirs, expected) => {
  const merged = mergeDocuments({ base: grouped(before), ours: grouped(ours), theirs: grouped(theirs) });
  expect(groupsOf(merged?.text)).toEqual(expected);
  expect(merged?.conflicts).toEqual([]);
  expect(parseDocument(merged?.text ?? "").problems.filter(({ code }) => code !== "UNKNOWN_FIELD")).toEqual([]);
});

test("a node that one side deleted is in no group that the other gave it to", () => {
  const theirs = grouped({ g: ["a", "b"] })
    .replace(/,\n {4}"b": \{[^\n]*/, "")
    .replace(/,\n {4}"e2"[^\n]*/, "")
    .replace(/,\n {4}"b": \[[^\n]*/, "");
  const merged = mergeDocuments({ base: grouped({ g: ["a", "b"] }), ours: grouped({ g: ["a"], h: ["b"] }), theirs });
  expect(groupsOf(merged?.text)).toEqual({ g: ["a"] });
});

test("a note that both wrote is a conflict in its text", () => {
  const merged = mergeDocuments({ base: grouped({}), ours: grouped({}, "One"), theirs: grouped({}, "Two") });
  expect(merged?.conflicts.map(({ at }) => at)).toEqual(["/notes/n/text"]);
});

test("notes and nodes that both added under one id are told apart, their places and groups too", () => {
  const note = base.replace(
    '  "layout": {',
    '  "notes": {\n    "x": { "text": "x" }\n  },\n  "groups": {\n    "g": { "nodes": ["x"] }\n  },\n  "layout": {\n    "x": [0, 0, 200, 80],',
  );
  const node = base
    .replace("    // the first", '    "x": { "kind": "expression", "set": {} },')
    .replace('"layout": {', '"layout": {\n    "x": [40, 40],');
  const merged = mergeDocuments({ base, ours: node, theirs: note });
  expect(merged?.renamed).toEqual([{ entity: "note", from: "x", to: "x2" }]);
  expect(groupsOf(merged?.text)).toEqual({ g: ["x2"] });
  const { layout } = parseDocument(merged?.text ?? "").graph;
  expect([layout.get("x"), layout.get("x2")]).toEqual([
    [40, 40],
    [0, 0, 200, 80],
  ]);
});

test("an edge that leads to no node leads nowhere else where a note of that name gets another", () => {
  const lost = base.replace('"edges": {', '"edges": {\n    "lost": { "from": "a", "to": "x" },');
  const note = (text: string, label: string): string =>
    lost
      .replace('"to": "x"', `"to": "x", "label": "${label}"`)
      .replace('  "layout": {', `  "notes": {\n    "x": { "text": "${text}" }\n  },\n  "layout": {`);
  const merged = mergeDocuments({ base: lost, ours: note("One", ""), theirs: note("Two", "") });
  expect(merged?.renamed).toEqual([{ entity: "note", from: "x", to: "x2" }]);
  expect(parseDocument(merged?.text ?? "").graph.edges.get("lost")?.to).toBe("x");
});

const changed = (text: string, replacements: readonly (readonly [string, string])[]): string =>
  replacements.reduce((now, [from, to]) => {
    expect(now).toContain(from);
    return now.replace(from, to);
  }, text);

test.each(cases)("$name", ({ ours, theirs, merged, conflicts = [], problems = [] }) => {
  const own = changed(base, ours);
  const found = mergeDocuments({ base, ours: own, theirs: changed(base, theirs) });
  expect(found?.text).toBe(changed(own, merged));
  expect(found?.conflicts.map(({ at }) => at)).toEqual(conflicts);
  expect(found?.problems.map(({ code }) => code)).toEqual(problems);
  const marked = parseDocument(found?.text ?? "").problems.filter(({ code }) => code === "MERGE_CONFLICT");
  expect(marked).toHaveLength(conflicts.length);
});

test("a conflict is marked at its place, and says what each side has", () => {
  const own = base.replace('"n": "1"', '"n": "5"');
  const text = mergeDocuments({ base, ours: own, theirs: base.replace('"n": "1"', '"n": "6"') })?.text ?? "";
  const document = parseDocument(text);
  const [problem] = document.problems;
  expect(document.valid).toBe(false);
  expect(problem).toMatchObject({ code: "MERGE_CONFLICT", node: "a" });
  expect(text.slice(problem?.range.start, problem?.range.end)).toBe('"5"');
  expect(problem?.message).toBe('Both sides of the merge changed nodes.a.set.n: here it is "5", on the other side "6"; it was "1".');
});

test.each<[name: string, take: Decide, expected: string]>([
  ["what is here stays", "here", "5"],
  ["theirs", "theirs", "6"],
  ["what was before", "base", "1"],
])("a conflict is decided: %s", (_name, take, expected) => {
  const own = base.replace('"n": "1"', '"n": "5"');
  const text = mergeDocuments({ base, ours: own, theirs: base.replace('"n": "1"', '"n": "6"') })?.text ?? "";
  expect(conflictsIn(text).map(({ range }) => text.slice(range.start, range.end))).toEqual(['"5"']);
  const outcome = resolveConflict(text, "/nodes/a/set/n", take);
  const resolved = outcome.ok ? applyEdits(text, outcome.edits) : outcome.message;
  expect(resolved).toBe(base.replace('"n": "1"', `"n": "${expected}"`));
  expect(resolveConflict(resolved, "/nodes/a/set/n", take)).toMatchObject({ ok: false, code: "EDIT_REFUSED" });
});

test("what ours deleted is gone again where that is decided, and only that", () => {
  const theirs = base.replace('"to": "b" }', '"to": "b", "label": "next" }').replace('"n": "2"', '"n": "7"');
  const own = base.replace(',\n    "e2": { "from": "a", "to": "b" }', "").replace('"n": "2"', '"n": "8"');
  const text = mergeDocuments({ base, ours: own, theirs })?.text ?? "";
  expect(conflictsIn(text).map(({ at }) => at)).toEqual(["/nodes/b/set/n", "/edges/e2"]);
  const outcome = resolveConflict(text, "/edges/e2", "ours");
  expect(outcome.ok && conflictsIn(applyEdits(text, outcome.edits)).map(({ at }) => at)).toEqual(["/nodes/b/set/n"]);
  expect(outcome.ok && applyEdits(text, outcome.edits)).not.toContain('"e2":');
});

test.each([
  ["a text that is no graph", "{", base],
  ["a list", "[]", base],
  ["theirs", base, '{ "nodes": }'],
])("what is no graph is not merged: %s", (_name, ours, theirs) => {
  expect(mergeDocuments({ base, ours, theirs })).toBeUndefined();
});

test("a graph that both sides added has what each of them has", () => {
  const merged = mergeDocuments({ base: "", ours: base, theirs: base.replace("[200, 0]", '[200, 0],\n    "@end": [400, 0]') });
  expect(merged?.text).toBe(base.replace("[200, 0]", '[200, 0],\n    "@end": [400, 0]'));
  expect(merged?.conflicts).toEqual([]);
});
