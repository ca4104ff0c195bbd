import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";
import { visibleOf } from "../../support/visible-document.js";

/** A chain of code nodes, each with an edge to the next that has a condition, and a place. */
function chain(length: number): string {
  const ids = Array.from({ length }, (_, i) => i);
  const nodes = ids.map((i) => `    "n${i}": { "kind": "code", "handler": "./n${i}.ts", "reads": ["x"] }`);
  const edges = ids.map((i) => `    "e${i}": { "from": ${i === 0 ? '"@start"' : `"n${i - 1}"`}, "to": "n${i}", "when": "x > ${i}" }`);
  const layout = ids.map((i) => `    "n${i}": [${i * 200}, 0]`);
  const section = (name: string, lines: readonly string[]): string => `  "${name}": {\n${lines.join(",\n")}\n  }`;
  return `{\n  "patchbay": 1,\n  "channels": {\n    "x": { "schema": { "type": "number" } }\n  },\n${[section("nodes", nodes), section("edges", edges), section("layout", layout)].join(",\n")}\n}\n`;
}

test("a document means what it says", () => {
  const { graph, problems } = parseDocument(`{
    "patchbay": 1, "title": "T",
    "channels": { "x": { "schema": { "type": "number" }, "reducer": "sum", "default": 2 }, "y": {}, "z": { "reducer": { "handler": "./z.ts#fold", "timeout": "5s" } } },
    "nodes": {
      "a": { "kind": "code", "handler": "./a.ts#b", "reads": ["x"], "writes": ["y"], "label": "A", "note": "N", "join": "all" },
      "b": { "kind": "expression", "set": { "y": "x * 2" } },
      "c": { "kind": "barrier", "prompt": "{{x}}?" },
      "d": { "kind": "barrier", "prompt": "?", "actions": ["yes"], "schema": { "type": "string" }, "output": "y" }
    },
    "edges": {
      "e1": { "from": "@start", "to": "a" }, "e2": { "from": "a", "to": "b", "when": "x > 1", "label": "L" },
      "e3": { "from": "a", "to": "c", "else": true }, "e4": { "from": "c", "to": "d", "on": "approve" }, "e5": { "from": "c", "to": "@end", "on": "reject" }
    },
    "compile": { "strategy": "soft", "sizeThreshold": 3, "staleAfter": "1.5m", "staleMinEdits": 4 },
    "limits": { "supersteps": 7 }, "layout": { "a": [20, 40] }
  }`);
  expect(problems).toEqual([]);
  expect(Object.fromEntries(graph.channels)).toEqual({
    x: { name: "x", schema: { type: "number" }, reducer: "sum", initial: 2 },
    y: { name: "y", schema: {}, reducer: "last" },
    z: { name: "z", schema: {}, reducer: "handler", fold: { handler: "./z.ts#fold", timeoutMs: 5000 } },
  });
  expect(Object.fromEntries(graph.nodes)).toEqual({
    a: { id: "a", kind: "code", handler: "./a.ts#b", reads: ["x"], writes: ["y"], label: "A", note: "N", join: "all" },
    b: { id: "b", kind: "expression", set: { y: "x * 2" }, join: "any" },
    c: { id: "c", kind: "barrier", prompt: "{{x}}?", actions: ["approve", "reject"], join: "any" },
    d: { id: "d", kind: "barrier", prompt: "?", actions: ["yes"], schema: { type: "string" }, output: "y", join: "any" },
  });
  expect(Object.fromEntries(graph.edges)).toEqual({
    e1: { id: "e1", from: "@start", to: "a", condition: { type: "plain" } },
    e2: { id: "e2", from: "a", to: "b", condition: { type: "when", expression: "x > 1" }, label: "L" },
    e3: { id: "e3", from: "a", to: "c", condition: { type: "else" } },
    e4: { id: "e4", from: "c", to: "d", condition: { type: "on", action: "approve" } },
    e5: { id: "e5", from: "c", to: "@end", condition: { type: "on", action: "reject" } },
  });
  expect(Object.fromEntries(graph.order)).toEqual({ a: 0, b: 1, c: 2, d: 3 });
  expect(Object.fromEntries(graph.layout)).toEqual({ a: [20, 40] });
  expect(graph.title).toBe("T");
  expect(graph.compile).toEqual({ strategy: "soft", sizeThreshold: 3, staleAfterMs: 90_000, staleMinEdits: 4 });
  expect(graph.limits).toEqual({ supersteps: 7, stateBytes: 268_435_456, spillAbove: 65_536 });
});

