import { expect, test } from "vitest";
import { courseOf, lanesOf, pathOf } from "../../../runtime/model/wire-course.js";

const right = { orientation: "left-to-right", isLoop: false } as const;
const [from, to] = [
  { x: 0, y: 0 },
  { x: 100, y: 40 },
];

test("an edge ahead is a curve with its pill in the middle", () => {
  const course = courseOf(from, to, right);
  expect(course).toEqual({ form: "curve", points: [0, 0, 50, 0, 50, 40, 100, 40], middle: { x: 50, y: 20 } });
  expect(pathOf(course)).toBe("M 0,0 C 50,0 50,40 100,40");
});

test("an edge back has corners, and passes the others at its detour", () => {
  const course = courseOf(to, from, { ...right, detour: 200 });
  expect(course).toMatchObject({
    form: "corners",
    points: [100, 40, 124, 40, 124, 200, -24, 200, -24, 0, 0, 0],
    middle: { x: 50, y: 200 },
  });
  expect(pathOf(course)).toMatch(/^M 100,40 L 112,40 Q 124,40 124,56 /);
});

test("where the graph runs downwards, all of it is turned", () => {
  const down = { orientation: "top-to-bottom", isLoop: false } as const;
  expect(courseOf(from, { x: 40, y: 100 }, down)).toEqual({
    form: "curve",
    points: [0, 0, 0, 50, 40, 50, 40, 100],
    middle: { x: 20, y: 50 },
  });
  expect(courseOf({ x: 40, y: 100 }, from, { ...down, detour: 200 }).points.slice(2, 6)).toEqual([40, 124, 200, 124]);
});

test("a loop stands off its node, over the top or at the left", () => {
  const ends = [
    { x: 220, y: 30 },
    { x: 0, y: 30 },
  ] as const;
  expect(courseOf(...ends, { ...right, isLoop: true }).middle).toEqual({ x: 110, y: -40 });
  expect(courseOf({ x: 110, y: 60 }, { x: 110, y: 0 }, { orientation: "top-to-bottom", isLoop: true }).middle).toEqual({ x: -40, y: 30 });
});

test.each([
  ["ahead", false, from, to],
  ["back", false, to, from],
  ["to itself", true, to, from],
] as const)("edges between the same two nodes, %s, keep their pills apart", (_name, isLoop, start, end) => {
  const of = 4;
  const middles = Array.from({ length: of }, (_, index) => courseOf(start, end, { ...right, isLoop, lane: { index, of } }).middle.y);
  const gaps = middles.slice(1).map((y, index) => Math.abs(y - (middles[index] ?? 0)));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(24);
});

test("only edges that have company have a lane; the two ways between two nodes are two ways", () => {
  const edges = ["a b", "b a", "a b", "a c", "c c", "c c"].map((ends) => ({ from: ends.slice(0, 1), to: ends.slice(2) }));
  expect([...lanesOf(edges)]).toEqual([
    [0, { index: 0, of: 2 }],
    [2, { index: 1, of: 2 }],
    [4, { index: 0, of: 2 }],
    [5, { index: 1, of: 2 }],
  ]);
});
