import fc from "fast-check";
import { expect, test } from "vitest";
import { boxesOf, boxOf, sizesWith, type Box } from "../../runtime/layout/boxes.js";
import { framesOf } from "../../runtime/layout/groups.js";
import { layOut } from "../../runtime/layout/lay-out.js";
import type { LayoutRequest, Places } from "../../runtime/layout/layout-request.js";
import { GRID } from "../../runtime/model/card-size.js";
import type { Position } from "../../runtime/model/graph.js";
import type { Orientation } from "../../runtime/model/orientation.js";
import { END, START } from "../../runtime/model/ids.js";
import { elkLayering } from "../../runtime/platform/layout-thread/elk-layering.js";
import { keptPlaces, randomGraph, type RandomGraph } from "../support/random-layout.js";

const orientation = fc.constantFrom<Orientation>("left-to-right", "top-to-bottom");
const whole = (graph: fc.Arbitrary<RandomGraph>): fc.Arbitrary<LayoutRequest> =>
  fc.tuple(graph, orientation).map(([parts, way]) => ({ ...parts, kept: new Map(), at: [60, -40], orientation: way }));
const placeIn = (places: Places, id: string): Position => places.get(id) ?? [0, 0];

function expectSound({ notes, kept, groups }: LayoutRequest, places: Places): void {
  const sizeOf = sizesWith(notes);
  expectApart(boxesOf(new Map([...kept, ...places]), sizeOf));
  const off = [...places].filter(([, [x, y]]) => x % GRID !== 0 || y % GRID !== 0);
  expect(off).toEqual([]);
  if (kept.size > 0) return;
  const grouped = new Set(groups.flat());
  const others = new Map([...places].filter(([id]) => !grouped.has(id)));
  expectApart([...framesOf(groups, places, sizeOf), ...boxesOf(others, sizeOf)]);
}

function expectApart(boxes: readonly Box[]): void {
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      if (!apart) throw new Error(`${JSON.stringify(a)} and ${JSON.stringify(b)} cover one another`);
    }
  }
}

test("a whole graph: everything has a place on the grid, nothing covers another or stands in a foreign group, @start stays, and the same graph gives the same", async () => {
  await fc.assert(
    fc.asyncProperty(whole(randomGraph({ acyclic: false })), async (request) => {
      const places = await layOut(request, elkLayering);
      expect(new Set(places.keys())).toEqual(new Set([...request.nodes, ...request.followers.map(({ note }) => note)]));
      expectSound(request, places);
      expect(places.get(START)).toEqual(request.at);
      expect(await layOut(structuredClone(request), elkLayering)).toEqual(places);
    }),
    { numRuns: 80 },
  );
});

test("edges of a graph without loops lead forward, from @start to @end", async () => {
  await fc.assert(
    fc.asyncProperty(whole(randomGraph({ acyclic: true })), async (request) => {
      const places = await layOut(request, elkLayering);
      const axis = request.orientation === "left-to-right" ? 0 : 1;
      const size = axis === 0 ? "width" : "height";
      for (const { from, to } of request.edges) {
        const [source, target] = [placeIn(places, from), placeIn(places, to)];
        expect(target[axis]).toBeGreaterThanOrEqual(source[axis] + boxOf(from, source, sizesWith(new Map()))[size] + GRID);
      }
      const end = placeIn(places, END)[axis];
      for (const { from, to } of request.edges) if (to === END) expect(placeIn(places, from)[axis]).toBeLessThan(end);
    }),
    { numRuns: 60 },
  );
});

test("what is kept keeps its place, and nothing covers it", async () => {
  const request = fc.tuple(randomGraph({ acyclic: false }), keptPlaces, orientation, fc.boolean());
  await fc.assert(
    fc.asyncProperty(request, async ([{ nodes, ...graph }, places, way, anchored]) => {
      const kept = new Map(nodes.slice(0, places.length).map((id, index): [string, Position] => [id, places[index] ?? [0, 0]]));
      const free = nodes.slice(places.length);
      const at = anchored ? { at: [40, 40] as const } : {};
      const asked = { ...graph, followers: [], nodes: free, kept, orientation: way, ...at };
      const placed = await layOut(asked, elkLayering);
      expect(new Set(placed.keys())).toEqual(new Set(free));
      expectSound(asked, placed);
      expect(await layOut(structuredClone(asked), elkLayering)).toEqual(placed);
    }),
    { numRuns: 60 },
  );
});
