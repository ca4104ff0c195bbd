// What a document that has moved nodes means to the view. Pure.
import type { Position } from "../../runtime/model/graph.js";
import { middle } from "./geometry.js";
import type { Box } from "./ports.js";

type Places = ReadonlyMap<string, Position>;

/** Nodes that stand elsewhere than they did, with both places. */
export function movedNodes(before: Places, after: Places): ReadonlyMap<string, { readonly from: Position; readonly to: Position }> {
  const moved = new Map<string, { readonly from: Position; readonly to: Position }>();
  for (const [id, to] of after) {
    const from = before.get(id);
    if (from !== undefined && (from[0] !== to[0] || from[1] !== to[1])) moved.set(id, { from, to });
  }
  return moved;
}

/**
 * How far the view has to go along so that whoever looks keeps their place: as far as the node in the middle of it went, where most
 * of what is in view was rearranged. Undefined where the view stays: for few nodes, and for many that were moved alike.
 */
export function viewShift(before: Places, after: Places, view: Box): Position | undefined {
  const moved = movedNodes(before, after);
  const shown = [...before].filter(([id, place]) => after.has(id) && isIn(middle(id, place), view)).map(([id]) => id);
  const shifts = new Set([...moved.values()].map(({ from, to }) => String(shiftOf(from, to))));
  if (shifts.size < 2 || shown.filter((id) => moved.has(id)).length * 2 <= shown.length) return undefined;
  const center: Position = [view.x + view.width / 2, view.y + view.height / 2];
  const distance = (id: string): number => Math.hypot(...shiftOf(center, middle(id, before.get(id) ?? [0, 0])));
  const [anchor] = shown.toSorted((a, b) => distance(a) - distance(b));
  const ends = anchor === undefined ? undefined : moved.get(anchor);
  return ends === undefined ? undefined : shiftOf(ends.from, ends.to);
}

function shiftOf([x, y]: Position, [a, b]: Position): Position {
  return [a - x, b - y];
}

function isIn([x, y]: Position, view: Box): boolean {
  return x > view.x && y > view.y && x < view.x + view.width && y < view.y + view.height;
}
