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

/** Expected: `CODE text that is marked`. */
const cases: readonly (readonly [what: string, fields: object, expected: readonly string[]])[] = [
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

test.each(cases)("%s", (_what, fields, expected) => {
  const source = graphText({
    channels: { n: number, t: text, log: { reducer: "append" } },
    nodes: { before: { handler: "./é.ts" }, sub: { kind: "subgraph", ...fields } },
    edges: { e1: "@start -> before", e2: "before -> sub" },
  });
  const document = parseDocument(source);
  expect(document.problems).toEqual([]);
  const found = graphProblems(document, (path) => others[path]);
  expect(
    found.map(({ code, node, range }) => `${code} ${source.slice(range.start, range.end)}${node === "sub" ? "" : " elsewhere"}`),
  ).toEqual(expected);
});
