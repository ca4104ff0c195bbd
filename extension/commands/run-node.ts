import * as vscode from "vscode";
import type { TrialInput } from "../../runtime/run/trial/given.js";
import type { TrialOutcome } from "../../runtime/run/trial/trial-outcome.js";
import { trialLine } from "../views/trial-text.js";
import { chosenNode, type ChosenNode } from "./chosen-node.js";
import type { Command, CommandServices } from "./command.js";
import { chooseInput, labelOf } from "./node-input.js";
import { stackPlace } from "./stack-place.js";

/** Runs one node alone, with what it was given last, the state of a checkpoint, or what is typed; no run moves by it. */
export const runNode: Command = {
  id: "patchbay.runNode",
  async run(services, ...args) {
    const chosen = await chosenNode(services, args, vscode.l10n.t("Run Node Alone"));
    const given = chosen === undefined ? undefined : await chooseInput(chosen, services.remembered);
    if (chosen === undefined || given === undefined) return;
    while ((await tryAndTell(services, chosen, given)) === "again");
  },
};

async function tryAndTell({ results }: CommandServices, { session }: ChosenNode, given: TrialInput): Promise<"again" | undefined> {
  const label = labelOf(session, given.node);
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Running {0}", label), cancellable: true },
    (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return session.tryNode(given, { signal: stop.signal });
    },
  );
  const uri = results.keep(session.source.key, vscode.l10n.t("{0} · result", label), outcome);
  return tell(outcome, uri, (node) => labelOf(session, node));
}

async function tell(outcome: TrialOutcome, uri: vscode.Uri, name: (node: string) => string): Promise<"again" | undefined> {
  const show = vscode.l10n.t("Show Result");
  const again = vscode.l10n.t("Run Again");
  const open = vscode.l10n.t("Open Place");
  const place = stackPlace(outcome.error?.stack ?? "");
  const say = outcome.status === "failed" ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const answer = await say(trialLine(outcome, name), ...(place === undefined ? [] : [open]), show, again);
  if (answer === again) return "again";
  if (answer === show) await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  if (answer === open && place !== undefined) {
    const at = new vscode.Position(place.line - 1, place.column - 1);
    await vscode.window.showTextDocument(vscode.Uri.file(place.path), { selection: new vscode.Range(at, at) });
  }
  return undefined;
}
