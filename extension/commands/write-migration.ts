import * as vscode from "vscode";
import { blockageOf } from "../run/blockage.js";
import { takeMigration } from "../run/migration-files.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Opens the migration that a checkpoint, or the run shown, needs; writes it first where there is none. */
export const writeMigration: Command = {
  id: "patchbay.writeMigration",
  async run(services, subject) {
    const row = isCheckpointRow(subject) ? subject : undefined;
    const session = row?.session ?? (await graphOf(services, subject));
    if (session === undefined) return;
    const revision = row?.summary.revision ?? revisionOf(blockageOf(session));
    if (revision === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("The run needs no migration."));
      return;
    }
    const { path } = takeMigration(session, revision);
    const text = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.Beside });
  },
};

function revisionOf(blockage: ReturnType<typeof blockageOf>): string | undefined {
  return blockage?.why === "migrate" ? blockage.from : undefined;
}
