import * as vscode from "vscode";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Makes a checkpoint of the run shown: of where it stands, or while it runs of the next superstep that finishes. */
export const saveCheckpoint: Command = {
  id: "patchbay.saveCheckpoint",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    if (session === undefined) return;
    const said = session.saveCheckpoint() === "saved" ? vscode.l10n.t("Checkpoint saved.") : vscode.l10n.t("The next superstep is saved.");
    vscode.window.setStatusBarMessage(said, 3000);
  },
};
