import { describe, expect, test } from "vitest";
import { BoxIndex } from "../../../webview/canvas/guides/box-index.js";
import { guided, guidesAt } from "../../../webview/canvas/guides/find-guides.js";
import { dropIntents } from "../../../webview/canvas/held/use-node-drag.js";
import { edge, graphOf, node } from "../../webview/samples.js";
import type { Box } from "../../../webview/canvas/ports.js";

const card = (x: number, y: number): Box => ({ x, y, width: 220, height: 60 });
const REACH = 12;

describe("a dragged card", () => {
  const place = (raw: Box, ...near: Box[]): readonly number[] => {
    const { x, y } = guided(raw, near, REACH);
    return [x, y];
  };
  test.each([
    ["stands on the grid where nothing is near", [109, 51], [], [100, 60]],
    ["lines up within reach, although another place of the grid is nearer", [111, 51], [card(100, 400)], [100, 60]],
    ["does not line up beyond reach", [113, 51], [card(100, 400)], [120, 60]],
    ["never leaves the grid for a guide", [111, 51], [card(107, 400)], [120, 60]],
    ["lines up by its right side", [111, 51], [{ x: 280, y: 400, width: 40, height: 40 }], [100, 60]],
    ["makes the gap of two before it", [571, 3], [card(0, 0), card(280, 0)], [560, 0]],
    ["makes the gap of two behind it", [-271, 3], [card(0, 0), card(280, 0)], [-280, 0]],
    ["stands in the middle between two", [311, 3], [card(0, 0), card(600, 0)], [300, 0]],
    ["stands in line above two", [3, -111], [card(0, 0), card(0, 100)], [0, -100]],
  ] as const)("%s", (_what, [x, y], near, expected) => expect(place(card(x, y), ...near)).toEqual(expected));

  test("shows what it lines up with, from the first to the last of them", () => {
    const { lines, gaps } = guidesAt(card(100, 0), [card(100, 200), card(100, 500), card(107, 700)]);
    expect(lines).toEqual([{ way: "down", at: 210, from: 0, to: 560 }]);
    expect(gaps).toEqual([]);
  });

  test("shows gaps that are equal, with their size", () => {
    const { gaps } = guidesAt(card(560, 0), [card(0, 0), card(280, 20)]);
    expect(gaps).toEqual([
      {
        way: "across",
        aside: 30,
        size: 60,
        spans: [
          [220, 280],
          [500, 560],
        ],
      },
    ]);
  });

  test("has no gap to itself", () => {
    expect(guidesAt(card(0, 0), [card(280, 0)]).gaps).toEqual([]);
    expect(guidesAt(card(0, 0), [card(220, 0), card(440, 0)]).gaps).toEqual([]);
  });
});

test("what is looked at does not depend on how many nodes are far away", () => {
  const looked = (far: number): number => {
    const near = Array.from({ length: 12 }, (_each, index) => card((index % 4) * 300, Math.floor(index / 4) * 120));
    const others = Array.from({ length: far }, (_each, index) =>
      card(20_000 + (index % 100) * 300, 20_000 + Math.floor(index / 100) * 120),
    );
    const index = new BoxIndex([...near, ...others]);
    expect(index.near({ x: -600, y: -600, width: 2400, height: 1600 })).toHaveLength(12);
    return index.looked;
  };
  expect(looked(10_000)).toBe(looked(0));
});

describe("a drop", () => {
  const graph = graphOf(
    [node("a", {}, [0, 0]), node("b", {}, [320, 0]), node("lone", {}, [100, 300])],
    [edge("e1", "a", "b", { when: "n > 1" }), edge("e2", "b", "@end")],
    { terminals: { start: [-160, 0], end: [640, 0] } },
  );
  test("on no edge moves", () => {
    expect(dropIntents(graph, { receiving: undefined }, { lone: [140, 120] })).toEqual([
      { type: "node/move", positions: { lone: [140, 120] } },
    ]);
  });
  test("on an edge puts the node onto it, with room, in one edit", () => {
    expect(dropIntents(graph, { receiving: "e1" }, { lone: [160, 0] })).toEqual([
      { type: "node/move", positions: { b: [600, 0], "@end": [920, 0], lone: [300, 0] } },
      { type: "edge/update", id: "e1", patch: { to: "lone" } },
      { type: "edge/add", id: "e3", fields: { from: "lone", to: "b" } },
    ]);
  });
});
