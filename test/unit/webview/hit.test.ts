import { expect, test } from "vitest";
import { hitAt } from "../../../webview/canvas/hit.js";
import { toFlow } from "../../../webview/canvas/to-flow.js";
import { Outlines } from "../../../webview/picture/outlines.js";
import { edge, graphOf, node, sceneOf } from "../../webview/samples.js";

const graph = graphOf(
  [node("a"), node("b", {}, [400, 200]), node("over", {}, [100, 20])],
  [edge("ab", "a", "b"), edge("back", "b", "a"), edge("loop", "b", "b")],
);
const flow = toFlow(sceneOf(graph));
const outlines = new Outlines().of(flow);

test.each([
  ["a node", 20, 20, { node: "a" }],
  ["the upper of two", 150, 40, { node: "over" }],
  ["the end of an edge, beside its node", 396, 230, { node: "b" }],
  ["the middle of a curve", 310, 130, { edge: "ab" }],
  ["an edge that goes beneath", 300, 300, { edge: "back" }],
  ["a loop", 510, 160, { edge: "loop" }],
  ["nothing", 900, 600, {}],
] as const)("finds %s", (_name, x, y, expected) => {
  expect(hitAt({ nodes: flow.nodes, behind: [] }, outlines, { x, y }, 20)).toEqual(expected);
});

test("what nothing changed keeps its outline", () => {
  const all = new Outlines();
  const before = all.of(flow);
  const moved = toFlow({ ...flow.scene, drag: { over: [0, 600] } }, flow);
  expect(all.of(moved).map((each, index) => each === before[index])).toEqual([true, false, true]); // what goes back dives deeper
});
