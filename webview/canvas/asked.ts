import type { CanvasAction } from "../protocol/canvas-actions.js";
import type { Alignment, Distribution } from "./arrange/align.js";
import type { KeyAction } from "./keys.js";

const alignments: Partial<Record<CanvasAction, Alignment>> = {
  "align-left": "left",
  "align-centre": "centre",
  "align-right": "right",
  "align-top": "top",
  "align-middle": "middle",
  "align-bottom": "bottom",
};
const distributions: Partial<Record<CanvasAction, Distribution>> = { "distribute-across": "across", "distribute-down": "down" };

/** What a command of VS Code asks of the canvas, as the action of a key or a button; a paste is none. */
export function actionFor(asked: Exclude<CanvasAction, "paste">): KeyAction {
  const [to, way] = [alignments[asked], distributions[asked]];
  if (to !== undefined) return { type: "align", to };
  if (way !== undefined) return { type: "distribute", way };
  return { type: asked as Exclude<KeyAction["type"], "align" | "distribute" | "find-next" | "walk" | "nudge" | "follow" | "go"> };
}