test("what a document does not say has its default", () => {
  const { graph } = parseDocument(`{ "patchbay": 1 }`);
  expect(graph.compile).toEqual({ strategy: "auto", sizeThreshold: 1, staleAfterMs: 2_000, staleMinEdits: 1 });
  expect([graph.limits, graph.title]).toEqual([{ supersteps: 1_000, stateBytes: 268_435_456, spillAbove: 65_536 }, ""]);
});

test("entries with an error of their own are not in the graph but in raw and ranges", () => {
  const text = `{ "patchbay": 1, "nodes": { "a": { "kind": "?" }, "b": 5 }, "edges": { "e": { "to": "a" } }, "channels": { "c": { "reducer": "?" } } }`;
  const { graph, raw, ranges } = parseDocument(text);
  expect([graph.nodes.size, graph.edges.size, graph.channels.size]).toEqual([0, 0, 0]);
  expect([...raw.nodes, ...raw.edges, ...raw.channels]).toEqual([
    ["a", { kind: "?" }],
    ["e", { to: "a" }],
    ["c", { reducer: "?" }],
  ]);
  const { key, value } = ranges.nodes.get("b") ?? { key: { start: 0, end: 0 }, value: { start: 0, end: 0 } };
  expect([text.slice(key.start, key.end), text.slice(value.start, value.end)]).toEqual(['"b"', "5"]);
});

test("of two nodes with one id the later counts, at its own place", () => {
  const node = (label: string): string => `{ "kind": "code", "handler": "./x.ts", "label": "${label}" }`;
  const { graph } = parseDocument(`{ "patchbay": 1, "nodes": { "a": ${node("1")}, "b": ${node("2")}, "a": ${node("3")} } }`);
  expect(Object.fromEntries(graph.order)).toEqual({ b: 0, a: 1 });
  expect(graph.nodes.get("a")?.label).toBe("3");
});

test("one edge of ten thousand: all else is the same objects", () => {
  const text = chain(10_000);
  const before = parseDocument(text);
  const next = text.replace(`"when": "x > 5000"`, `"when": "x > 5000.5"`);
  const after = parseDocument(next, before);
  expect(before.problems).toEqual([]);
  expect([before.graph.nodes.size, before.graph.edges.size]).toEqual([10_000, 10_000]);
  expect(after.graph.nodes).toBe(before.graph.nodes);
  expect(after.graph.channels).toBe(before.graph.channels);
  expect(after.graph.order).toBe(before.graph.order);
  expect(after.graph.layout).toBe(before.graph.layout);
  expect(after.raw.nodes).toBe(before.raw.nodes);
  expect(before.graph.edges.diff(after.graph.edges).map(({ key }) => key)).toEqual(["e5000"]);
  expect(visibleOf(after)).toEqual(visibleOf(parseDocument(next)));
});

interface Step {
  readonly name: string;
  readonly edit: (text: string) => string;
  /** Keys that the diff of nodes, edges and order names. */
  readonly nodes?: readonly string[];
  readonly edges?: readonly string[];
  readonly order?: readonly string[];
}

