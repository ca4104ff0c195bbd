import * as vscode from "vscode";
import type { Command } from "./command.js";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Keeps a secret for `{{secret.NAME}}` in VS Code's secret storage; an empty one is forgotten. */
export const setSecret: Command = {
  id: "patchbay.setSecret",
  async run({ secrets }, given) {
    const name = typeof given === "string" ? given : await askName();
    if (name === undefined) return;
    const value = await vscode.window.showInputBox({
      title: vscode.l10n.t("Set secret {0}", name),
      prompt: vscode.l10n.t("Kept in VS Code's secret storage, for all workspaces. Leave it empty to forget it."),
      password: true,
      ignoreFocusOut: true,
    });
    if (value !== undefined) await secrets.set(name, value);
  },
};

function askName(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Set secret"),
    prompt: vscode.l10n.t("NAME, as the graph has it in {{secret.NAME}}"),
    ignoreFocusOut: true,
    validateInput: (typed) => (NAME.test(typed) ? undefined : vscode.l10n.t("Letters, digits and underscores; no digit first.")),
  });
}
