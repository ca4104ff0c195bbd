// What people put on a canvas for people: notes and groups. A run knows nothing of them.
import type { Placement } from "./graph.js";
import type { NodeId } from "./ids.js";

/** The colours that a note or a group may have; a theme says what they look like. Absent: that of the editor's own widgets. */
export const colors = ["yellow", "orange", "red", "purple", "blue", "green"] as const;
export type Color = (typeof colors)[number];

/** A text of its own on the canvas. Its id is taken from the same ones as those of nodes and groups. */
export interface NoteDef {
  readonly id: string;
  readonly text: string;
  readonly color?: Color;
}

/** Nodes and notes that belong together. Where its frame stands follows from where they do. */
export interface GroupDef {
  readonly id: string;
  /** What people call it; empty: it has no name. */
  readonly label: string;
  /** Ids of nodes and notes, each once. Some may be gone, or also in a group that comes before this one in the order of ids. */
  readonly nodes: readonly NodeId[];
  readonly color?: Color;
}

/** Size of a note that has none of its own, and the least that it may have, in canvas pixels. */
const NOTE = { width: 200, height: 120 } as const;
export const LEAST_NOTE = { width: 80, height: 40 } as const;

/** Place and size of a note. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** The box of a note at a place of the layout. */
export function noteBox([x, y, width = NOTE.width, height = NOTE.height]: Placement): Box {
  return [x, y, Math.max(width, LEAST_NOTE.width), Math.max(height, LEAST_NOTE.height)];
}

/** What a frame leaves around its members, and above them for its header. On the grid, so that it is as long as they are. */
const PADDING = 20;
export const FRAME_HEADER = 40;

/** The frame around boxes; undefined around none. */
export function frameAround(boxes: Iterable<Box>): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y, width, height] of boxes) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  if (left === Infinity) return undefined;
  return [left - PADDING, top - FRAME_HEADER, right - left + 2 * PADDING, bottom - top + FRAME_HEADER + PADDING];
}
