import { CARD, TERMINAL, toGrid, type Size } from "../model/card-size.js";
import type { Position } from "../model/graph.js";
import { END, START, type NodeId } from "../model/ids.js";
import type { Places } from "./layout-request.js";

/** What stays free between nodes that are beside one another, and beneath one another, at least. */
export const GAP = 40;

/** A piece of the canvas. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Sizes of nodes and notes on the canvas. */
export type SizeOf = (id: NodeId) => Size;

/** Sizes of nodes, and of the notes given. */
export function sizesWith(notes: ReadonlyMap<NodeId, Size>): SizeOf {
  return (id) => (id === START || id === END ? TERMINAL : (notes.get(id) ?? CARD));
}

/** A node that stands at a place. */
export function boxOf(id: NodeId, [x, y]: Position, sizeOf: SizeOf): Box {
  const { width, height } = sizeOf(id);
  return { x, y, width, height };
}

/** The nodes where they stand. */
export function boxesOf(places: Places, sizeOf: SizeOf): Box[] {
  return [...places].map(([id, at]) => boxOf(id, at, sizeOf));
}

/** The smallest box around others; undefined for none. */
export function boundsOf(boxes: readonly Box[]): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The nearest line of the grid. What lies between two of them goes to the same one, however its last digits were rounded. */
export function onGrid(value: number): number {
  return toGrid(Math.round(value * 100) / 100 + 0.01);
}

/** The same places, all moved by as much. */
export function movedBy(places: Places, [dx, dy]: Position): Map<NodeId, Position> {
  return new Map([...places].map(([id, [x, y]]) => [id, [x + dx, y + dy]]));
}
