import type { Position } from "../../runtime/model/graph.js";
import { CARD, GRID, TERMINAL, toGrid } from "../../runtime/model/card-size.js";
import { END, START } from "../../runtime/model/ids.js";
import type { Orientation } from "../../runtime/model/orientation.js";
import type { GraphView } from "../protocol/views.js";

export { CARD, GRID, TERMINAL };

/** The nearest place on the grid. */
export function snapped([x, y]: Position): Position {
  return [toGrid(x), toGrid(y)];
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

/** How large a node is drawn. */
export function sizeOf(id: string): typeof CARD | typeof TERMINAL {
  return id === START || id === END ? TERMINAL : CARD;
}

/** Middle of a node that stands at `position`. */
export function middle(id: string, [x, y]: Position): Position {
  const { width, height } = sizeOf(id);
  return [x + width / 2, y + height / 2];
}

/** The way a graph runs on this canvas. */
export function wayOf({ orientation = "left-to-right" }: GraphView): Orientation {
  return orientation;
}

/** The place of a card beside a point that an edge is drawn from or to: before it, or behind it, the way the graph runs. */
export function cardBeside(graph: GraphView, [x, y]: Position, port: "out" | "in"): Position {
  const share = port === "out" ? 0 : 1;
  if (wayOf(graph) === "left-to-right") return [x - share * CARD.width, y - CARD.height / 2];
  return [x - CARD.width / 2, y - share * CARD.height];
}
