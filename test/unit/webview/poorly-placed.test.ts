import { expect, test } from "vitest";
import { isPoorlyPlaced } from "../../../webview/canvas/poorly-placed.js";
import { edge, graphOf, node } from "../../webview/samples.js";

const four = [node("a", {}, [280, 0]), node("b", {}, [280, 120]), node("c", {}, [280, 240]), node("d", {}, [560, 0])];
const ahead = [edge("e1", "@start", "a"), edge("e2", "a", "d"), edge("e3", "b", "d"), edge("e4", "c", "d")];
const level = [edge("f1", "a", "b"), edge("f2", "b", "c")];

test.each([
  ["whose edges lead ahead can be read", ahead, 4, false],
  ["whose edges stay in a column cannot", [...ahead, ...level], 4, true],
  ["that people have placed is theirs", [...ahead, ...level], 0, false],
  ["of few nodes that nobody has placed can be read", [...ahead, ...level], 3, false],
  ["with one loop can be read", [...ahead, edge("g", "d", "a")], 4, false],
] as const)("a graph %s", (_name, edges, unplaced, expected) => {
  expect(isPoorlyPlaced(graphOf(four, [...edges], { unplaced }))).toBe(expected);
});

test("the way a graph runs counts", () => {
  expect(isPoorlyPlaced(graphOf(four, level, { unplaced: 4 }))).toBe(true);
  expect(isPoorlyPlaced(graphOf(four, level, { unplaced: 4, orientation: "top-to-bottom" }))).toBe(false);
});
