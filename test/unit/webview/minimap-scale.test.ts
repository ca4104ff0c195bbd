import { expect, test } from "vitest";
import { inGraph, MOST, onMap, scaleOf } from "../../../webview/minimap/scale.js";

test.each([
  ["wide", { x: -200, y: 100, width: 20_000, height: 900 }],
  ["high", { x: 0, y: 0, width: 500, height: 9_000 }],
  ["of one node", { x: 40, y: 40, width: 220, height: 60 }],
])("a graph that is %s is whole on the map", (_name, bounds) => {
  const scale = scaleOf(bounds);
  const box = onMap(scale, bounds);
  expect(scale.width).toBeLessThanOrEqual(MOST.width);
  expect(scale.height).toBeLessThanOrEqual(MOST.height);
  expect(box.x).toBeGreaterThan(0);
  expect(box.y).toBeGreaterThan(0);
  expect(box.x + box.width).toBeLessThan(scale.width);
  expect(box.y + box.height).toBeLessThan(scale.height);
  const { x, y } = inGraph(scale, { x: box.x, y: box.y });
  expect([x, y].map(Math.round)).toEqual([bounds.x, bounds.y]);
});
