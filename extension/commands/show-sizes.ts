import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import { momentText } from "../views/checkpoint-text.js";
import { shortBytes } from "../../runtime/model/figures.js";
import type { Command } from "./command.js";
import { forgetDeleted } from "./prune-store.js";
import { graphOf } from "./target.js";

/** Lists what each run of the folder takes, the largest first; one can be deleted from there. */
export const showSizes: Command = {
  id: "patchbay.showSizes",
  async run(services, subject) {
    const session = await graphOf(services, subject);
    if (session === undefined) return;
    const directory = session.archive.directory();
    const store = session.archive.store();
    const sizes = services.sizes.measure(directory).toSorted((a, b) => b.bytes - a.bytes);
    const items = sizes.flatMap(({ run: id, bytes, checkpoints }) => {
      const run = store.run(id);
      if (run === undefined) return [];
      const description = [shortBytes(bytes), vscode.l10n.t("{0} checkpoints", checkpoints), momentText(run.startedAt)].join(" · ");
      return [{ id, label: run.graph, description, detail: id }];
    });
    const total = shortBytes(services.stores.bytes(directory));
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Runs in {0}: {1} on the disk", vscode.workspace.asRelativePath(directory), total),
      placeHolder: vscode.l10n.t("Choose a run to delete it; Escape to leave."),
      matchOnDescription: true,
    });
    if (chosen === undefined || !(await confirmed(chosen.label, chosen.description))) return;
    if (services.sessions.all.some(({ run }) => run?.id === chosen.id && run.status === "running"))
      throw new PatchbayError("RUN_BUSY", "The run is running.");
    store.deleteRun(chosen.id);
    store.reclaim();
    forgetDeleted(services);
  },
};

async function confirmed(graph: string, description: string): Promise<boolean> {
  const go = vscode.l10n.t("Delete Run");
  const asked = vscode.l10n.t("Delete this run of {0} with all of its checkpoints and its trace?", graph);
  return (await vscode.window.showWarningMessage(asked, { modal: true, detail: description }, go)) === go;
}
