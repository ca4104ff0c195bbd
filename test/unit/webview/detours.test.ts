import { expect, test } from "vitest";
import { Detours } from "../../../webview/canvas/detours.js";

const detours = new Detours([
  [0, 0],
  [300, 0],
  [300, 400],
  [600, 0],
  [1200, 900],
]);

test.each([
  ["ahead", [0, 0], [300, 0], undefined],
  ["back over a deeper node, outside of shorter ways", [600, 0], [0, 0], 516],
  ["back, with deeper nodes elsewhere", [300, 0], [0, 0], 508],
  ["straight up", [1200, 900], [1200, 0], 1000],
] as const)("an edge that goes %s", (_name, from, to, expected) => {
  expect(detours.beneath(from, to)).toBe(expected);
});

test("where the graph runs downwards, an edge that goes back passes at the right", () => {
  const down = new Detours(
    [
      [0, 0],
      [0, 200],
      [400, 100],
      [900, 600],
    ],
    "top-to-bottom",
  );
  expect(down.beneath([0, 0], [0, 200])).toBeUndefined();
  expect(down.beneath([0, 200], [0, 0])).toBe(400 + 220 + 40);
});
