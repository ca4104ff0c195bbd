import type { Box } from "../canvas/ports.js";
import type { Inks } from "../picture/inks.js";
import type { MapChange } from "./map-changes.js";

/** What differs is never smaller than this on the map, in pixels: in a large graph a node is a dot. */
const SMALLEST = 5;
/** From this height on there is room for a sign. */
const SIGN_FROM = 7;

type Brush = CanvasRenderingContext2D;

/**
 * Draws what differs over the cards of the map, each kind in its colour and in a form of its own: what was added is filled and has a plus,
 * what was removed is hollow and struck out, what changed has a bar at its left, and what moved is dotted around.
 */
export function drawChanges(brush: Brush, changes: readonly MapChange[], zoom: number, inks: Inks): void {
  const pixel = 1 / zoom;
  for (const change of changes) {
    const box = enlarged(change.box, SMALLEST * pixel);
    brush.setLineDash([]);
    brush.lineWidth = 1.5 * pixel;
    if (change.kind === "added") drawAdded(brush, box, change.ghost, pixel, inks);
    else if (change.kind === "removed") drawRemoved(brush, box, pixel, inks);
    else if (change.kind === "moved") drawMoved(brush, box, pixel, inks);
    else drawChanged(brush, box, pixel, inks);
  }
  brush.setLineDash([]);
}

/** What only the other side has got is not filled: it is not here. */
function drawAdded(brush: Brush, box: Box, ghost: boolean, pixel: number, inks: Inks): void {
  fill(brush, box, ghost ? inks.ground : inks.added);
  outline(brush, box, inks.added);
  if (box.height < SIGN_FROM * pixel) return;
  const [x, y, arm] = [box.x + box.width / 2, box.y + box.height / 2, box.height / 2 - 1.5 * pixel];
  brush.strokeStyle = ghost ? inks.added : inks.ground;
  lines(brush, [x - arm, y, x + arm, y], [x, y - arm, x, y + arm]);
}

function drawRemoved(brush: Brush, box: Box, pixel: number, inks: Inks): void {
  fill(brush, box, inks.ground);
  outline(brush, box, inks.removed);
  const y = box.y + box.height / 2;
  lines(brush, [box.x - 2 * pixel, y, box.x + box.width + 2 * pixel, y]);
}

function drawChanged(brush: Brush, box: Box, pixel: number, inks: Inks): void {
  fill(brush, box, inks.card);
  outline(brush, box, inks.changed);
  fill(brush, { ...box, width: Math.max(box.width / 4, 2 * pixel) }, inks.changed);
}

function drawMoved(brush: Brush, box: Box, pixel: number, inks: Inks): void {
  brush.setLineDash([1.5 * pixel, 1.5 * pixel]);
  outline(brush, box, inks.moved);
}

function fill(brush: Brush, { x, y, width, height }: Box, ink: string): void {
  brush.fillStyle = ink;
  brush.fillRect(x, y, width, height);
}

function outline(brush: Brush, { x, y, width, height }: Box, ink: string): void {
  brush.strokeStyle = ink;
  brush.strokeRect(x, y, width, height);
}

function lines(brush: Brush, ...all: readonly (readonly [number, number, number, number])[]): void {
  brush.beginPath();
  for (const [x, y, toX, toY] of all) {
    brush.moveTo(x, y);
    brush.lineTo(toX, toY);
  }
  brush.stroke();
}

function enlarged({ x, y, width, height }: Box, least: number): Box {
  const [across, down] = [Math.max(0, least - width), Math.max(0, least - height)];
  return { x: x - across / 2, y: y - down / 2, width: width + across, height: height + down };
}
