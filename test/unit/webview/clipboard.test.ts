import { expect, test } from "vitest";
import { copiedText, pasted } from "../../../webview/canvas/clipboard.js";
import { reconnectingIntents } from "../../../webview/canvas/reconnect.js";
import { bypassIntents } from "../../../webview/canvas/to-intents.js";
import { edge, graphOf, node } from "../../webview/samples.js";

const graph = graphOf(
  [node("a", { label: "Ay" }, [0, 0]), node("b", {}, [320, 0]), node("c", {}, [640, 160])],
  [edge("e1", "@start", "a"), edge("e2", "a", "b", { when: "n > 1" }), edge("e3", "b", "c"), edge("e4", "b", "a"), edge("e5", "c", "@end")],
);

test("what is copied is a document of the nodes and the edges between them", () => {
  const text = copiedText(graph, { nodes: ["b", "a", "@start"], edges: ["e5"] }) ?? "";
  expect(JSON.parse(text)).toMatchObject({
    patchbay: 1,
    nodes: { a: { kind: "code", label: "Ay" }, b: { kind: "code" } },
    edges: { e2: { from: "a", to: "b", when: "n > 1" }, e4: { from: "b", to: "a" } },
    layout: { a: [0, 0], b: [320, 0] },
  });
  expect(Object.keys((JSON.parse(text) as { edges: object }).edges)).toEqual(["e2", "e4"]);
  expect(copiedText(graph, { nodes: ["@end"], edges: ["e1"] })).toBeUndefined();
});

test("what is pasted has ids that are free, its own edges, and a place beside what it was made of", () => {
  const text = copiedText(graph, { nodes: ["a", "b"], edges: [] }) ?? "";
  const { intents = [], ids = [] } = pasted(graph, text) ?? {};
  expect(ids).toEqual(["a2", "b2"]);
  expect(intents).toMatchObject([
    { type: "node/add", id: "a2", fields: { label: "Ay" }, position: [40, 40] },
    { type: "node/add", id: "b2", position: [360, 40] },
    { type: "edge/add", id: "e22", fields: { from: "a2", to: "b2", when: "n > 1" } },
    { type: "edge/add", id: "e42", fields: { from: "b2", to: "a2" } },
  ]);
  const again = pasted({ ...graph, nodes: [...graph.nodes, node("a2", {}, [40, 40])] }, text);
  expect(again?.intents[0]).toMatchObject({ id: "a3", position: [80, 80] });
});

test("into another graph it keeps its ids, in the middle around the pointer", () => {
  const text = copiedText(graph, { nodes: ["a", "b"], edges: [] }) ?? "";
  const empty = graphOf([], []);
  expect(pasted(empty, text, [1000, 500])?.intents.slice(0, 2)).toMatchObject([
    { id: "a", position: [740, 480] },
    { id: "b", position: [1060, 480] },
  ]);
});

test.each(["", "words", "[]", "{}", '{ "nodes": [] }', '{ "nodes": { "a": 1 } }'])("no nodes are in %j", (text) => {
  expect(pasted(graph, text)).toBeUndefined();
});

test("a document of any graph can be pasted, with or without layout", () => {
  const text =
    '{ "nodes": { "x y": { "kind": "code", "handler": "./x" } }, "edges": { "in": { "from": "@start", "to": "x y" }, "odd": 1 } }';
  expect(pasted(graph, text)?.intents).toEqual([
    { type: "node/add", id: "x_y", fields: { kind: "code", handler: "./x" }, position: [40, 40] },
  ]);
});

test.each([
  [
    "one node: what led to it leads on, with its condition",
    ["b"],
    [
      { type: "edge/update", id: "e2", patch: { to: "c" } },
      { type: "edge/remove", ids: ["e3", "e4"] },
      { type: "node/remove", ids: ["b"] },
    ],
  ],
  [
    "two nodes in a row",
    ["b", "c"],
    [
      { type: "edge/update", id: "e2", patch: { to: "@end" } },
      { type: "edge/remove", ids: ["e3", "e4", "e5"] },
      { type: "node/remove", ids: ["b", "c"] },
    ],
  ],
  [
    "the first node: nothing leads from the start to the end alone",
    ["a", "b", "c"],
    [
      { type: "edge/remove", ids: ["e1", "e2", "e3", "e4", "e5"] },
      { type: "node/remove", ids: ["a", "b", "c"] },
    ],
  ],
])("taken out: %s", (_name, nodes, expected) => {
  expect(reconnectingIntents(graph, { nodes, edges: [] })).toEqual(expected);
});

test("what led to a node with several behind it leads to each of them", () => {
  const fork = graphOf(
    [node("a"), node("b"), node("c"), node("d")],
    [edge("e1", "a", "b", { on: "go" }), edge("e2", "b", "c"), edge("e3", "b", "d")],
  );
  expect(reconnectingIntents(fork, { nodes: ["b"], edges: [] }).slice(0, 2)).toMatchObject([
    { type: "edge/update", id: "e1", patch: { to: "c" } },
    { type: "edge/add", id: "e12", fields: { from: "a", to: "d", on: "go" } },
  ]);
});

test("nodes are bypassed together, and taken back together", () => {
  const some = graphOf([node("a", { disabled: true }), node("b")], []);
  expect(bypassIntents(some, { nodes: ["a", "b"], edges: [] })).toEqual([{ type: "node/update", id: "b", patch: { disabled: true } }]);
  expect(bypassIntents(some, { nodes: ["a", "@end"], edges: [] })).toEqual([{ type: "node/update", id: "a", patch: { disabled: null } }]);
});
