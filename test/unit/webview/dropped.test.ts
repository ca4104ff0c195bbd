import { expect, test } from "vitest";
import { droppedIntents, droppedUris, fieldFor, isWelcome } from "../../../webview/canvas/drop/dropped.js";
import { graphOf, node } from "../../webview/samples.js";

const graph = graphOf(
  [
    node("code", {}, [0, 0]),
    node("each", { kind: "map", over: "[]" }, [300, 0]),
    node("all", { kind: "map", over: "[]", handler: undefined, graph: "./x.patchbay.json" }, [600, 0]),
    node("ask", { kind: "barrier", handler: undefined }, [900, 0]),
  ],
  [],
);
const handler = { kind: "handler", path: "./nodes/look-up.ts" } as const;
const inner = { kind: "graph", path: "./inner.patchbay.json" } as const;

test.each([
  [
    "the explorer's list counts most",
    { "application/vnd.code.uri-list": "file:///a.ts\r\nfile:///b.ts", "text/uri-list": "file:///a.ts" },
    2,
  ],
  ["then that of editors", { resourceurls: '["file:///a.ts","file:///b.ts"]', "text/uri-list": "file:///a.ts" }, 2],
  ["then the one of everybody", { "text/uri-list": "# one\nfile:///a.ts" }, 1],
  ["what cannot be read is no list", { resourceurls: "{" }, 0],
  ["text names no files", { "text/plain": "file:///a.ts" }, 0],
])("%s", (_what, data: Readonly<Record<string, string>>, count) => {
  expect(droppedUris((type) => data[type] ?? "")).toHaveLength(count);
});

test("a drag is welcome by its types", () => {
  expect(isWelcome(["resourceurls", "codeeditors"])).toBe(true);
  expect(isWelcome(["application/x-other"])).toBe(false);
});

test("files become nodes that do not cover one another, as one edit", () => {
  const { intents, ids } = droppedIntents(graph, [handler, inner], { position: [0, 200] });
  expect(ids).toEqual(["look_up", "inner"]);
  expect(intents).toEqual([
    { type: "node/add", id: "look_up", fields: { kind: "code", label: "Look up", handler: "./nodes/look-up.ts" }, position: [0, 200] },
    { type: "node/add", id: "inner", fields: { kind: "subgraph", label: "Inner", graph: "./inner.patchbay.json" }, position: [0, 260] },
  ]);
});

test.each([
  ["code", handler, "handler"],
  ["code", inner, undefined],
  ["each", handler, "handler"],
  ["each", inner, undefined],
  ["all", inner, "graph"],
  ["ask", handler, undefined],
  ["gone", handler, undefined],
])("%s takes %j by %s", (id, file, expected) => expect(fieldFor(graph, id, file)).toBe(expected));

test("one file on a node that can name it changes that node; several are added", () => {
  expect(droppedIntents(graph, [handler], { position: [0, 0] }, "code").intents).toEqual([
    { type: "node/update", id: "code", patch: { handler: "./nodes/look-up.ts" } },
  ]);
  expect(droppedIntents(graph, [handler, handler], { position: [0, 200] }, "code").ids).toEqual(["look_up", "look_up2"]);
  expect(droppedIntents(graph, [], { position: [0, 0] }, "code")).toEqual({ intents: [], ids: [] });
});
