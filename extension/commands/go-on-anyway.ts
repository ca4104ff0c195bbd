import * as vscode from "vscode";
import { blockageOf, type Blockage } from "../run/blockage.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Takes a run that cannot go on over to the graph as it is now, whatever is lost, once a person has confirmed that. */
export const goOnAnyway: Command = {
  id: "patchbay.goOnAnyway",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    const blockage = session === undefined ? undefined : blockageOf(session);
    if (session === undefined || blockage === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Nothing keeps the run from going on."));
      return;
    }
    // What was confirmed is what is done: another edit meanwhile may mean other losses.
    if ((await confirmed(blockage)) && sameLosses(blockage, blockageOf(session))) session.overrule();
  },
};

async function confirmed({ findings }: Blockage): Promise<boolean> {
  const goOn = vscode.l10n.t("Go On Anyway");
  const detail = [
    ...findings.map(({ message }) => `• ${message}`),
    "",
    vscode.l10n.t("What has no place in the graph as it is now is dropped from the run, and the trace says so for ever."),
    vscode.l10n.t("The run stays paused; checkpoints before it stay as they are."),
  ].join("\n");
  const asked = vscode.l10n.t("Go on under the graph as it is now, and lose what does not fit?");
  return (await vscode.window.showWarningMessage(asked, { modal: true, detail }, goOn)) === goOn;
}

function sameLosses(a: Blockage, b: Blockage | undefined): boolean {
  const told = ({ findings }: Blockage): string => findings.map(({ message }) => message).join("\n");
  return b !== undefined && told(a) === told(b);
}
