import type { Inks } from "./inks.js";
import type { Mark } from "./looks.js";

/** A mark is never smaller than this, in pixels of the screen. */
const SMALLEST = 3;

/** Draws a mark around a point: a triangle for problems, a dot for breakpoints, a hollow diamond for what is not in force. */
export function drawMark(brush: CanvasRenderingContext2D, mark: Mark, x: number, y: number, zoom: number, inks: Inks): void {
  const size = Math.max(SMALLEST / zoom, 9);
  brush.beginPath();
  if (mark === "breakpoint") brush.arc(x, y, size, 0, 2 * Math.PI);
  else polygon(brush, mark === "stale" ? diamond(x, y, size) : triangle(x, y, size));
  brush.lineWidth = 2 / zoom;
  brush.strokeStyle = inks.ground;
  brush.stroke();
  brush.fillStyle = mark === "stale" ? inks.ground : inks[mark];
  brush.fill();
  if (mark !== "stale") return;
  brush.strokeStyle = inks.stale;
  brush.lineWidth = Math.max(1 / zoom, 2);
  brush.stroke();
}

type Points = readonly (readonly [x: number, y: number])[];

const triangle = (x: number, y: number, size: number): Points => [
  [x, y - size],
  [x + size, y + size],
  [x - size, y + size],
];
const diamond = (x: number, y: number, size: number): Points => [
  [x, y - size],
  [x + size, y],
  [x, y + size],
  [x - size, y],
];

function polygon(brush: CanvasRenderingContext2D, points: Points): void {
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) brush.moveTo(x, y);
    else brush.lineTo(x, y);
  }
  brush.closePath();
}
