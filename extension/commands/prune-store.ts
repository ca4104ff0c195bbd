import * as vscode from "vscode";
import { applyRetention } from "../../runtime/checkpoint/retention.js";
import { shortBytes } from "../../runtime/model/figures.js";
import { chooseLimit, type Limit } from "./choose-limit.js";
import type { Command, CommandServices } from "./command.js";
import { graphOf } from "./target.js";

/** Deletes older checkpoints and runs in the store of a folder, as a person says; what newer ones need stays. */
export const pruneStore: Command = {
  id: "patchbay.pruneStore",
  async run(services, subject) {
    const session = await graphOf(services, subject);
    const limit = session === undefined ? undefined : await chooseLimit();
    if (session === undefined || limit === undefined || !(await confirmed(limit))) return;
    const { runs, checkpoints } = applyRetention(session.archive.store(), limit.policy, services.clock.now());
    const left = shortBytes(services.stores.bytes(session.archive.directory()));
    const gone = vscode.l10n.t("Deleted {0} runs and {1} checkpoints of others; the store takes {2}.", runs.length, checkpoints, left);
    void vscode.window.showInformationMessage(gone);
    forgetDeleted(services);
  },
};

/** Runs were deleted, or some of their checkpoints: those that are gone are shown no more. */
export function forgetDeleted({ sessions }: Pick<CommandServices, "sessions">): void {
  for (const session of sessions.all) session.runsDeleted();
}

async function confirmed({ question }: Limit): Promise<boolean> {
  const go = vscode.l10n.t("Prune");
  const detail = vscode.l10n.t("What newer ones need stays. What is deleted cannot be brought back.");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, go)) === go;
}
