import { expect, test } from "vitest";
import { atRest, detailWhileMoving, seen, type Detail, type Sight } from "../../../webview/canvas/detail.js";

const sight = (zoom: number, x = 0, y = 0): Sight => ({ transform: [x, y, zoom], width: 1000, height: 600 });
const near = atRest(sight(1));
const drawn: Detail = { drawn: true };

test("far away the graph is drawn, near it has elements in view and around it", () => {
  expect(atRest(sight(0.3))).toEqual(drawn);
  expect(near).toEqual({ drawn: false, within: { x: -80, y: -80, width: 1160, height: 760 } });
  expect(seen(sight(0.5, 100, -50))).toEqual({ x: -200, y: 100, width: 2000, height: 1200 });
});

test.each([
  ["a little to the side", near, sight(1, -50, 0), near],
  ["beyond what has elements", near, sight(1, -200, 0), atRest(sight(1, -200, 0))],
  ["far out", near, sight(0.4), drawn],
  ["in, but not yet near", drawn, sight(0.7), drawn],
  ["in, as near as few are in view", drawn, sight(0.95), atRest(sight(0.95))],
  ["so near that most of what has elements is not in view", atRest(sight(0.5)), sight(1.6, -900, -500), atRest(sight(1.6, -900, -500))],
] as const)("while the view moves %s", (_name, before, to, expected) => {
  const next = detailWhileMoving(to, before, true);
  expect(next).toEqual(expected);
  if (expected === before) expect(next).toBe(before);
});

test.each([
  ["has left what has elements: what is beyond is drawn", near, sight(1, -200, 0), { ...near, beyond: true }],
  ["goes on there", { ...near, beyond: true }, sight(1, -300, 0), { ...near, beyond: true }],
  ["is back", { ...near, beyond: true }, sight(1, -50, 0), near],
  ["is within it", near, sight(1, -50, 0), near],
  ["has come from afar", drawn, sight(0.95), drawn],
] as const)("where nothing may be made yet the view %s", (_name, before, to, expected) => {
  const next = detailWhileMoving(to, before, false);
  expect(next).toEqual(expected);
  if (JSON.stringify(before) === JSON.stringify(expected)) expect(next).toBe(before);
});
