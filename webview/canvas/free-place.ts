// Where something new stands: it covers nothing that stands there, and all of it can be seen. Pure.
import type { Box } from "../../runtime/model/annotation.js";
import type { Size } from "../../runtime/model/card-size.js";
import type { Position } from "../../runtime/model/graph.js";
import type { GraphView } from "../protocol/views.js";
import { standing } from "./annotations/boxes.js";
import { GRID, snapped } from "./geometry.js";

/** What stays free around it, where it cannot stand as it is wanted. */
const APART = GRID;
/** How many places across, and down, are tried at most. */
const TRIED = 64;

/**
 * The place nearest to `wanted` where something of this size is whole within `view`, off nodes and notes; what is larger than the view
 * is put in its middle. Without a view, or where that has no room left: at `wanted` or below.
 */
export function freePlace(graph: GraphView, wanted: Position, size: Size, view?: Box): Position {
  const taken = [...standing(graph).values()];
  const isFree = (place: Position, apart = 0): boolean => !taken.some((box) => overlap(box, boxAt(place, size, apart)));
  const at = snapped(wanted);
  if (view === undefined) return below(at, isFree);
  const [across, down] = [rangeOf(view[0], view[2], size.width), rangeOf(view[1], view[3], size.height)];
  const start: Position = [clamped(at[0], across), clamped(at[1], down)];
  if (isFree(start)) return start;
  return nearest(start, across, down, (place) => isFree(place, APART)) ?? below(start, isFree);
}

/** A length's places within another one. */
type Range = readonly [first: number, last: number];

/** Where a length may begin so that it lies within another, on the grid. */
function rangeOf(from: number, extent: number, length: number): Range {
  const [first, last] = [Math.ceil(from / GRID) * GRID, Math.floor((from + extent - length) / GRID) * GRID];
  if (first <= last) return [first, last];
  const [only] = snapped([from + (extent - length) / 2, 0]);
  return [only, only];
}

function clamped(value: number, [first, last]: Range): number {
  return Math.max(first, Math.min(value, last));
}

function below([x, from]: Position, isFree: (place: Position) => boolean): Position {
  for (let y = from; ; y += GRID) if (isFree([x, y])) return [x, y];
}

/** The free place that is nearest to the start, beneath and above before aside. */
function nearest([x, y]: Position, across: Range, down: Range, isFree: (place: Position) => boolean): Position | undefined {
  const tops = placesFrom(y, down);
  const all = placesFrom(x, across).flatMap((left) => tops.map((top): Position => [left, top]));
  const far = ([left, top]: Position): number => Math.abs(left - x) + Math.abs(top - y);
  return all.sort((a, b) => far(a) - far(b)).find(isFree);
}

/** Places of a range, the nearest to the start first, in steps as large as it takes for their number. */
function placesFrom(start: number, [first, last]: Range): readonly number[] {
  const step = GRID * Math.ceil((last - first + GRID) / (TRIED * GRID));
  const places = [start];
  for (let far = step; start + far <= last || start - far >= first; far += step) {
    if (start + far <= last) places.push(start + far);
    if (start - far >= first) places.push(start - far);
  }
  return places;
}

function boxAt([x, y]: Position, { width, height }: Size, apart: number): Box {
  return [x - apart, y - apart, width + 2 * apart, height + 2 * apart];
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}
