import type { Box, Color } from "../model/annotation.js";
import type { PlacedNote } from "./annotations.js";
import type { DrawnGroup } from "./drawing.js";
import { escaped, shortened, wrapped } from "./svg-words.js";

const LINE = 18;
const INSIDE = 12;
/** Width of a character of the font at its size, on the average. */
const CHARACTER = 6.8;

/** How notes and frames look; a colour says it for both. */
export const ANNOTATION_STYLE = `
  .frame, .note { color: #8a8a96; fill: currentColor; fill-opacity: 0.07; stroke: currentColor } .note { fill-opacity: 0.16 } .frame { stroke-dasharray: 2 3 }
  .yellow { color: #b89500 } .orange { color: #d18616 } .red { color: #c4314b } .purple { color: #7a5ea8 } .blue { color: #1a75c7 } .green { color: #388a34 }`;

/** A group: its frame, and its name at the top. */
export function frameOf({ box, label, color }: DrawnGroup): string {
  const [x, y, width] = box;
  const words = escaped(shortened(label, Math.floor((width - 2 * INSIDE) / CHARACTER)));
  return `${rectangle("frame", box, color)}<text class="label" x="${x + INSIDE}" y="${y + 24}">${words}</text>`;
}

/** A note, with as many lines of its words as it has room for. */
export function noteOf({ box, text, color }: PlacedNote): string {
  const [x, y, width, height] = box;
  const room = Math.max(1, Math.floor((height - INSIDE) / LINE));
  const lines = wrapped(text.replaceAll(/[*`]{1,2}([^*`\n]+)[*`]{1,2}/g, "$1"), Math.floor((width - 2 * INSIDE) / CHARACTER));
  const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), `${lines[room - 1] ?? ""}…`];
  const spans = shown.map((line, index) => `<tspan x="${x + INSIDE}" y="${y + INSIDE + 8 + index * LINE}">${escaped(line)}</tspan>`);
  return `${rectangle("note", box, color)}<text class="label">${spans.join("")}</text>`;
}

function rectangle(kind: string, [x, y, width, height]: Box, color: Color | undefined): string {
  const ink = color === undefined ? "" : ` ${color}`;
  return `<rect class="${kind}${ink}" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`;
}
