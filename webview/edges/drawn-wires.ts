// Edges as paths, for what is drawn around them. Pure.
import type { Orientation } from "../../runtime/model/orientation.js";
import { courseOf, lanesOf, pathOf, type Point } from "../../runtime/model/wire-course.js";
import { Detours } from "../canvas/detours.js";
import { sizeOf } from "../canvas/geometry.js";
import type { EdgeView } from "../protocol/views.js";

/** An edge as it runs between these places. */
export interface DrawnWire {
  readonly edge: EdgeView;
  readonly path: string;
  /** Where a mark of it stands: above the middle, which its condition takes. */
  readonly x: number;
  readonly y: number;
}

/** Where nodes stand, by id. */
export type Places = ReadonlyMap<string, readonly [number, number]>;

/** How far the mark of an edge stands above its condition. */
const ABOVE = 18;
/** Ports stand out of their node by so much. */
const PORT = 5;

/** The paths of those edges of a graph that `isDrawn`; those without both ends have none. */
export function drawnWires(
  edges: readonly EdgeView[],
  at: Places,
  orientation: Orientation = "left-to-right",
  isDrawn: (id: string) => boolean = () => true,
): readonly DrawnWire[] {
  const lanes = lanesOf(edges);
  const detours = new Detours(
    [...at.values()].map(([x, y]) => [x, y]),
    orientation,
  );
  return edges.flatMap((edge, index) => {
    const [from, to] = [at.get(edge.from), at.get(edge.to)];
    if (from === undefined || to === undefined || !isDrawn(edge.id)) return [];
    const isLoop = edge.from === edge.to;
    const detour = isLoop ? undefined : detours.beneath([from[0], from[1]], [to[0], to[1]]);
    const ends = [portOf(edge.from, from, "out", orientation), portOf(edge.to, to, "in", orientation)] as const;
    const course = courseOf(...ends, { orientation, isLoop, detour, lane: lanes.get(index) });
    return [{ edge, path: pathOf(course), x: course.middle.x, y: course.middle.y - ABOVE }];
  });
}

function portOf(id: string, [x, y]: readonly [number, number], port: "out" | "in", orientation: Orientation): Point {
  const { width, height } = sizeOf(id);
  const out = port === "out";
  if (orientation === "top-to-bottom") return { x: x + width / 2, y: out ? y + height + PORT : y - PORT };
  return { x: out ? x + width + PORT : x - PORT, y: y + height / 2 };
}
