import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { graphName, typesFile } from "../../runtime/types/types-path.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Shows the declarations of a graph's handlers. */
export const openTypes: Command = {
  id: "patchbay.openTypes",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    const directory = session?.source.directory;
    if (session === undefined || directory === undefined) return;
    const path = join(directory, typesFile(graphName(session.source.name)));
    if (existsSync(path)) await vscode.window.showTextDocument(vscode.Uri.file(path), { viewColumn: vscode.ViewColumn.Beside });
    else void vscode.window.showInformationMessage(vscode.l10n.t("The declarations are written when a graph with handlers is saved."));
  },
};
