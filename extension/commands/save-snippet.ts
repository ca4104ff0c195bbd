import * as vscode from "vscode";
import { writeSnippet } from "../palette/user-snippets.js";
import { onCanvas } from "./canvas-commands.js";
import type { Command } from "./command.js";

/** Keeps the selected nodes under a name, for the palettes of all graphs of the workspace folder. */
export const saveSnippet: Command = {
  id: "patchbay.saveSnippet",
  async run(services, graph, copied) {
    // Only the canvas knows what is selected as it is drawn; it answers with this command.
    if (!(graph instanceof vscode.Uri) || typeof copied !== "string") return onCanvas(services, "save-snippet");
    const workspace = services.palette.workspaceOf(graph);
    if (workspace === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Save the graph first: snippets are kept in its workspace folder."));
      return;
    }
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t("Save Selection as Snippet"),
      prompt: vscode.l10n.t("What the palette calls it"),
      validateInput: (typed) => (typed.trim() === "" ? vscode.l10n.t("A snippet needs a name.") : undefined),
    });
    if (name === undefined) return;
    const file = await writeSnippet(workspace, name.trim(), copied);
    const open = vscode.l10n.t("Open File");
    const message = vscode.l10n.t("“{0}” is in the palette now.", name.trim());
    if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.window.showTextDocument(vscode.Uri.file(file));
  },
};
