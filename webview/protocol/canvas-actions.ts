import * as v from "valibot";

/** What commands of VS Code, its menus included, ask of the canvas. */
export const canvasAction = v.picklist([
  "add",
  "rename",
  "duplicate",
  "bypass",
  "delete",
  "take-out",
  "paste",
  "select-all",
  "fit",
  "shortcuts",
  "save-snippet",
  "align-left",
  "align-centre",
  "align-right",
  "align-top",
  "align-middle",
  "align-bottom",
  "distribute-across",
  "distribute-down",
  "tidy",
  "add-note",
  "group",
  "ungroup",
]);
/** One of them. */
export type CanvasAction = v.InferOutput<typeof canvasAction>;
