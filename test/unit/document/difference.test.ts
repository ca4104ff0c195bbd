import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDocuments, isSame, type Difference } from "../../../runtime/document/difference/compare-documents.js";
import { countDifference, describeDifference } from "../../../runtime/document/difference/describe.js";
import { sameJson } from "../../../runtime/document/same-json.js";
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import { documentJson } from "./random-document.js";

const base: JsonObject = {
  patchbay: 1,
  title: "Refunds",
  channels: { n: { schema: { type: "number" } } },
  nodes: {
    a: { kind: "code", handler: "./a.ts", retry: { attempts: 3 } },
    b: { kind: "expression", label: "B", set: { n: "1" } },
  },
  edges: { e1: { from: "@start", to: "a" }, e2: { from: "a", to: "b" } },
  tools: { orders: { handler: "./orders.ts" } },
  layout: { "@start": [0, 0], a: [100, 0], b: [300, 0] },
};

interface Case {
  readonly name: string;
  /** What the newer document has in place of the older one's sections. */
  readonly after: JsonObject;
  readonly lines: readonly string[];
  readonly count: string;
}

const nodes = base["nodes"] as JsonObject;
const edges = base["edges"] as JsonObject;
const layout = base["layout"] as JsonObject;
const a = nodes["a"] as JsonObject;
const b = nodes["b"] as JsonObject;

const cases: readonly Case[] = [
  { name: "nothing", after: {}, lines: [], count: "" },
  {
    name: "a node that only moved",
    after: { layout: { ...layout, a: [140, 0] } },
    lines: ["> node a (code): moved", "    place: [100,0] -> [140,0]"],
    count: "1 node moved",
  },
  {
    name: "a terminal that moved",
    after: { layout: { ...layout, "@start": [0, 40] } },
    lines: ["> node @start: moved", "    place: [0,0] -> [0,40]"],
    count: "1 node moved",
  },
  {
    name: "a node that got its first place",
    after: { layout: { ...layout, "@end": [500, 0] } },
    lines: ["> node @end: moved", "    place: [500,0] (new)"],
    count: "1 node moved",
  },
  {
    name: "fields inside fields",
    after: { nodes: { ...nodes, a: { ...a, retry: { attempts: 5 }, timeout: "3s" } } },
    lines: ["~ node a (code): changed", "    retry.attempts: 3 -> 5", '    timeout: "3s" (new)'],
    count: "1 node changed",
  },
  {
    name: "a node that was renamed",
    after: { nodes: { ...nodes, b: { ...b, label: "Bee" } } },
    lines: ["~ node b (expression): renamed", '    label: "B" -> "Bee"'],
    count: "1 node renamed",
  },
  {
    name: "a node that was renamed, changed and moved",
    after: { nodes: { ...nodes, b: { kind: "expression", set: { n: "2" } } }, layout: { ...layout, b: [300, 80] } },
    lines: [
      "~ node b (expression): renamed, changed, moved",
      '    label: "B" (gone)',
      '    set.n: "1" -> "2"',
      "    place: [300,0] -> [300,80]",
    ],
    count: "1 node changed",
  },
  {
    name: "a node added with its edge, another removed",
    after: {
      nodes: { a, c: { kind: "barrier", prompt: "Go on?" } },
      edges: { e1: edges["e1"] ?? null, e3: { from: "a", to: "c" } },
      layout: { "@start": [0, 0], a: [100, 0], c: [300, 0] },
    },
    lines: ["+ node c (barrier)", "- node b (expression)", "+ edge e3 (a -> c)", "- edge e2 (a -> b)"],
    count: "1 node added, 1 node removed, 1 edge added, 1 edge removed",
  },
  {
    name: "channels, tools, title and settings",
    after: {
      title: "Refund triage",
      channels: { n: { schema: { type: "number" }, reducer: "sum" } },
      tools: { orders: { handler: "./orders.ts" }, files: { handler: "./files.ts" } },
      limits: { supersteps: 10 },
    },
    lines: [
      "~ channel n: changed",
      '    reducer: "sum" (new)',
      "+ tool files",
      '~ title: "Refunds" -> "Refund triage"',
      '~ limits: {"supersteps":10} (new)',
    ],
    count: "1 channel changed, 1 tool added, 2 settings changed",
  },
  {
    name: "notes and groups",
    after: {
      notes: { n1: { text: "Why" } },
      groups: { g1: { label: "Intake", nodes: ["a"] } },
      layout: { ...layout, n1: [0, 200] },
    },
    lines: ["+ note n1", "+ group g1"],
    count: "1 note added, 1 group added",
  },
  {
    name: "nodes in another order",
    after: { nodes: { b, a } },
    lines: ["~ nodes: in another order"],
    count: "1 setting changed",
  },
  {
    name: "a section that is none",
    after: { tools: [] },
    lines: ['~ tools: {"orders":{"handler":"./orders.ts"}} -> []'],
    count: "1 setting changed",
  },
];

describe("two revisions differ by", () => {
  test.each(cases)("$name", ({ after, lines, count }) => {
    const difference = compareDocuments(base, { ...base, ...after });
    expect(describeDifference(difference)).toEqual(lines);
    expect(countDifference(difference)).toBe(count);
    expect(isSame(difference)).toBe(lines.length === 0);
  });
});

test("a document does not differ from itself", () => {
  fc.assert(fc.property(documentJson, (document) => isSame(compareDocuments(document, structuredClone(document)))));
});

test("a difference explains how one document became the other", () => {
  fc.assert(
    fc.property(documentJson, documentJson, (before, after) => {
      const difference = compareDocuments(before, after);
      expect(withoutEmpty(applied(before, difference))).toEqual(withoutEmpty(after));
      expect(isSame(difference)).toBe(sameJson(withoutEmpty(before), withoutEmpty(after)) && !difference.reordered);
    }),
  );
});

test("it tells the same backwards, with its sides exchanged", () => {
  fc.assert(
    fc.property(documentJson, documentJson, (before, after) => {
      const there = compareDocuments(before, after);
      const back = compareDocuments(after, before);
      expect(applied(after, back)).toSatisfy((made: JsonObject) => sameJson(withoutEmpty(made), withoutEmpty(before)));
      expect(back.entries.length).toBe(there.entries.length);
    }),
  );
});

/** What a difference makes of the older document. */
function applied(before: JsonObject, { entries, settings }: Difference): JsonObject {
  let document = before;
  const put = (path: readonly string[], value: JsonValue | undefined): void => {
    document = withValue(document, path, value);
  };
  for (const { section, id, marks, after, fields, place } of entries) {
    if (marks.includes("added") || marks.includes("removed")) put([section, id], after);
    for (const field of fields) put([section, id, ...field.path], field.after);
    if (place !== undefined) put(["layout", id], place.after);
  }
  for (const field of settings) put(field.path, field.after);
  return document;
}

function withValue(object: JsonObject, [key = "", ...rest]: readonly string[], value: JsonValue | undefined): JsonObject {
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  const made = rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value);
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(made === undefined ? others : [...others, [key, made]]);
}

/** Without sections that hold nothing: they say what absent ones say. */
function withoutEmpty(document: JsonObject): JsonObject {
  const sections = ["nodes", "edges", "channels", "engines", "tools", "notes", "groups", "layout"];
  const isEmpty = (name: string, value: JsonValue): boolean =>
    sections.includes(name) && isObject(value) && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(document).filter(([name, value]) => !isEmpty(name, value)));
}
