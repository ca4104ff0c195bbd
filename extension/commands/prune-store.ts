import * as vscode from "vscode";
import { applyRetention } from "../../runtime/checkpoint/retention.js";
import { shortBytes } from "../../runtime/model/figures.js";
import type { Command, CommandServices } from "./command.js";
import { graphOf } from "./target.js";

/** How many checkpoints of a run may be kept. */
const KEEPS = [1000, 100, 10] as const;

/** Deletes the older checkpoints of each run in the store of a folder, as a person says; what newer ones need stays. */
export const pruneStore: Command = {
  id: "patchbay.pruneStore",
  async run(services, subject) {
    const session = await graphOf(services, subject);
    const keep = session === undefined ? undefined : await chooseKeep();
    if (session === undefined || keep === undefined || !(await confirmed(keep))) return;
    const gone = applyRetention(session.archive.store(), { keep }, services.clock.now()).checkpoints;
    const left = shortBytes(services.stores.bytes(session.archive.directory()));
    void vscode.window.showInformationMessage(vscode.l10n.t("Deleted {0} checkpoints; the store takes {1}.", gone, left));
    forgetDeleted(services);
  },
};

/** Runs were deleted, or some of their checkpoints: those that are gone are shown no more. */
export function forgetDeleted({ sessions }: Pick<CommandServices, "sessions">): void {
  for (const session of sessions.all) session.runsDeleted();
}

async function chooseKeep(): Promise<number | undefined> {
  const items = KEEPS.map((keep) => ({
    keep,
    label: vscode.l10n.t("All but {0} Checkpoints", keep),
    description: vscode.l10n.t("keeps the newest of each run, and those that they need"),
  }));
  const title = vscode.l10n.t("Prune Runs");
  return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t("How much goes?") }))?.keep;
}

async function confirmed(keep: number): Promise<boolean> {
  const go = vscode.l10n.t("Prune");
  const asked = vscode.l10n.t("Delete all but the newest {0} checkpoints of each run?", keep);
  const detail = vscode.l10n.t("What newer ones need stays. What is deleted cannot be brought back.");
  return (await vscode.window.showWarningMessage(asked, { modal: true, detail }, go)) === go;
}
