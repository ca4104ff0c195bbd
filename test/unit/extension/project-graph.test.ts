import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { placeNodes } from "../../../runtime/picture/placement.js";
import { GraphProjection } from "../../../extension/bridge/project-graph.js";
import { parseDocument, positionAt } from "../../../runtime/index.js";
import { graphView, type GraphView } from "../../../webview/protocol/views.js";

function project(text: string): GraphView {
  const parsed = parseDocument(text);
  const lineOf = (offset: number): number => positionAt(text, offset).line;
  return new GraphProjection().of({ parsed, problems: parsed.problems, version: 7, title: "stem", readOnly: false, trusted: true, lineOf });
}

const document = (part: object): string =>
  JSON.stringify({
    patchbay: 1,
    channels: { n: { schema: { type: "number" }, reducer: "sum" }, any: {}, own: { reducer: { handler: "./own.ts#fold" } } },
    ...part,
  });

function checkSummary(fields: object, summary: string): void {
  expect(project(document({ nodes: { a: fields }, edges: {} })).nodes.map((node) => node.summary)).toEqual([summary]);
}

function checkCondition(fields: object, condition: string, text: string): void {
  const { edges } = project(document({ nodes: {}, edges: { e: { from: "@start", to: "@end", ...fields } } }));
  expect(edges.map((edge) => [edge.condition, edge.text])).toEqual([[condition, text]]);
}

describe("the projection of a graph", () => {
  it("says what a node does in one line", () => {
    checkSummary({ kind: "code", handler: "./a.ts#b" }, "./a.ts#b");
    checkSummary({ kind: "barrier", prompt: "\nOne?\nTwo?" }, "One?");
    checkSummary({ kind: "expression", set: { n: "n + 1", any: "2" } }, "n = n + 1");
    checkSummary({ kind: "http", url: "https://example.com/{{n}}" }, "GET https://example.com/{{n}}");
    checkSummary({ kind: "http", method: "POST", url: "{{any}}" }, "POST {{any}}");
    checkSummary({ kind: "http" }, "GET");
    checkSummary({ kind: "map", over: "any", handler: "./a.ts" }, "any → ./a.ts");
    checkSummary({ kind: "map", over: "any", graph: "./a.patchbay.json" }, "any → ./a.patchbay.json");
    checkSummary({ kind: "subgraph", graph: "./a.patchbay.json" }, "./a.patchbay.json");
    checkSummary({ kind: "dream" }, "");
  });

  it("says when an edge fires", () => {
    checkCondition({}, "plain", "");
    checkCondition({ when: "n > 1" }, "when", "n > 1");
    checkCondition({ on: "yes" }, "on", "yes");
    checkCondition({ else: true }, "else", "else");
    checkCondition({ on: "@error" }, "error", "on error");
  });

  it("says at which field a problem is", () => {
    const nodes = {
      a: { kind: "code", handler: "./a.ts", retry: { attempts: 0, often: true }, timeout: "soon", join: { count: "two" } },
      b: { kind: "expression", set: { n: "nothing + 1" } },
    };
    const edges = { e: { from: "@start", to: "a", when: "nothing" }, f: { from: "a", to: "b", on: "@never" } };
    const { problems } = project(document({ nodes, edges }));
    expect(problems.map(({ node, edge, field }) => [node ?? edge, field])).toEqual(
      expect.arrayContaining([
        ["a", "retry.attempts"],
        ["a", "retry.often"],
        ["a", "timeout"],
        ["a", "join.count"],
        ["b", "set.n"],
        ["e", "when"],
        ["f", "on"],
      ]),
    );
    const [lonely] = project(
      document({ nodes: { c: { kind: "expression", set: {} }, d: nodes.b }, edges: { e: { from: "@start", to: "c" } } }),
    ).problems;
    expect([lonely?.code, lonely?.field]).toEqual(["UNREACHABLE_NODE", undefined]); // about the node, not a field of it
  });

  it("lists channels with reducer and type", () => {
    expect(project(document({})).channels).toMatchObject([
      { name: "n", reducer: "sum", type: "number" },
      { name: "any", reducer: "last", type: "any" },
      { name: "own", reducer: "./own.ts#fold", type: "any" },
    ]);
    expect(project(document({})).channels.at(-1)?.fields).toEqual({ reducer: { handler: "./own.ts#fold" } });
  });

  it("draws a node that has an error of its own, and lists the problem at its line", () => {
    const view = project('{ "patchbay": 1, "nodes": {\n  "a": { "kind": "code" }\n}, "edges": {} }');
    expect(view.nodes.map(({ id, kind, label }) => [id, kind, label])).toEqual([["a", "code", "a"]]);
    expect(view.problems.filter(({ node, severity }) => node === "a" && severity === "error").map(({ line }) => line)).toContain(2);
  });

  it("uses the document's name where it has no title, and keeps the version as revision", () => {
    expect(project(document({}))).toMatchObject({ title: "stem", revision: 7 });
    expect(project(document({ title: "Mine" }))).toMatchObject({ title: "Mine" });
  });

  it.each(["", "{", "[]", "null", '{"nodes": 3}', '{"nodes": {"a": 3}, "edges": {"e": {"from": 1}}, "layout": {"a": "x"}}'])(
    "draws a broken document: %s",
    (text) => {
      expect(() => v.parse(graphView, project(text))).not.toThrow();
    },
  );
});

describe("placeNodes", () => {
  const edges = [
    { from: "@start", to: "a" },
    { from: "a", to: "b" },
    { from: "b", to: "a" },
    { from: "b", to: "@end" },
  ];

  it("keeps the document's places", () => {
    const places = placeNodes(["a", "b"], edges, (id) => (id === "b" ? [5, 6] : undefined));
    expect(places.get("b")).toEqual([5, 6]);
  });

  it("puts the others in columns by their distance from the start", () => {
    const places = placeNodes(["a", "b"], edges, () => undefined);
    const columns = ["@start", "a", "b", "@end"].map((id) => places.get(id)?.[0] ?? Number.NaN);
    expect(columns).toEqual(columns.toSorted((a, b) => a - b));
    expect(new Set(columns).size).toBe(4);
  });

  it("gives no two nodes one place", () => {
    const ids = Array.from({ length: 20 }, (_, i) => `n${i}`);
    const places = [...placeNodes(ids, [], () => undefined).values()].map(String);
    expect(new Set(places).size).toBe(22);
  });
});
