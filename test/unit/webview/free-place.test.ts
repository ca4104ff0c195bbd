import { expect, test } from "vitest";
import type { Box } from "../../../runtime/model/annotation.js";
import type { Position } from "../../../runtime/model/graph.js";
import { freePlace } from "../../../webview/canvas/free-place.js";
import { CARD } from "../../../webview/canvas/geometry.js";
import { graphOf, node, note } from "../../webview/samples.js";

const terminals: { start: [number, number]; end: [number, number] } = { start: [-2000, 0], end: [2000, 0] };
const empty = graphOf([], [], { terminals });
const one = graphOf([node("a", {}, [400, 300])], [], { terminals });
const noted = graphOf([], [], { terminals, notes: [note("note", "", [400, 300, 220, 60])] });
const view: Box = [0, 0, 1000, 700];
const size = { width: 200, height: 100 };

test.each<readonly [string, typeof empty, Position, Box | undefined, Position]>([
  ["what is free is as it is wanted, on the grid", empty, [103, 98], view, [100, 100]],
  ["near to a node is as it is wanted, too", one, [640, 300], view, [640, 300]],
  ["what sticks out comes into view", empty, [950, -40], view, [780, 0]],
  ["what is outside comes to the nearest edge", empty, [-900, 5000], view, [0, 640]],
  ["the view begins between the lines of the grid", empty, [-900, -900], [7, 13, 1000, 700], [20, 20]],
  ["off a node, beneath or above it, and apart", one, [400, 300], view, [400, 380]],
  ["above, where that is nearer", one, [400, 260], view, [400, 220]],
  ["off a note, too", noted, [400, 300], view, [400, 380]],
  ["aside, where the view has no room beneath", one, [400, 300], [0, 280, 1000, 100], [640, 300]],
  ["what is larger than the view is in its middle", empty, [0, 0], [500, 500, 100, 40], [440, 500]],
  ["beneath, where the view is taken", one, [420, 300], [400, 300, 220, 60], [400, 360]],
  ["without a view, beneath", one, [420, 280], undefined, [420, 360]],
])("%s", (_what, graph, wanted, seen, expected) => expect(freePlace(graph, wanted, CARD, seen)).toEqual(expected));

test("what is added one after another stands whole in view, and covers nothing", () => {
  let graph = one;
  for (let count = 0; count < 12; count += 1) {
    const [x, y] = freePlace(graph, [450, 300], size, view);
    graph = { ...graph, notes: [...graph.notes, note(`n${String(count)}`, "", [x, y, size.width, size.height])] };
  }
  const boxes = [[400, 300, CARD.width, CARD.height] as const, ...graph.notes.map(({ box }) => box)];
  for (const [index, [x, y, width, height]] of boxes.entries()) {
    expect([x >= 0, y >= 0, x + width <= 1000, y + height <= 700]).toEqual([true, true, true, true]);
    for (const other of boxes.slice(index + 1))
      expect(x < other[0] + other[2] && other[0] < x + width && y < other[1] + other[3] && other[1] < y + height).toBe(false);
  }
});
