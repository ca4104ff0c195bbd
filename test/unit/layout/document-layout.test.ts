import { expect, test } from "vitest";
import { parseDocument } from "../../../runtime/document/parse.js";
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";
import { documentLayout, layoutIntents, type DocumentLayout, type LayoutScope } from "../../../runtime/layout/document-layout.js";
import type { Position } from "../../../runtime/model/graph.js";

const code = { kind: "code", handler: "./x.ts" };
const full = { "@start": [0, 0], a: [160, 0], b: [480, 0], c: [480, 120], "@end": [800, 0], memo: [160, 100], inside: [500, 220] };

function documentOf(layout: Readonly<Record<string, readonly number[]>> = full, nodes = ["a", "b", "c"]): ParsedDocument {
  return parseDocument(
    JSON.stringify({
      patchbay: 1,
      nodes: Object.fromEntries(nodes.map((id) => [id, code])),
      edges: { e1: { from: "@start", to: "a" }, e2: { from: "a", to: "b", when: "1 > 0" }, e3: { from: "a", to: "c", else: true } },
      notes: { memo: { text: "Look here" }, inside: { text: "Both" } },
      groups: { g: { nodes: ["b", "c", "inside"] } },
      layout,
    }),
  );
}

function wanted(document: ParsedDocument, scope: LayoutScope): DocumentLayout {
  const layout = documentLayout(document, scope, "left-to-right");
  if (layout === undefined) throw new Error("There is nothing to lay out.");
  return layout;
}

const moves = (document: ParsedDocument, layout: DocumentLayout, places: Record<string, Position>): unknown =>
  layoutIntents(document, layout, new Map(Object.entries(places)));

test("a whole graph is laid out with what is in its groups; other notes go with the node beside them", () => {
  const { request } = wanted(documentOf(), "all");
  expect(request).toMatchObject({ nodes: ["@start", "a", "b", "c", "@end", "inside"], groups: [["b", "c", "inside"]], at: [0, 0] });
  expect(request.followers).toEqual([{ note: "memo", node: "a", offset: [0, 100] }]);
  expect(request.edges.map(({ words }) => words)).toEqual(["", "1 > 0", "else"]);
  expect(request.kept.size).toBe(0);
});

test("of what is selected, the rest is kept, and its corner stays", () => {
  const { request } = wanted(documentOf(), { nodes: ["b", "c"] });
  expect(request).toMatchObject({ nodes: ["b", "c"], at: [480, 0], followers: [] });
  expect([...request.kept.keys()]).toEqual(["@start", "a", "@end", "memo", "inside"]);
});

test("what is new is what the document has no place for; in a graph without any that is all of it", () => {
  const { c: _c, ...without } = full;
  expect(wanted(documentOf(without), "new").request).toMatchObject({ nodes: ["c"] });
  expect(wanted(documentOf(without), "new").request).not.toHaveProperty("at");
  expect(wanted(documentOf({}), "new").request).toMatchObject({ nodes: ["@start", "a", "b", "c", "@end"], at: [0, 0] });
  expect(documentLayout(documentOf(), "new", "left-to-right")).toBeUndefined();
  expect(documentLayout(documentOf(), { nodes: ["gone"] }, "left-to-right")).toBeUndefined();
});

test("only what changes its place is moved, as one intent", () => {
  const layout = wanted(documentOf(), "all");
  expect(moves(documentOf(), layout, { a: [160, 0], b: [500, 0] })).toEqual([{ type: "node/move", positions: { b: [500, 0] } }]);
  expect(moves(documentOf(), layout, { a: [160, 0] })).toEqual([]);
});

test("places are given to what is there still, where nobody has moved it since", () => {
  const layout = wanted(documentOf(), "all");
  const later = documentOf({ ...full, b: [700, 700] }, ["a", "b", "d"]);
  expect(moves(later, layout, { a: [200, 0], b: [500, 0], c: [500, 120] })).toEqual([{ type: "node/move", positions: { a: [200, 0] } }]);
});

test("what was only seen somewhere gets that place, so that it stays there", () => {
  const { c: _c, memo: _memo, ...without } = full;
  const document = documentOf(without);
  const layout = wanted(document, { nodes: ["b"] });
  const seen = layout.request.kept;
  expect(moves(document, layout, { b: [500, 0] })).toEqual([
    { type: "node/move", positions: { b: [500, 0], c: seen.get("c"), memo: seen.get("memo") } },
  ]);
});
