import * as vscode from "vscode";
import { blockageOf } from "../run/blockage.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Takes a run that cannot go on back to the nearest checkpoint before it that can. */
export const restoreAncestor: Command = {
  id: "patchbay.restoreAncestor",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    if (session?.run !== undefined) session.certificates.now(session.run);
    const blockage = session === undefined ? undefined : blockageOf(session);
    if (session?.run === undefined || blockage === undefined) return void tell(vscode.l10n.t("The run can go on from where it stands."));
    if (blockage.ancestor === undefined) return void tell(vscode.l10n.t("No checkpoint before it can go on under the graph as it is now."));
    session.restore(session.run.id, blockage.ancestor.checkpoint);
  },
};

function tell(message: string): Thenable<unknown> {
  return vscode.window.showInformationMessage(message);
}
