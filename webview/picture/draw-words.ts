import type { FlowNode } from "../canvas/flow-types.js";
import { boxOf } from "../canvas/ports.js";
import { kindOf } from "../nodes/kinds.js";
import { statusLooks } from "../nodes/node-status.js";
import { glyphOf } from "./glyphs.js";
import type { Inks } from "./inks.js";

/** Below this zoom nothing can be read. */
export const WORDS_FROM = 0.25;
/** From this zoom on cards are laid out as near. */
const NEAR_FROM = 0.7;
/** Sizes of letters and icons, the room at the sides and between, and what the label is raised by, in canvas pixels. */
const far = { size: 18, icon: 22, padding: 10, gap: 8, raised: 0, terminal: 18 } as const;
const near = { size: 13, icon: 18, padding: 12, gap: 10, raised: 8, terminal: 12 } as const;

/** Draws what a card says: its kind, its label, and how it stands, as `far.css` lays them out; near, as its elements do, what it does, too. */
export function drawWords(brush: CanvasRenderingContext2D, node: FlowNode, zoom: number, inks: Inks): void {
  const { size, icon, padding, gap, raised, terminal } = zoom < NEAR_FROM ? far : near;
  const { x, y, width, height } = boxOf(node);
  const middle = y + height / 2;
  brush.textBaseline = "middle";
  if (node.type === "terminal") {
    brush.textAlign = "center";
    brush.font = `${String(terminal)}px ${inks.font}`;
    brush.fillStyle = inks.quiet;
    brush.fillText(node.data.end === "start" ? "Start" : "End", x + width / 2, middle);
    return;
  }
  const { view, run } = node.data;
  brush.textAlign = "left";
  brush.font = `${String(icon)}px codicon`;
  brush.fillStyle = inks.quiet;
  brush.fillText(glyphOf(kindOf(view.kind).icon), x + padding, middle);
  if (run !== undefined) {
    brush.fillStyle = inks[run.status];
    brush.fillText(glyphOf(statusLooks[run.status].icon), x + width - padding - icon, middle - raised);
  }
  brush.font = `600 ${String(size)}px ${inks.font}`;
  brush.fillStyle = inks.words;
  const left = padding + icon + gap;
  const room = width - left - padding - (run === undefined ? 0 : icon + gap);
  brush.fillText(fitted(brush, view.label, room), x + left, middle - raised);
  if (raised === 0) return;
  brush.font = `11px ${inks.font}`;
  brush.fillStyle = inks.quiet;
  brush.fillText(fitted(brush, view.summary || kindOf(view.kind).title, width - left - padding), x + left, middle + raised + 1);
}

const known = new Map<string, string>();
const KNOWN_AT_MOST = 20_000;

/** As much of a text as there is room for. Measuring takes longer than drawing, so what was found is kept. */
export function fitted(brush: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${brush.font} ${String(room)} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  let short = text;
  while (short.length > 1 && brush.measureText(short === text ? short : `${short}…`).width > room) short = short.slice(0, -1);
  const result = short === text ? text : `${short.trimEnd()}…`;
  if (known.size > KNOWN_AT_MOST) known.clear();
  known.set(key, result);
  return result;
}
