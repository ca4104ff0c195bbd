import { expect, test } from "vitest";
import { find, nextFound, type Found } from "../../../webview/canvas/find.js";
import { edge, graphOf, node } from "../../webview/samples.js";

const graph = graphOf(
  [
    node("late", { label: "Look up order" }, [600, 0]),
    node("ask", { kind: "barrier", note: "before the ORDER goes out" }, [0, 0]),
    node("c", {}, [300, 0]),
  ],
  [edge("e1", "@start", "ask"), edge("e2", "ask", "late", { when: "order.total > 100" }), edge("e3", "late", "c", { label: "next" })],
);

test.each<[string, readonly string[]]>([
  ["", []],
  ["  ", []],
  ["order", ["ask", "late", "e2"]],
  ["Order UP", ["late"]],
  ["barrier", ["ask"]],
  ["start", ["@start"]],
  ["next", ["e3"]],
  ["nothing like that", []],
])("%j is found in %j", (typed, expected) => {
  expect(find(graph, typed).map((found) => ("node" in found ? found.node : found.edge))).toEqual(expected);
});

test("one after the other, round and round, from where the selection is", () => {
  const all = find(graph, "order");
  const [ask, late, e2] = all as [Found, Found, Found];
  expect(nextFound(all, { nodes: [], edges: [] }, 1)).toBe(ask);
  expect(nextFound(all, { nodes: [], edges: [] }, -1)).toBe(e2);
  expect(nextFound(all, { nodes: ["ask"], edges: [] }, 1)).toBe(late);
  expect(nextFound(all, { nodes: [], edges: ["e2"] }, 1)).toBe(ask);
  expect(nextFound(all, { nodes: ["ask"], edges: [] }, -1)).toBe(e2);
  expect(nextFound([], { nodes: ["ask"], edges: [] }, 1)).toBeUndefined();
});
