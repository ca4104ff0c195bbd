import { join } from "node:path";
import * as vscode from "vscode";
import type { StoredRun } from "../../runtime/checkpoint/store.js";
import { RUN_FILE_ENDING } from "../../runtime/platform/run-file.js";
import type { GraphSession } from "../run/graph-session.js";
import { isRunRow } from "../views/checkpoint-rows.js";
import { momentText } from "../views/checkpoint-text.js";
import type { Command } from "./command.js";
import { runFileFilter } from "./run-file-filter.js";
import { graphOf } from "./target.js";

const CHOICES = 200;

/** Writes a run to one file: the one of the row, or one chosen from a list. */
export const exportRun: Command = {
  id: "patchbay.exportRun",
  async run(services, row) {
    if (isRunRow(row)) return save(row.session, row.run);
    const session = await graphOf(services, row);
    const run = session === undefined ? undefined : await chooseRun(session);
    if (session !== undefined && run !== undefined) await save(session, run);
  },
};

async function chooseRun(session: GraphSession): Promise<StoredRun | undefined> {
  const runs = session.archive.runs(CHOICES);
  if (runs.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("This graph has no stored runs."));
    return undefined;
  }
  const items = runs.map((run) => ({ label: momentText(run.startedAt), description: run.id, run }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which run?"), matchOnDescription: true }))?.run;
}

async function save(session: GraphSession, run: StoredRun): Promise<void> {
  const defaultUri = vscode.Uri.file(join(session.archive.directory(), `${run.id}${RUN_FILE_ENDING}`));
  const target = await vscode.window.showSaveDialog({ defaultUri, filters: runFileFilter(), saveLabel: vscode.l10n.t("Export") });
  if (target === undefined) return;
  const title = vscode.l10n.t("Exporting the run");
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    session.archive.exportRun(run.id, target.fsPath),
  );
  void vscode.window.showInformationMessage(vscode.l10n.t("The run was exported to {0}.", target.fsPath));
}
