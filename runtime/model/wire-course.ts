// How an edge runs from port to port, on canvas and pictures alike. Worked out for a graph that runs to the right; where it runs
// downwards the same is done with x and y in each other's place.
import { CARD } from "./card-size.js";
import type { Orientation } from "./orientation.js";

/** How far an edge that goes back leaves its nodes, and the radius of its corners. */
const ASIDE = 24;
export const CORNER = 16;
/** How far a loop stands off its node, and reaches out at its sides. */
const RISE = 40;
const REACH = 50;
/** From one of several edges between the same two nodes to the next: a pill is lower than that. */
const LANE = 26;
/** From the control points of a curve to its middle. */
const BULGE = 0.75;

/** A point in canvas pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The place of an edge among those between the same two nodes, from 0. */
export interface Lane {
  readonly index: number;
  readonly of: number;
}

/** What an edge's way depends on, beside its ends. */
export interface WireTerms {
  readonly orientation: Orientation;
  readonly isLoop: boolean;
  /** The height, or where the graph runs downwards the distance from the left, at which an edge that goes back passes the others. */
  readonly detour?: number | undefined;
  readonly lane?: Lane | undefined;
}

/** A curve is a start, with three points more for each part: two that bend it, and where it comes to. */
export interface Course {
  readonly form: "curve" | "corners";
  /** Coordinates in turn: x, y, x, y, … */
  readonly points: readonly number[];
  /** Where its pill stands. */
  readonly middle: Point;
}

const alone: Lane = { index: 0, of: 1 };

/** How the edge between two ports runs: a curve to what lies ahead, around the others to what lies behind, a loop to the node itself. */
export function courseOf(from: Point, to: Point, { orientation, isLoop, detour, lane = alone }: WireTerms): Course {
  if (orientation === "left-to-right") return isLoop ? loop(from, to, CARD.height, lane) : rightwards(from, to, detour, lane);
  const [start, end] = [turned(from), turned(to)];
  const { form, points, middle } = isLoop ? loop(start, end, CARD.width, lane) : rightwards(start, end, detour, lane);
  return { form, points: points.map((_, index) => points[index % 2 === 0 ? index + 1 : index - 1] ?? 0), middle: turned(middle) };
}

function turned({ x, y }: Point): Point {
  return { x: y, y: x };
}

function rightwards(from: Point, to: Point, detour: number | undefined, { index, of }: Lane): Course {
  if (to.x > from.x) {
    const x = (from.x + to.x) / 2;
    const off = (index - (of - 1) / 2) * LANE;
    const bulge = off / BULGE;
    return {
      form: "curve",
      points: [from.x, from.y, x, from.y + bulge, x, to.y + bulge, to.x, to.y],
      middle: { x, y: (from.y + to.y) / 2 + off },
    };
  }
  const [out, back] = [from.x + ASIDE + (index * LANE) / 2, to.x - ASIDE - (index * LANE) / 2];
  const height = (detour ?? (from.y + to.y) / 2) + index * LANE;
  return {
    form: "corners",
    points: [from.x, from.y, out, from.y, out, height, back, height, back, to.y, to.x, to.y],
    middle: { x: (out + back) / 2, y: height },
  };
}

/** Over the top of a node that is so high. */
function loop(from: Point, to: Point, high: number, { index }: Lane): Course {
  const top = Math.min(from.y, to.y) - high / 2 - RISE - index * LANE;
  const x = (from.x + to.x) / 2;
  const reach = REACH + index * LANE;
  const up = [from.x + reach, from.y, from.x + reach, top, x, top];
  const down = [to.x - reach, top, to.x - reach, to.y, to.x, to.y];
  return { form: "curve", points: [from.x, from.y, ...up, ...down], middle: { x, y: top } };
}

/** The course as the `d` of an SVG path. */
export function pathOf({ form, points }: Course): string {
  const pairs = Array.from({ length: points.length / 2 }, (_, index) => ({ x: points[2 * index] ?? 0, y: points[2 * index + 1] ?? 0 }));
  const [start = { x: 0, y: 0 }, ...rest] = pairs;
  if (form === "curve") return `M ${said(start)} C ${rest.map(said).join(" ")}`;
  const parts = rest.map((corner, index) => {
    const next = rest[index + 1];
    const before = pairs[index] ?? corner;
    return next === undefined ? `L ${said(corner)}` : `L ${said(towards(corner, before))} Q ${said(corner)} ${said(towards(corner, next))}`;
  });
  return `M ${said(start)} ${parts.join(" ")}`;
}

/** Where a corner's rounding begins: no farther than half of the way to the next. */
function towards(corner: Point, { x, y }: Point): Point {
  const length = Math.hypot(x - corner.x, y - corner.y);
  const share = length === 0 ? 0 : Math.min(CORNER / length, 0.5);
  return { x: corner.x + (x - corner.x) * share, y: corner.y + (y - corner.y) * share };
}

function said({ x, y }: Point): string {
  return `${String(x)},${String(y)}`;
}

/** The lanes of edges that are not the only one between two nodes, by their place in the list. */
export function lanesOf(edges: readonly { readonly from: string; readonly to: string }[]): ReadonlyMap<number, Lane> {
  const between = new Map<string, number[]>();
  for (const [at, { from, to }] of edges.entries()) {
    const key = `${from} ${to}`;
    const others = between.get(key);
    if (others === undefined) between.set(key, [at]);
    else others.push(at);
  }
  const parallel = [...between.values()].filter(({ length }) => length > 1);
  return new Map(parallel.flatMap((list) => list.map((at, index) => [at, { index, of: list.length }] as const)));
}
