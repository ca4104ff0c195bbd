import { expect, test } from "vitest";
import { graphProblems, type OtherGraph } from "../../../runtime/document/graph-problems.js";
import { parseDocument } from "../../../runtime/index.js";
import { graphText } from "../../support/graph-text.js";

const number = { schema: { type: "number" } };
const text = { schema: { type: "string" } };
const inner = graphText({
  channels: { n: number, t: text, any: {}, log: { reducer: "append" } },
  nodes: { a: {} },
  edges: { e: "@start -> a" },
});
const file = (source: string): OtherGraph => ({ found: "file", document: parseDocument(source) });
const others: Readonly<Record<string, OtherGraph>> = {
  "./inner": file(inner),
  "./broken": file('{ "patchbay": 1, "nodes": { "a": { "kind": "nothing" } } }'),
  "./gone": { found: "missing" },
  "../../away": { found: "outside" },
};

type Case = readonly [what: string, fields: object, expected: readonly string[]];

/** Expected: `CODE text that is marked`. */
const cases: readonly Case[] = [
  ["all is well", { graph: "./inner", in: { n: "n + 1", t: "t", any: "n", log: "n" }, out: { n: "n", t: "any", log: "t" } }, []],
  ["nothing is said while nothing is known", { graph: "./later", in: { nope: "n" } }, []],
  ["the graph is not there", { graph: "./gone", in: { nope: "n" } }, ["GRAPH_MISSING ./gone"]],
  ["the graph is outside", { graph: "../../away" }, ["GRAPH_OUTSIDE ../../away"]],
  ["the graph is broken", { graph: "./broken", in: { nope: "n" } }, ["GRAPH_INVALID ./broken"]],
  ["an inner channel that is not there", { graph: "./inner", in: { nope: "n" } }, ['UNDECLARED_CHANNEL "nope"']],
  ["a type that the inner channel does not hold", { graph: "./inner", in: { n: "t", t: "n" } }, ["EXPRESSION t", "EXPRESSION n"]],
  ["an expression over inner channels that are not there", { graph: "./inner", out: { n: "n + nope" } }, ["EXPRESSION nope"]],
  [
    "a type that the channel here does not hold",
    { graph: "./inner", out: { n: "t + 'x'", t: "n" } },
    ["EXPRESSION t + 'x'", "EXPRESSION n"],
  ],
];

/** Of a map over numbers whose results go to a list of texts. */
const ofMaps: readonly Case[] = [
  ["all is well", { graph: "./inner", in: { n: "item + index", any: "t" }, result: "t" }, []],
  ["nothing is said of what goes in or out", { graph: "./inner" }, []],
  ["the graph is not there", { graph: "./gone", result: "nope" }, ["GRAPH_MISSING ./gone"]],
  ["an inner channel that is not there", { graph: "./inner", in: { nope: "item" } }, ['UNDECLARED_CHANNEL "nope"']],
  ["items that the inner channel does not hold", { graph: "./inner", in: { t: "item" } }, ["EXPRESSION item"]],
  ["a result over inner channels that are not there", { graph: "./inner", result: "n + item" }, ["EXPRESSION item"]],
  ["a result that the items of the channel are not", { graph: "./inner", result: "n + 1.0" }, ["EXPRESSION n + 1.0"]],
  ["a result that goes nowhere", { graph: "./inner", result: "n", output: undefined }, []],
  ["a result that is added to a list", { graph: "./inner", result: "n", output: "log" }, []],
];

test.each(cases)("a subgraph: %s", (_what, fields, expected) => check({ kind: "subgraph", ...fields }, expected));
test.each(ofMaps)("a map: %s", (_what, fields, expected) => check({ kind: "map", over: "ns", output: "ts", ...fields }, expected));

function check(def: object, expected: readonly string[]): void {
  const source = graphText({
    channels: {
      n: number,
      t: text,
      log: { reducer: "append" },
      ns: { schema: { type: "array", items: { type: "number" } } },
      ts: { schema: { type: "array", items: { type: "string" } } },
    },
    nodes: { before: { handler: "./é.ts" }, sub: def },
    edges: { e1: "@start -> before", e2: "before -> sub" },
  });
  const document = parseDocument(source);
  expect(document.problems).toEqual([]);
  const found = graphProblems(document, (path) => others[path]);
  expect(
    found.map(({ code, node, range }) => `${code} ${source.slice(range.start, range.end)}${node === "sub" ? "" : " elsewhere"}`),
  ).toEqual(expected);
}
