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
  ["back over a deeper node", [600, 0], [0, 0], 500],
  ["back, with deeper nodes elsewhere", [300, 0], [0, 0], 500],
  ["straight up", [1200, 900], [1200, 0], 1000],
] as const)("an edge that goes %s", (_name, from, to, expected) => {
  expect(detours.beneath(from, to)).toBe(expected);
});
