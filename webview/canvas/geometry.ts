import type { Position } from "../../runtime/model/graph.js";
import { CARD, TERMINAL } from "../../runtime/model/card-size.js";
import { END, START } from "../../runtime/model/ids.js";
import type { GraphView } from "../protocol/views.js";

/** Distance of the grid that nodes snap to, in canvas pixels. */
export const GRID = 20;
export { CARD, TERMINAL };

/** The nearest place on the grid. */
export function snapped([x, y]: Position): Position {
  return [snap(x), snap(y)];
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID + 0; // + 0 turns -0 into 0
}

/** Every node and terminal with its place. */
export function places(graph: GraphView): Map<string, Position> {
  const all = new Map<string, Position>([
    [START, graph.terminals.start],
    [END, graph.terminals.end],
  ]);
  for (const node of graph.nodes) all.set(node.id, node.position);
  return all;
}

/** Middle of a node that stands at `position`. */
export function middle(id: string, [x, y]: Position): Position {
  const { width, height } = id === START || id === END ? TERMINAL : CARD;
  return [x + width / 2, y + height / 2];
}

/** The place at or below `wanted` where a card covers no other. */
export function freePlace(graph: GraphView, wanted: Position): Position {
  const taken = [...places(graph).values()];
  const covered = ([x, y]: Position): boolean => taken.some(([a, b]) => Math.abs(a - x) < CARD.width && Math.abs(b - y) < CARD.height);
  let [x, y] = snapped(wanted);
  while (covered([x, y])) y += GRID;
  return [x, y];
}
