import { END, START, type NodeId } from "../model/ids.js";
import type { Placement, Position } from "../model/graph.js";
import type { Orientation } from "../model/orientation.js";

/** From one column to the next, and from one row to the next: of a graph that runs to the right, and of one that runs downwards. */
const steps = {
  "left-to-right": { along: 280, across: 120 },
  "top-to-bottom": { along: 140, across: 260 },
} as const;

interface PlacedEdge {
  readonly from: NodeId;
  readonly to: NodeId;
}

/**
 * A place for every node: the document's where it has one, else a column by the distance from `@start` and the next free row (a row and a column where the graph runs downwards),
 * so that a graph written by hand can be read before anybody has arranged it.
 */
export function placeNodes(
  nodes: Iterable<NodeId>,
  edges: Iterable<PlacedEdge>,
  known: (id: NodeId) => Placement | undefined,
  orientation: Orientation = "left-to-right",
): ReadonlyMap<NodeId, Position> {
  const places = new Map<NodeId, Position>();
  const missing: NodeId[] = [];
  for (const id of [START, ...nodes, END]) {
    const position = known(id);
    if (position === undefined) missing.push(id);
    else places.set(id, [position[0], position[1]]);
  }
  if (missing.length > 0) fillIn(missing, places, columnsOf(edges), orientation);
  return places;
}

function fillIn(
  missing: readonly NodeId[],
  places: Map<NodeId, Position>,
  columns: ReadonlyMap<NodeId, number>,
  orientation: Orientation,
): void {
  const { along, across } = steps[orientation];
  const isRight = orientation === "left-to-right";
  const beside = Math.max(-across, ...[...places.values()].map(([x, y]) => (isRight ? y : x))) + across;
  const last = Math.max(0, ...columns.values());
  const rows = new Map<number, number>();
  for (const id of missing) {
    const column = columns.get(id) ?? (id === END ? last + 1 : 1);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    const [forth, aside] = [column * along, beside + row * across];
    places.set(id, isRight ? [forth, aside] : [aside, forth]);
  }
}

/** Steps from `@start`, by the shortest way. */
function columnsOf(edges: Iterable<PlacedEdge>): ReadonlyMap<NodeId, number> {
  const targets = new Map<NodeId, NodeId[]>();
  for (const { from, to } of edges) {
    const list = targets.get(from);
    if (list === undefined) targets.set(from, [to]);
    else list.push(to);
  }
  const columns = new Map<NodeId, number>([[START, 0]]);
  for (const [id, column] of columns) {
    for (const target of targets.get(id) ?? []) if (!columns.has(target)) columns.set(target, column + 1);
  }
  return columns;
}
