import * as vscode from "vscode";
import type { ImportedRun } from "../../runtime/checkpoint/archive/import-run.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { GraphSession } from "../run/graph-session.js";
import type { Command } from "./command.js";
import { runFileFilter } from "./run-file-filter.js";
import { graphOf } from "./target.js";

/** Takes a run from a file into the store beside the graph. */
export const importRun: Command = {
  id: "patchbay.importRun",
  async run(services, named) {
    const session = await graphOf(services, named);
    if (session === undefined) return;
    const [file] =
      (await vscode.window.showOpenDialog({
        defaultUri: vscode.Uri.file(session.archive.directory()),
        filters: runFileFilter(),
        openLabel: vscode.l10n.t("Import"),
      })) ?? [];
    const imported = file === undefined ? undefined : await take(session, file.fsPath);
    if (imported !== undefined) tell(session, imported);
  },
};

/** A run that is there already is taken as a copy, if that is what somebody wants. */
async function take(session: GraphSession, path: string): Promise<ImportedRun | undefined> {
  try {
    return await session.importRun(path, false);
  } catch (thrown) {
    if (!(thrown instanceof PatchbayError) || thrown.code !== "RUN_EXISTS") throw thrown;
    const copy = vscode.l10n.t("Import a Copy");
    const there = vscode.l10n.t("This run is there already.");
    const detail = vscode.l10n.t("A copy gets ids of its own, and the run that is there stays as it is.");
    const answer = await vscode.window.showWarningMessage(there, { modal: true, detail }, copy);
    return answer === copy ? session.importRun(path, true) : undefined;
  }
}

function tell(session: GraphSession, { graph, checkpoints }: ImportedRun): void {
  const message =
    graph === session.source.name
      ? vscode.l10n.t("The run was imported with {0} checkpoints. It is in the Checkpoints view.", checkpoints)
      : vscode.l10n.t("The run was imported with {0} checkpoints. It is a run of {1}: open that graph to see it.", checkpoints, graph);
  void vscode.window.showInformationMessage(message);
}
