import { expect, test } from "vitest";
import type { Intent } from "../../../runtime/document/intent.js";
import {
  addIntents,
  connectIntents,
  moveIntents,
  reconnectIntents,
  removeIntents,
  renameIntents,
} from "../../../webview/canvas/to-intents.js";
import { conditionPatch, kindPatch, mapPatch, nodePatch, targetPatch } from "../../../webview/inspector/patch.js";
import { edge, graphOf, node } from "../../webview/samples.js";

const plain = edge("e2", "a", "b");
const when = edge("e3", "a", "b", { when: "x > 1" });
const last = edge("e4", "a", "@end", { terminate: true });
const ask = node("ask", { kind: "barrier", prompt: "Go on?", actions: ["yes"], label: "Ask" });
const graph = graphOf([node("a"), node("b", { label: "Bee" }, [300, 0]), ask], [edge("e1", "@start", "a"), plain, when]);

function check(name: string, actual: readonly Intent[], expected: readonly Intent[]): void {
  test(`intents: ${name}`, () => expect(actual).toEqual(expected));
}

check("a move snaps", moveIntents(graph, { b: [313, -9] }), [{ type: "node/move", positions: { b: [320, 0] } }]);
check("a move back to the same place is none", moveIntents(graph, { b: [303, 4], "@start": [-160, 0] }), []);
check("a move of what is gone is none", moveIntents(graph, { gone: [0, 0] }), []);
check("a connection", connectIntents(graph, { from: "b", to: "ask" }), [{ type: "edge/add", id: "e4", fields: { from: "b", to: "ask" } }]);
check("a connection whose id is taken", connectIntents({ ...graph, edges: [plain, when] }, { from: "b", to: "ask" }), [
  { type: "edge/add", id: "e32", fields: { from: "b", to: "ask" } },
]);
check("nothing leads to the start", connectIntents(graph, { from: "a", to: "@start" }), []);
check("nothing leaves the end", connectIntents(graph, { from: "@end", to: "a" }), []);
check("a retargeted edge", reconnectIntents(plain, { from: "a", to: "ask" }), [{ type: "edge/update", id: "e2", patch: { to: "ask" } }]);
check("an edge that ended the run, sent elsewhere", reconnectIntents(last, { from: "a", to: "b" }), [
  { type: "edge/update", id: "e4", patch: { to: "b", terminate: null } },
]);
check("the same by the inspector", targetPatch(last, "b"), [{ type: "edge/update", id: "e4", patch: { to: "b", terminate: null } }]);
check("an edge sent where it goes", targetPatch(last, "@end"), []);
check("an edge put back", reconnectIntents(plain, { from: "a", to: "b" }), []);
check("a removal takes the edges along and leaves the terminals", removeIntents(graph, { nodes: ["b", "@start"], edges: ["e1"] }), [
  { type: "edge/remove", ids: ["e1", "e2", "e3"] },
  { type: "node/remove", ids: ["b"] },
]);
check("a new node of a kind that is there", addIntents(graph, { kind: "code", position: [5, 5], name: "A" }).intents, [
  { type: "node/add", id: "a2", fields: { kind: "code", label: "A", handler: "./nodes/a2.ts" }, position: [0, 0] },
]);
check(
  "a new node before another",
  addIntents(graph, { kind: "expression", position: [0, 0], looseEnd: { node: "a", port: "in" } }).intents,
  [
    { type: "node/add", id: "expression", fields: { kind: "expression", set: {} }, position: [0, 0] },
    { type: "edge/add", id: "e4", fields: { from: "expression", to: "a" } },
  ],
);
check("a name", renameIntents(graph, "a", " Ask "), [{ type: "node/update", id: "a", patch: { label: "Ask" } }]);
check("no name takes the label away", renameIntents(graph, "b", "  "), [{ type: "node/update", id: "b", patch: { label: null } }]);
check("no name for a node without a label", renameIntents(graph, "a", ""), []);
check("the same name", renameIntents(graph, "b", "Bee"), []);
check("a field as it was", nodePatch(ask, "actions", ["yes"]), []);
check("a field removed that is not there", nodePatch(ask, "note", null), []);
check("a field removed", nodePatch(ask, "actions", null), [{ type: "node/update", id: "ask", patch: { actions: null } }]);
check("another kind", kindPatch(ask, "code"), [
  { type: "node/update", id: "ask", patch: { prompt: null, actions: null, handler: "./nodes/ask.ts", kind: "code" } },
]);
check("a request", kindPatch(ask, "http"), [
  { type: "node/update", id: "ask", patch: { prompt: null, actions: null, handler: null, url: "https://example.com/", kind: "http" } },
]);
const handlers = node("m", { kind: "map", over: "x", handler: "./m.ts", chunk: 2, output: "y" });
const graphs = node("m", { kind: "map", over: "x", graph: "./m.patchbay.json", in: {}, result: "z" });
check("a map of graphs", mapPatch(handlers, "graph"), [
  { type: "node/update", id: "m", patch: { handler: null, chunk: null, graph: "./m.patchbay.json" } },
]);
check("a map by a handler", mapPatch(graphs, "handler"), [
  { type: "node/update", id: "m", patch: { graph: null, in: null, result: null, handler: "./nodes/m.ts" } },
]);
check("a map of what it is of", mapPatch(graphs, "graph"), []);
check("another condition keeps what it says", conditionPatch(when, "on"), [
  { type: "edge/update", id: "e3", patch: { when: null, on: "x > 1" } },
]);
check("no condition", conditionPatch(when, "plain"), [{ type: "edge/update", id: "e3", patch: { when: null } }]);
check("else", conditionPatch(plain, "else"), [{ type: "edge/update", id: "e2", patch: { else: true } }]);
check("another condition: on error", conditionPatch(when, "error"), [
  { type: "edge/update", id: "e3", patch: { when: null, on: "@error" } },
]);
check("from on error to an expression, which is no word of it", conditionPatch(edge("e9", "a", "b", { on: "@error" }), "when"), [
  { type: "edge/update", id: "e9", patch: { on: null, when: "true" } },
]);
const tried = node("t", { retry: { attempts: 2 }, timeout: "5s", disabled: true, fallback: { n: 1 } });
check("another kind that is run like this one", kindPatch(tried, "expression"), [
  { type: "node/update", id: "t", patch: { handler: null, set: {}, kind: "expression" } },
]);
check("a barrier, which waits for people and is not tried again", kindPatch(tried, "barrier"), [
  { type: "node/update", id: "t", patch: { handler: null, retry: null, timeout: null, prompt: "Go on?", kind: "barrier" } },
]);
