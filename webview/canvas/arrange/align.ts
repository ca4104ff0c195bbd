// Selected nodes brought into line, or apart by the same distances. Pure. Places stay on the grid, which the document keeps.
import type { Intent } from "../../../runtime/document/intent.js";
import type { Position } from "../../../runtime/model/graph.js";
import type { GraphView } from "../../protocol/views.js";
import { drawn } from "../annotations/boxes.js";
import { moveIntents } from "../to-intents.js";

/** A line that nodes are brought to. */
export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom";
/** The way in which nodes are brought apart. */
export type Distribution = "across" | "down";

interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where boxes begin along an axis, and how far they reach. */
const extents = { across: ["x", "width"], down: ["y", "height"] } as const;

/** The axis that nodes are moved along, and which share of what they take up lies before the line. */
const alignments: Readonly<Record<Alignment, readonly [axis: Distribution, share: number]>> = {
  left: ["across", 0],
  centre: ["across", 0.5],
  right: ["across", 1],
  top: ["down", 0],
  middle: ["down", 0.5],
  bottom: ["down", 1],
};

/** Brings the selected nodes to the line of the outermost of them, or of the middle between those. */
export function alignIntents(graph: GraphView, ids: readonly string[], to: Alignment): Intent[] {
  const boxes = boxesOf(graph, ids);
  if (boxes.length < 2) return [];
  const [axis, share] = alignments[to];
  const [start, size] = extents[axis];
  const first = Math.min(...boxes.map((box) => box[start]));
  const last = Math.max(...boxes.map((box) => box[start] + box[size]));
  const line = first + share * (last - first);
  return moveIntents(graph, Object.fromEntries(boxes.map((box) => [box.id, placed(box, axis, line - share * box[size])])));
}

/** Gives the nodes between the outermost ones equal gaps, in the order in which they stand. */
export function distributeIntents(graph: GraphView, ids: readonly string[], way: Distribution): Intent[] {
  const [start, size] = extents[way];
  const boxes = boxesOf(graph, ids).sort((a, b) => a[start] - b[start]);
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (first === undefined || last === undefined || boxes.length < 3) return [];
  const taken = boxes.reduce((sum, box) => sum + box[size], 0);
  const gap = (last[start] + last[size] - first[start] - taken) / (boxes.length - 1);
  let at = first[start];
  const positions: Record<string, Position> = {};
  for (const box of boxes) {
    positions[box.id] = placed(box, way, at);
    at += box[size] + gap;
  }
  return moveIntents(graph, positions);
}

/** Brings nodes that somebody placed beside the grid onto it. */
export function tidyIntents(graph: GraphView, ids: readonly string[]): Intent[] {
  return moveIntents(graph, Object.fromEntries(boxesOf(graph, ids).map(({ id, x, y }) => [id, [x, y]])));
}

/** A box elsewhere along one axis. */
function placed({ x, y }: Box, axis: Distribution, at: number): Position {
  return axis === "across" ? [at, y] : [x, at];
}

function boxesOf(graph: GraphView, ids: readonly string[]): Box[] {
  const all = drawn(graph);
  return ids.flatMap((id) => {
    const box = all.get(id);
    return box === undefined ? [] : [{ id, x: box[0], y: box[1], width: box[2], height: box[3] }];
  });
}
