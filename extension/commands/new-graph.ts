import * as vscode from "vscode";
import { GRAPH_SUFFIX, VIEW_TYPE, isGraphPath, stemOf } from "../editor/graph-uri.js";
import { starterGraph } from "./starter-graph.js";
import type { Command } from "./command.js";

/** Writes a small graph that runs, and opens it. */
export const newGraph: Command = {
  id: "patchbay.newGraph",
  async run(_services, folder) {
    const target = await chooseFile(folder instanceof vscode.Uri ? folder : vscode.workspace.workspaceFolders?.[0]?.uri);
    if (target === undefined) return;
    const title = stemOf(target.path.slice(target.path.lastIndexOf("/") + 1));
    await vscode.workspace.fs.writeFile(target, Buffer.from(starterGraph(title)));
    await vscode.commands.executeCommand("vscode.openWith", target, VIEW_TYPE);
  },
};

async function chooseFile(folder: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("New graph"),
    filters: { [vscode.l10n.t("Patchbay graph")]: [GRAPH_SUFFIX.slice(1)] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `graph${GRAPH_SUFFIX}`) }),
  });
  if (chosen === undefined || isGraphPath(chosen.path)) return chosen;
  return chosen.with({ path: `${chosen.path.replace(/\.json$/i, "")}${GRAPH_SUFFIX}` });
}
