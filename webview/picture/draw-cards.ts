import type { FlowNode } from "../canvas/flow-types.js";
import { boxOf, meet, type Box } from "../canvas/ports.js";
import { drawMark } from "./draw-mark.js";
import { drawWords, WORDS_FROM } from "./draw-words.js";
import type { Inks } from "./inks.js";
import { cardLooks, isFaint, lookOf, marksOf, type CardLook } from "./looks.js";

/** Below this height in pixels of the screen a frame would be all that is seen of a card: it is filled instead. */
const FRAMED_FROM = 5;
/** From this height on corners are round. */
const ROUND_FROM = 9;
const RADIUS = 8;
const FAINT = 0.45;
const QUIET = 0.6;
const BAR = 5;

type Brush = CanvasRenderingContext2D;

/** Draws the nodes that are in view: as shapes in the colours of their states where nothing could be read, else with their words. */
export function drawCards(brush: Brush, nodes: readonly FlowNode[], view: Box, zoom: number, inks: Inks): void {
  const shown = nodes.filter((node) => meet(boxOf(node), view));
  const groups = Map.groupBy(shown, lookOf);
  for (const look of cardLooks) drawAlike(brush, groups.get(look) ?? [], look, zoom, inks);
  brush.globalAlpha = 1;
  drawSelected(brush, shown, zoom, inks);
  if (zoom >= WORDS_FROM) for (const node of shown) drawWords(brush, node, zoom, inks);
  for (const node of shown) drawMarks(brush, node, zoom, inks);
}

function drawAlike(brush: Brush, nodes: readonly FlowNode[], look: CardLook, zoom: number, inks: Inks): void {
  brush.strokeStyle = inks[look.ink];
  for (const node of nodes) {
    brush.globalAlpha = isFaint(node) ? FAINT : 1;
    if (zoom >= WORDS_FROM) drawFrame(brush, node, look, zoom, inks);
    else drawShape(brush, node, look, zoom, inks);
  }
  brush.setLineDash([]);
}

/** A card with room for words: its frame tells how it stands, in the same way as near. */
function drawFrame(brush: Brush, node: FlowNode, { form, ink }: CardLook, zoom: number, inks: Inks): void {
  const { x, y, height } = boxOf(node);
  brush.fillStyle = inks.card;
  brush.strokeStyle = inks[form === "filled" ? "outline" : ink]; // what is done is told by its icon, as near
  trace(brush, node, zoom, 0);
  brush.fill();
  brush.lineWidth = Math.max(1 / zoom, form === "framed" || form === "hollow" ? 3 : 1);
  brush.setLineDash(form === "half" || isFaint(node) ? [5, 4] : []);
  trace(brush, node, zoom, brush.lineWidth / 2);
  brush.stroke();
  if (form === "hollow") {
    trace(brush, node, zoom, 2.5 * brush.lineWidth);
    brush.stroke();
  }
  if (form !== "crossed") return;
  brush.fillStyle = inks[ink];
  brush.fillRect(x, y, BAR, height);
}

/** A card of a few pixels. */
function drawShape(brush: Brush, node: FlowNode, { form, ink }: CardLook, zoom: number, inks: Inks): void {
  const { x, y, width, height } = boxOf(node);
  const isTiny = height * zoom < FRAMED_FROM;
  const line = 1 / zoom;
  brush.fillStyle = isTiny && form === "plain" ? inks.outline : inks.card;
  trace(brush, node, zoom, 0);
  brush.fill();
  brush.fillStyle = inks[ink];
  if (form === "filled" || form === "crossed" || form === "framed") {
    trace(brush, node, zoom, form === "framed" ? 2.5 * line : 0);
    if (form === "filled") brush.globalAlpha *= QUIET; // most of a run is done
    brush.fill();
  } else if (form === "half") {
    brush.fillRect(x, y, width / 2, height);
  }
  if (form === "crossed") drawCross(brush, node, line, inks);
  if (form === "filled" || form === "crossed" || (isTiny && form === "plain")) return;
  brush.lineWidth = form === "hollow" ? 2 * line : line;
  trace(brush, node, zoom, brush.lineWidth / 2);
  brush.stroke();
}

function drawCross(brush: Brush, node: FlowNode, line: number, inks: Inks): void {
  const { x, y, width, height } = boxOf(node);
  const [middle, arm] = [x + width / 2, height / 2];
  const before = brush.strokeStyle;
  brush.strokeStyle = inks.ground;
  brush.lineWidth = 1.5 * line;
  brush.beginPath();
  brush.moveTo(middle - arm, y);
  brush.lineTo(middle + arm, y + height);
  brush.moveTo(middle - arm, y + height);
  brush.lineTo(middle + arm, y);
  brush.stroke();
  brush.strokeStyle = before;
}

function drawSelected(brush: Brush, nodes: readonly FlowNode[], zoom: number, inks: Inks): void {
  brush.strokeStyle = inks.focus;
  brush.lineWidth = Math.max(2 / zoom, 2);
  for (const node of nodes) {
    if (node.selected !== true) continue;
    trace(brush, node, zoom, -brush.lineWidth);
    brush.stroke();
  }
}

/** Breakpoints stand at the left, what is wrong at the right. */
function drawMarks(brush: Brush, node: FlowNode, zoom: number, inks: Inks): void {
  if (node.type !== "card") return;
  const { x, y, width } = boxOf(node);
  for (const mark of marksOf(node.data)) drawMark(brush, mark, mark === "breakpoint" ? x : x + width, y, zoom, inks);
}

function trace(brush: Brush, node: FlowNode, zoom: number, inset: number): void {
  const { x, y, width, height } = boxOf(node);
  const [across, down] = [width - 2 * inset, height - 2 * inset];
  brush.beginPath();
  if (height * zoom < ROUND_FROM) brush.rect(x + inset, y + inset, across, down);
  else brush.roundRect(x + inset, y + inset, across, down, node.type === "terminal" ? height / 2 : Math.max(0, RADIUS - inset));
}
