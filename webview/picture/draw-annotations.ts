import { FRAME_HEADER } from "../../runtime/model/annotation.js";
import { plainWords } from "../canvas/annotations/emphasis.js";
import type { AnnotationNode } from "../canvas/annotations/annotation-types.js";
import { boxOf, meet, type Box } from "../canvas/ports.js";
import { fitted, WORDS_FROM } from "./draw-words.js";
import type { Inks } from "./inks.js";

const RADIUS = 8;
const SIZE = 18;
const LINE = 24;
const PADDING = 12;
/** How much of its colour is in the ground of a frame, and of a note. */
const GROUND = { frame: 0.08, note: 0.2 } as const;

/** Draws the frames and notes that are in view, with the name of a group and the first lines of a note where they can be read. */
export function drawAnnotations(
  brush: CanvasRenderingContext2D,
  nodes: readonly AnnotationNode[],
  view: Box,
  zoom: number,
  inks: Inks,
): void {
  for (const node of nodes) {
    const box = boxOf(node);
    if (!meet(box, view)) continue;
    drawGround(brush, node, box, zoom, inks);
    if (zoom >= WORDS_FROM) drawText(brush, node, box, inks);
  }
  brush.globalAlpha = 1;
}

function drawGround(brush: CanvasRenderingContext2D, node: AnnotationNode, { x, y, width, height }: Box, zoom: number, inks: Inks): void {
  const { color } = node.data.view;
  brush.beginPath();
  brush.roundRect(x, y, width, height, RADIUS);
  brush.fillStyle = color === undefined ? inks.quiet : inks[color];
  brush.globalAlpha = GROUND[node.type];
  brush.fill();
  brush.globalAlpha = 1;
  brush.strokeStyle = node.selected === true ? inks.focus : color === undefined ? inks.outline : inks[color];
  brush.lineWidth = Math.max(1 / zoom, node.selected === true ? 2 : 1);
  brush.stroke();
}

function drawText(brush: CanvasRenderingContext2D, node: AnnotationNode, { x, y, width, height }: Box, inks: Inks): void {
  const isFrame = node.type === "frame";
  const lines = isFrame ? [node.data.view.label] : plainWords(node.data.view.text).split("\n");
  const room = isFrame ? 1 : Math.floor((height - PADDING) / LINE);
  brush.textAlign = "left";
  brush.textBaseline = "middle";
  brush.font = `${isFrame ? "600 " : ""}${String(SIZE)}px ${inks.font}`;
  brush.fillStyle = inks.words;
  for (const [index, line] of lines.slice(0, Math.max(1, room)).entries()) {
    const middle = isFrame ? y + FRAME_HEADER / 2 - 2 : y + PADDING + LINE * (index + 0.5) - 4;
    brush.fillText(fitted(brush, line, width - 2 * PADDING), x + PADDING, middle);
  }
}
