import { getViewportForBounds, type FitViewOptions, type Viewport } from "reactflow";
import type { GraphView } from "../protocol/views.js";
import { drawn } from "./annotations/boxes.js";
import type { Box } from "./ports.js";
import { stage, stageSize } from "./stage.js";

const MARGIN = 40;
/** What the toolbar takes from the top. */
const ABOVE = 64;
/** Share of the stage that questions and problems may take from the graph. */
const BELOW_AT_MOST = 0.45;
/** How small a graph may be made; a large one, as small as it takes to have it in view. */
const SMALLEST = 0.1;
const LARGEST = 2;
/** Room that is left around a graph when it is as small as it gets. */
const ROOM = 0.7;

/** How a graph, or some nodes of it, are brought into view: between toolbar and dock, and never larger than life. */
export function fitted(graph: GraphView, ids?: ReadonlySet<string>, notBelow = 0): Viewport {
  const { width, height } = stageSize();
  const { padding, maxZoom } = fitOptions();
  return getViewportForBounds(boundsOf(graph, ids), width, height, Math.max(notBelow, 0.001), maxZoom, padding);
}

/** The same for what React Flow fits by itself: a graph that it knows all of, as soon as it has it. */
export function fitOptions() {
  const padding = { top: px(ABOVE), right: px(MARGIN), bottom: px(below()), left: px(MARGIN) };
  return { padding, maxZoom: 1 } as const satisfies FitViewOptions;
}

/** How far a graph may be zoomed out and in. */
export function zoomRange(graph: GraphView): { readonly minZoom: number; readonly maxZoom: number } {
  return { minZoom: Math.min(SMALLEST, fitted(graph).zoom * ROOM), maxZoom: LARGEST };
}

/** What a graph, or some of what stands in it, takes up. */
export function boundsOf(graph: GraphView, ids?: ReadonlySet<string>): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [id, [x, y, width, height]] of drawn(graph)) {
    if (ids !== undefined && !ids.has(id)) continue;
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return left > right ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The element with questions and problems, at the foot of the stage. */
export function dock(): Element | null {
  return document.querySelector(".dock");
}

/** What the dock takes from the foot of the stage, with a margin. */
export function below(): number {
  const [room, docked] = [stage()?.getBoundingClientRect(), dock()?.getBoundingClientRect()];
  if (room === undefined || docked === undefined || docked.height === 0) return MARGIN;
  return Math.min(room.bottom - docked.top + MARGIN, room.height * BELOW_AT_MOST);
}

function px(length: number): `${number}px` {
  return `${Math.round(length)}px`;
}
