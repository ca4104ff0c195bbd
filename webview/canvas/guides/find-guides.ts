// Where a node that is dragged comes to stand, and the lines that say why. Pure.
//
// 1. It stands on the grid, always: the document keeps places of the grid, and a drop that moved a node once more would be seen.
// 2. Of the places of the grid, one that lines up with a node near by, or makes equal gaps, is taken before the nearest, as long as it
//    is within reach of the pointer.
import { GRID } from "../geometry.js";
import type { Box } from "../ports.js";

/** A line along which nodes stand; from and to are its ends. */
export interface Line {
  readonly way: "across" | "down";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Equal gaps: the ends of each along the way, and how far aside they are drawn. */
export interface Gaps {
  readonly way: "across" | "down";
  readonly aside: number;
  readonly size: number;
  readonly spans: readonly (readonly [from: number, to: number])[];
}

/** What is drawn while something is dragged. */
export interface Guides {
  readonly lines: readonly Line[];
  readonly gaps: readonly Gaps[];
}

/** A place, and what it lines up with. */
export interface Guided extends Guides {
  readonly x: number;
  readonly y: number;
}

type Way = Line["way"];
interface Span {
  readonly start: number;
  readonly size: number;
  /** Its extent the other way. */
  readonly from: number;
  readonly to: number;
}

/** The place for a box that the pointer has at `raw`; `reach` is how far a guide draws, in canvas pixels. */
export function guided(raw: Box, near: readonly Box[], reach: number): Guided {
  const x = snap("across", raw, near, reach);
  const y = snap("down", { ...raw, x }, near, reach);
  const box = { ...raw, x, y };
  return { x, y, ...guidesAt(box, near) };
}

/** What a box lines up with where it stands. */
export function guidesAt(box: Box, near: readonly Box[]): Guides {
  const both = ["across", "down"] as const;
  return {
    lines: both.flatMap((way) => linesAt(way, box, near)),
    gaps: both.flatMap((way) => gapsAt(way, box, near) ?? []),
  };
}

function snap(way: Way, raw: Box, near: readonly Box[], reach: number): number {
  const { start, size } = spanOf(way, raw);
  const wanted = [...near.flatMap((box) => inLine(spanOf(way, box), size)), ...equalGaps(way, raw, near)];
  const able = wanted.filter((place) => place % GRID === 0 && Math.abs(place - start) <= reach); // invariant 1
  const best = able.sort((a, b) => Math.abs(a - start) - Math.abs(b - start))[0]; // invariant 2
  return best ?? Math.round(start / GRID) * GRID + 0;
}

/** Places where starts, middles or ends are in line. */
function inLine(other: Span, size: number): readonly number[] {
  return [other.start, other.start + (other.size - size) / 2, other.start + other.size - size];
}

/** Places where the gap to a neighbour is that between the neighbour and its own, or where both gaps are the same. */
function equalGaps(way: Way, raw: Box, near: readonly Box[]): readonly number[] {
  const { size, start } = spanOf(way, raw);
  const row = inRow(way, raw, near);
  const before = row.filter((span) => span.start + span.size / 2 < start + size / 2);
  const after = row.filter((span) => span.start + span.size / 2 >= start + size / 2);
  const [left, further] = [before.at(-1), before.at(-2)];
  const [right, beyond] = [after[0], after[1]];
  const places: number[] = [];
  if (left !== undefined && further !== undefined) places.push(2 * left.start + left.size - (further.start + further.size));
  if (right !== undefined && beyond !== undefined) places.push(2 * right.start + right.size - beyond.start - size);
  if (left !== undefined && right !== undefined) places.push((left.start + left.size + right.start - size) / 2);
  return places;
}

/** The boxes beside one, in order: those that share half of its extent the other way. */
function inRow(way: Way, box: Box, near: readonly Box[]): readonly Span[] {
  const own = spanOf(way, box);
  return near
    .map((other) => spanOf(way, other))
    .filter(({ from, to }) => Math.min(to, own.to) - Math.max(from, own.from) >= (own.to - own.from) / 2)
    .sort((a, b) => a.start - b.start);
}

function linesAt(way: Way, box: Box, near: readonly Box[]): readonly Line[] {
  const own = spanOf(way, box);
  const found = new Map<number, Line>();
  for (const other of near) {
    const span = spanOf(way, other);
    const at = lineBetween(own, span);
    if (at === undefined) continue;
    const known = found.get(at);
    const from = Math.min(own.from, span.from, known?.from ?? Infinity);
    const to = Math.max(own.to, span.to, known?.to ?? -Infinity);
    found.set(at, { way: way === "across" ? "down" : "across", at, from, to });
  }
  return [...found.values()];
}

/** Where two are in line: by their middles, else by their starts, else by their ends. */
function lineBetween(a: Span, b: Span): number | undefined {
  if (a.start + a.size / 2 === b.start + b.size / 2) return a.start + a.size / 2;
  if (a.start === b.start) return a.start;
  return a.start + a.size === b.start + b.size ? a.start + a.size : undefined;
}

function gapsAt(way: Way, box: Box, near: readonly Box[]): Gaps | undefined {
  const own = spanOf(way, box);
  const row = inRow(way, box, near);
  const all = [...row, own].sort((a, b) => a.start - b.start);
  const at = all.indexOf(own);
  const around = all.slice(Math.max(0, at - 2), at + 3);
  const spans = around.slice(1).map((span, index): readonly [number, number] => {
    const before = around[index] ?? span;
    return [before.start + before.size, span.start];
  });
  const touching = spans.filter(([from, to]) => from === own.start + own.size || to === own.start);
  for (const [from, to] of touching) {
    const equal = spans.filter((span) => span[1] - span[0] === to - from);
    if (to > from && equal.length > 1) return { way, aside: (own.from + own.to) / 2, size: to - from, spans: equal };
  }
  return undefined;
}

function spanOf(way: Way, { x, y, width, height }: Box): Span {
  return way === "across" ? { start: x, size: width, from: y, to: y + height } : { start: y, size: height, from: x, to: x + width };
}
