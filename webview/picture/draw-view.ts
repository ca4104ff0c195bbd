// Draws what is in view of a graph, or only the part of it that changed since the picture before.
import type { Flow } from "../canvas/flow-types.js";
import type { Box } from "../canvas/ports.js";
import { changedPart } from "./changed-part.js";
import { drawAnnotations } from "./draw-annotations.js";
import { drawCards } from "./draw-cards.js";
import { drawWires } from "./draw-wires.js";
import type { Inks } from "./inks.js";
import type { Outline } from "./outlines.js";

type Brush = CanvasRenderingContext2D;

/** All that a picture depends on. */
export interface Drawn {
  readonly flow: Flow;
  readonly outlines: readonly Outline[];
  readonly transform: readonly [x: number, y: number, zoom: number];
  readonly width: number;
  readonly height: number;
  readonly density: number;
  readonly inks: Inks;
  /** The part of the graph where nothing is drawn. */
  readonly beyond: Box | undefined;
}

/** Draws what is in view; of a view that stands as it stood `before`, only the part that changed. */
export function drawView(brush: Brush, now: Drawn, before: Drawn | undefined): void {
  const whole = seenIn(now);
  const part = before !== undefined && isSameView(before, now) ? changedPart(before, now, now.transform[2]) : whole;
  if (part === undefined) return;
  if (part === whole || !isSmall(part, whole)) drawPart(brush, now, whole, undefined);
  else drawPart(brush, now, part, onPixels(part, now));
}

function isSameView(a: Drawn, b: Drawn): boolean {
  const isSameSize = a.width === b.width && a.height === b.height && a.density === b.density;
  return isSameSize && a.transform === b.transform && a.inks === b.inks && a.beyond === b.beyond && a.flow.behind === b.flow.behind;
}

function seenIn({ transform: [x, y, zoom], width, height }: Drawn): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

/** A part that is most of the view is not worth being cut out. */
function isSmall(part: Box, whole: Box): boolean {
  return part.width * part.height < (whole.width * whole.height) / 2;
}

/** A box of the graph as whole pixels of the element, so that nothing shows where it meets what stays. */
function onPixels({ x, y, width, height }: Box, { transform: [left, top, zoom], density }: Drawn): Box {
  const [from, to] = [
    [Math.floor((x * zoom + left) * density), Math.floor((y * zoom + top) * density)],
    [Math.ceil(((x + width) * zoom + left) * density), Math.ceil(((y + height) * zoom + top) * density)],
  ] as const;
  return { x: from[0], y: from[1], width: to[0] - from[0], height: to[1] - from[1] };
}

function drawPart(brush: Brush, now: Drawn, part: Box, pixels: Box | undefined): void {
  const { flow, outlines, transform, density, inks, beyond } = now;
  const [x, y, zoom] = transform;
  fitElement(brush.canvas, now);
  brush.save();
  brush.setTransform(1, 0, 0, 1, 0, 0);
  if (pixels !== undefined) keepTo(brush, pixels);
  brush.clearRect(0, 0, brush.canvas.width, brush.canvas.height);
  brush.setTransform(density * zoom, 0, 0, density * zoom, density * x, density * y);
  if (beyond !== undefined) leaveOut(brush, beyond, part);
  drawAnnotations(brush, flow.behind, part, zoom, inks);
  drawWires(brush, outlines, part, zoom, inks);
  drawCards(brush, flow.nodes, part, zoom, inks);
  brush.restore();
}

function keepTo(brush: Brush, { x, y, width, height }: Box): void {
  brush.beginPath();
  brush.rect(x, y, width, height);
  brush.clip();
}

/** Keeps what is drawn from then on out of a part of the view. */
function leaveOut(brush: Brush, part: Box, view: Box): void {
  brush.beginPath();
  for (const { x, y, width, height } of [view, part]) brush.rect(x, y, width, height);
  brush.clip("evenodd");
}

function fitElement(element: HTMLCanvasElement, { width, height, density }: Drawn): void {
  const [across, down] = [Math.round(width * density), Math.round(height * density)];
  if (element.width !== across) element.width = across;
  if (element.height !== down) element.height = down;
}
