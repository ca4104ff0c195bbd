// How the minimap lies to the graph. Pure.
import type { Box } from "../canvas/ports.js";
import type { Point } from "../canvas/stage.js";

/** Size of the minimap at most, in pixels. */
export const MOST = { width: 200, height: 130 } as const;
/** Room around the graph in it, in pixels. */
const AROUND = 6;
/** Small graphs are not enlarged beyond this. */
const LARGEST = 0.2;

/** How large the map is, and how the graph is moved and zoomed into it. */
export interface MapScale {
  readonly width: number;
  readonly height: number;
  readonly transform: readonly [x: number, y: number, zoom: number];
}

/** The scale at which a graph with these bounds fills the map, in one direction at least. */
export function scaleOf({ x, y, width, height }: Box): MapScale {
  const across = (MOST.width - 2 * AROUND) / Math.max(1, width);
  const zoom = Math.min(LARGEST, across, (MOST.height - 2 * AROUND) / Math.max(1, height));
  return {
    width: Math.round(width * zoom + 2 * AROUND),
    height: Math.round(height * zoom + 2 * AROUND),
    transform: [AROUND - x * zoom, AROUND - y * zoom, zoom],
  };
}

/** A box of the graph in the map. */
export function onMap({ transform: [x, y, zoom] }: MapScale, box: Box): Box {
  return { x: box.x * zoom + x, y: box.y * zoom + y, width: box.width * zoom, height: box.height * zoom };
}

/** The place of the graph at a point of the map. */
export function inGraph({ transform: [x, y, zoom] }: MapScale, point: Point): Point {
  return { x: (point.x - x) / zoom, y: (point.y - y) / zoom };
}
