// Commands that the canvas carries out: what its keys and buttons do, for VS Code's menus and its command palette.
import * as vscode from "vscode";
import type { CanvasAction } from "../../webview/protocol/canvas-actions.js";
import type { Command, CommandServices } from "./command.js";

interface CanvasCommand {
  readonly id: Command["id"];
  readonly action: CanvasAction;
}

const byId: readonly CanvasCommand[] = [
  { id: "patchbay.addNode", action: "add" },
  { id: "patchbay.renameNode", action: "rename" },
  { id: "patchbay.duplicateNodes", action: "duplicate" },
  { id: "patchbay.bypassNodes", action: "bypass" },
  { id: "patchbay.deleteSelection", action: "delete" },
  { id: "patchbay.takeOutNodes", action: "take-out" },
  { id: "patchbay.pasteNodes", action: "paste" },
  { id: "patchbay.selectAllNodes", action: "select-all" },
  { id: "patchbay.fitGraph", action: "fit" },
  { id: "patchbay.showShortcuts", action: "shortcuts" },
  { id: "patchbay.alignLeft", action: "align-left" },
  { id: "patchbay.alignCentre", action: "align-centre" },
  { id: "patchbay.alignRight", action: "align-right" },
  { id: "patchbay.alignTop", action: "align-top" },
  { id: "patchbay.alignMiddle", action: "align-middle" },
  { id: "patchbay.alignBottom", action: "align-bottom" },
  { id: "patchbay.distributeAcross", action: "distribute-across" },
  { id: "patchbay.distributeDown", action: "distribute-down" },
  { id: "patchbay.tidyToGrid", action: "tidy" },
  { id: "patchbay.addNote", action: "add-note" },
  { id: "patchbay.editNote", action: "rename" },
  { id: "patchbay.groupNodes", action: "group" },
  { id: "patchbay.renameGroup", action: "rename" },
  { id: "patchbay.ungroupNodes", action: "ungroup" },
];

export const canvasCommands: readonly Command[] = byId.map(({ id, action }) => ({
  id,
  run: (services) => onCanvas(services, action),
}));

/** Has the canvas of the active graph do something; nothing where none is in view. */
export async function onCanvas({ active, panels }: CommandServices, action: CanvasAction): Promise<void> {
  const key = active.current?.source.key;
  const canvas = key === undefined ? undefined : panels.find(key);
  if (canvas === undefined || !canvas.panel.visible) return;
  if (!canvas.panel.active) canvas.panel.reveal(undefined, false);
  canvas.bridge.perform(action === "paste" ? { action, text: await vscode.env.clipboard.readText() } : { action });
}