const steps: readonly Step[] = [
  { name: "white space", edit: (text) => text.replaceAll("{ ", "{   ") },
  { name: "comments", edit: (text) => text.replaceAll('"kind"', '/* kind */ "kind"') },
  { name: "a place", edit: (text) => text.replace("[200, 0]", "[220, 0]") },
  { name: "a handler", edit: (text) => text.replace("./n1.ts", "./m1.ts"), nodes: ["n1"] },
  {
    name: "a new node at the end",
    edit: (text) => text.replace(`["x"] }\n`, `["x"] },\n"z": { "kind": "expression", "set": {} }\n`),
    nodes: ["z"],
    order: ["z"],
  },
  { name: "a node taken out", edit: (text) => text.replace(/ +"n0": \{.*\n/, ""), nodes: ["n0"], order: ["n0", "n1", "n2"] },
  { name: "a node that breaks", edit: (text) => text.replace(`"kind": "code"`, `"kind": "cod"`), nodes: ["n0"], order: ["n0"] },
  { name: "an edge renamed", edit: (text) => text.replace(`"e1"`, `"f1"`), edges: ["e1", "f1"] },
  { name: "everything gone", edit: () => "", nodes: ["n0", "n1", "n2"], edges: ["e0", "e1", "e2"], order: ["n0", "n1", "n2"] },
];

test.each(steps)("sharing after a change of $name", ({ edit, nodes = [], edges = [], order = [] }) => {
  const text = chain(3);
  const before = parseDocument(text);
  const after = parseDocument(edit(text), before);
  expect(edit(text)).not.toBe(text);
  const keys = (changes: readonly { key: string }[]): string[] => changes.map(({ key }) => key).sort();
  expect(keys(before.graph.nodes.diff(after.graph.nodes))).toEqual(nodes);
  expect(keys(before.graph.edges.diff(after.graph.edges))).toEqual(edges);
  expect(keys(before.graph.order.diff(after.graph.order))).toEqual(order);
  expect(visibleOf(after)).toEqual(visibleOf(parseDocument(edit(text))));
  expect(visibleOf(parseDocument(text, after))).toEqual(visibleOf(before));
});

test("a channel that changes is seen by expressions that did not", () => {
  const text = chain(2);
  const before = parseDocument(text);
  const after = parseDocument(text.replace(`"type": "number"`, `"type": "string"`), before);
  expect(before.problems).toEqual([]);
  expect(after.problems.map(({ code, edge }) => [code, edge])).toEqual([
    ["EXPRESSION", "e0"],
    ["EXPRESSION", "e1"],
  ]);
});

const garbage: readonly (readonly [string, string])[] = [
  ["braces", "{".repeat(100_000)],
  ["brackets", "[".repeat(100_000)],
  ["closing brackets", "]}".repeat(50_000)],
  ["deep objects", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ["deep in a node", `{"patchbay":1,"nodes":{"a":${'{"a":['.repeat(20_000)}${"]}".repeat(20_000)}}}`],
  ["quotes", '"'.repeat(100_001)],
  ["commas", `{${",".repeat(100_000)}`],
  ["colons", `{"nodes":${":".repeat(100_000)}`],
  ["keys without values", `{${'"a" '.repeat(25_000)}`],
  ["backslashes", `"${"\\".repeat(100_000)}`],
  ["comments", "/*".repeat(50_000)],
  ["slashes", `{${"/ ".repeat(50_000)}}`],
  ["noise", Array.from({ length: 100_000 }, (_, i) => String.fromCharCode((i * 7_919) % 65_536)).join("")],
  [
    "names of Object.prototype",
    `{"patchbay":1,"__proto__":{},"constructor":{},"nodes":{"constructor":{"kind":"toString"},"__proto__":{"kind":"code"}},"edges":{"valueOf":{"from":"hasOwnProperty","to":"__proto__"}}}`,
  ],
];

test.each(garbage)("%s are a document with problems", (_name, text) => {
  const parsed = parseDocument(text);
  expect(parsed.valid).toBe(false);
  expect(parsed.problems.length).toBeGreaterThan(0);
  expect(parsed.problems.length).toBeLessThan(1_000);
  for (const { range } of parsed.problems) expect(0 <= range.start && range.start <= range.end && range.end <= text.length).toBe(true);
});

test("every beginning of a document can be read, and every next one from it", () => {
  const text = chain(3);
  let previous: ParsedDocument | undefined;
  for (let length = 0; length <= text.length; length += 1) {
    const part = text.slice(0, length);
    previous = parseDocument(part, previous);
    expect(visibleOf(previous)).toEqual(visibleOf(parseDocument(part)));
  }
  expect(previous?.problems).toEqual([]);
});
