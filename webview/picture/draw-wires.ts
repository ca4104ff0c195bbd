import type { Box } from "../canvas/ports.js";
import { meet } from "../canvas/ports.js";
import { CORNER } from "../../runtime/model/wire-course.js";
import type { Inks } from "./inks.js";
import { marksOf, wireLookOf, wireLooks, type WireLook } from "./looks.js";
import type { Outline } from "./outlines.js";
import { drawMark } from "./draw-mark.js";

/** Below this zoom the dashes of an edge run together. */
const DASHED_FROM = 0.2;
/** Below this zoom rounded corners cannot be told from sharp ones. */
const ROUND_FROM = 0.15;
/** A line is never thinner than this, in pixels of the screen: thinner ones are drawn fainter, and vanish. */
const THINNEST = 0.75;

/** Draws edges; those of one look in one stroke, which costs a fraction of a stroke for each. */
export function drawWires(brush: CanvasRenderingContext2D, outlines: readonly Outline[], view: Box, zoom: number, inks: Inks): void {
  const groups = groupedByLook(outlines, view);
  for (const [name, look] of Object.entries(wireLooks)) {
    const group = groups.get(name);
    if (group === undefined) continue;
    setLook(brush, look, zoom, inks);
    brush.beginPath();
    for (const { course } of group) trace(brush, course, zoom);
    brush.stroke();
  }
  brush.setLineDash([]);
  brush.globalAlpha = 1;
  for (const group of groups.values()) for (const outline of group) drawMarks(brush, outline, zoom, inks);
}

function groupedByLook(outlines: readonly Outline[], view: Box): ReadonlyMap<string, readonly Outline[]> {
  const groups = new Map<string, Outline[]>();
  for (const outline of outlines) {
    if (!meet(outline.box, view)) continue;
    const look = wireLookOf(outline.edge);
    const group = groups.get(look);
    if (group === undefined) groups.set(look, [outline]);
    else group.push(outline);
  }
  return groups;
}

function setLook(brush: CanvasRenderingContext2D, { ink, opacity, width, dash }: WireLook, zoom: number, inks: Inks): void {
  brush.strokeStyle = inks[ink];
  brush.globalAlpha = opacity;
  brush.lineWidth = Math.max(width * Math.min(1, zoom * 1.6), THINNEST + (width - 1.5) / 2) / zoom;
  brush.setLineDash(zoom < DASHED_FROM ? [] : [...dash]);
}

function trace(brush: CanvasRenderingContext2D, { form, points }: Outline["course"], zoom: number): void {
  const at = (index: number): number => points[index] ?? 0;
  brush.moveTo(at(0), at(1));
  if (form === "curve") {
    for (let i = 2; i < points.length; i += 6) brush.bezierCurveTo(at(i), at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5));
    return;
  }
  for (let i = 2; i < points.length; i += 2) {
    const isCorner = zoom >= ROUND_FROM && i + 2 < points.length;
    if (isCorner) brush.arcTo(at(i), at(i + 1), at(i + 2), at(i + 3), CORNER);
    else brush.lineTo(at(i), at(i + 1));
  }
}

/** What is wrong with an edge, or stops at it, stands at its middle. */
function drawMarks(brush: CanvasRenderingContext2D, { edge, course: { middle } }: Outline, zoom: number, inks: Inks): void {
  const [mark] = marksOf(edge.data);
  if (mark !== undefined) drawMark(brush, mark, middle.x, middle.y, zoom, inks);
}
