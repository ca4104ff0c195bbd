import * as vscode from "vscode";
import { isRevealingRow } from "../views/row.js";
import type { Command } from "./command.js";

/** Selects and centres on the canvas what a row of a view is about. */
export const revealInCanvas: Command = {
  id: "patchbay.revealInCanvas",
  async run({ panels }, row) {
    if (isRevealingRow(row)) await panels.reveal(vscode.Uri.parse(row.session.source.key), row.selection);
  },
};
