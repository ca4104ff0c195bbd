import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { handlerName } from "../../runtime/model/handler-name.js";
import type { GraphSession } from "../run/graph-session.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

const STARTER = `export default async (state, ctx) => {
  return {};
};
`;

/** Opens the code of a node, at its export; offers to create the file where there is none. */
export const openHandler: Command = {
  id: "patchbay.openHandler",
  async run(services, uri, node) {
    const session = await graphOf(services, uri);
    const handler = session === undefined || typeof node !== "string" ? undefined : handlerOf(session, node);
    if (session?.source.directory === undefined || handler === undefined) return;
    const name = handlerName(handler);
    const path = join(session.source.directory, name.path);
    if (existsSync(path) || (await create(path, handler))) await show(path, name.exportName);
  },
};

function handlerOf({ source }: GraphSession, node: string): string | undefined {
  const handler = source.parsed.raw.nodes.get(node)?.["handler"];
  return typeof handler === "string" ? handler : undefined;
}

async function create(path: string, handler: string): Promise<boolean> {
  const action = vscode.l10n.t("Create File");
  const message = vscode.l10n.t('There is no file for the handler "{0}".', handler);
  if ((await vscode.window.showInformationMessage(message, action)) !== action) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(vscode.Uri.file(path), { contents: Buffer.from(starterFor(handlerName(handler).exportName)) });
  return vscode.workspace.applyEdit(edit);
}

function starterFor(exportName: string): string {
  return exportName === "default" ? STARTER : STARTER.replace("export default", `export const ${exportName} =`);
}

async function show(path: string, exportName: string): Promise<void> {
  const text = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const at = text.positionAt(Math.max(0, text.getText().search(exportPattern(exportName))));
  await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.Beside, selection: new vscode.Range(at, at) });
}

function exportPattern(exportName: string): RegExp {
  if (!/^[\w$]+$/.test(exportName) || exportName === "default") return /^export\s+default\b/m;
  return new RegExp(`^export\\s+(?:async\\s+)?(?:function\\*?|const|let|var|class)\\s+${exportName.replaceAll("$", "\\$")}\\b`, "m");
}
