import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { pathFrom, slugOf } from "../editor/file-names.js";
import { GRAPH_SUFFIX, isGraphPath } from "../editor/graph-uri.js";
import { isInside } from "../editor/inside.js";

/** Asks where a new graph goes, from a folder on; never a file that is there. */
export async function askForGraphFile(directory: string, title: string): Promise<string | undefined> {
  const name = freeName(directory, slugOf(title, "subgraph"));
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Make Subgraph"),
    prompt: vscode.l10n.t("File for the new graph, from the folder of this one"),
    value: `${name}${GRAPH_SUFFIX}`,
    valueSelection: [0, name.length],
    validateInput: (value) => problemOf(directory, value),
  });
  return typed === undefined ? undefined : fileOf(directory, typed);
}

/** What a document of one folder names by a path, as one of another folder has to; what comes after `#` names an export. */
export function rebased(from: string, to: string): (path: string) => string {
  return (path) => {
    const [module = path, ...rest] = path.split("#");
    return [pathFrom(to, join(from, module)), ...rest].join("#");
  };
}

function problemOf(directory: string, typed: string): string | undefined {
  const file = fileOf(directory, typed);
  const root = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory))?.uri.fsPath ?? directory;
  if (/(^|[\\/])(\.patchbay\.json)?$/.test(typed.trim())) return vscode.l10n.t("Type a name.");
  if (!isInside(root, file)) return vscode.l10n.t("Graphs stay inside the folder of the workspace.");
  return existsSync(file) ? vscode.l10n.t("There is a file of this name already.") : undefined;
}

function fileOf(directory: string, typed: string): string {
  const name = typed.trim();
  return join(directory, isGraphPath(name) ? name : `${name.replace(/\.json$/i, "")}${GRAPH_SUFFIX}`);
}

function freeName(directory: string, stem: string): string {
  for (let place = 1; ; place += 1) {
    const name = place === 1 ? stem : `${stem}-${place}`;
    if (!existsSync(join(directory, `${name}${GRAPH_SUFFIX}`))) return name;
  }
}
