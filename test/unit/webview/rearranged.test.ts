import { expect, test } from "vitest";
import type { Position } from "../../../runtime/model/graph.js";
import { movedNodes, viewShift } from "../../../webview/canvas/rearranged.js";

type Places = Record<string, Position>;
const view = { x: 0, y: 0, width: 1000, height: 600 };
const before: Places = { a: [0, 0], b: [400, 260], c: [700, 40], d: [3000, 3000] };

function check(name: string, after: Places, expected: Position | undefined): void {
  test(`the view, where ${name}`, () => {
    expect(viewShift(new Map(Object.entries(before)), new Map(Object.entries(after)), view)).toEqual(expected);
  });
}

check("nothing moved, stays", before, undefined);
check("one node moved, stays", { ...before, b: [420, 260] }, undefined);
check("everything in view moved alike, stays", { ...before, a: [100, 0], b: [500, 260], c: [800, 40] }, undefined);
check("most was rearranged, goes along with what is in its middle", { ...before, a: [20, 20], b: [1400, 360] }, [1000, 100]);
check("what is in its middle stays, does so too", { ...before, a: [20, 20], c: [700, 400] }, undefined);
check("what is in its middle is gone, goes along with what is nearest", { a: [20, 20], c: [1000, 40], d: [0, 0] }, [300, 0]);

test("nodes that moved are known with both places", () => {
  const moved = movedNodes(
    new Map(Object.entries(before)),
    new Map(Object.entries({ ...before, a: [20, 0] as const, e: [1, 1] as const })),
  );
  expect([...moved]).toEqual([["a", { from: [0, 0], to: [20, 0] }]]);
});
