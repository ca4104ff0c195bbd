import type { Position } from "../model/graph.js";
import { boundsOf, boxesOf, boxOf, GAP, onGrid, sizesWith } from "./boxes.js";
import type { LayoutEdge, LayoutRequest, Places } from "./layout-request.js";

/** From a node to the one that it leads to. */
const AHEAD = 80;

/**
 * A part where its edges to kept nodes would have it: after those that lead to it, before those that it leads to, on average.
 * A part that has none goes beneath what is kept: of its group, or of all.
 */
export function besideKept(part: Places, request: LayoutRequest): Places {
  const sizeOf = sizesWith(request.notes);
  const wishes = request.edges.flatMap((edge) => wish(part, edge, request));
  const { x: left, y: top } = boundsOf(boxesOf(part, sizeOf)) ?? { x: 0, y: 0 };
  const [dx, dy] = wishes.length === 0 ? beneath(part, request, left, top) : [mean(wishes.map(([x]) => x)), mean(wishes.map(([, y]) => y))];
  // What is beside what must not depend on where the part goes: it is put on the grid before it is moved.
  const [byX, byY] = [onGrid(dx + left), onGrid(dy + top)];
  return new Map([...part].map(([id, [x, y]]) => [id, [byX + onGrid(x - left), byY + onGrid(y - top)]]));
}

/** By how much one edge would have the part moved. */
function wish(part: Places, { from, to }: LayoutEdge, { kept, orientation }: LayoutRequest): readonly Position[] {
  const ahead = ([x, y]: Position, way: 1 | -1): Position => {
    const { width, height } = boxOf(from, [x, y], sizesWith(new Map()));
    return orientation === "left-to-right" ? [x + way * (width + AHEAD), y] : [x, y + way * (height + AHEAD)];
  };
  const [before, after] = [kept.get(from), kept.get(to)];
  const [source, target] = [part.get(from), part.get(to)];
  if (before !== undefined && target !== undefined) return [difference(ahead(before, 1), target)];
  if (after !== undefined && source !== undefined) return [difference(ahead(after, -1), source)];
  return [];
}

function difference([x, y]: Position, [a, b]: Position): Position {
  return [x - a, y - b];
}

function beneath(part: Places, { kept, groups, notes }: LayoutRequest, left: number, top: number): Position {
  const group = groups.find((members) => members.some((id) => part.has(id)))?.filter((id) => kept.has(id)) ?? [];
  const near = group.length === 0 ? kept : new Map([...kept].filter(([id]) => group.includes(id)));
  const bounds = boundsOf(boxesOf(near, sizesWith(notes)));
  return bounds === undefined ? [0, 0] : [bounds.x - left, bounds.y + bounds.height + (group.length === 0 ? 2 : 1) * GAP - top];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
