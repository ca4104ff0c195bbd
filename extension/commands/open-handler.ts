import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import { handlerName } from "../../runtime/model/handler-name.js";
import { graphName } from "../../runtime/types/types-path.js";
import type { GraphSession } from "../run/graph-session.js";
import { nodeNamed } from "./canvas-subject.js";
import type { Command, CommandServices } from "./command.js";
import { starterHandler, type HandlerUse } from "./starter-handler.js";
import { graphOf } from "./target.js";

/** Opens the code of a node, at its export; where there is no file it is created, after a question unless `create` says so. */
export const openHandler: Command = {
  id: "patchbay.openHandler",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    const node = session === undefined ? undefined : nodeNamed(services, session, args);
    if (session?.source.directory === undefined || node === undefined) return;
    const { directory } = session.source;
    const handler = handlerOf(session, node);
    if (handler === undefined) return;
    const name = handlerName(handler);
    const path = join(directory, name.path);
    const start = (): string => startOf(services, join(directory, session.source.name), { handler, node });
    if (existsSync(path) || ((asks(args[2]) || (await confirmed(handler))) && (await create(path, start))))
      await show(path, name.exportName);
  },
};

function handlerOf({ source }: GraphSession, node: string): string | undefined {
  const handler = source.parsed.raw.nodes.get(node)?.["handler"];
  return typeof handler === "string" ? handler : undefined;
}

/** The text of a new handler; its types follow, beside the graph. */
function startOf({ types }: CommandServices, graph: string, use: Omit<HandlerUse, "typesOf">): string {
  if (!types.allowed) return starterHandler(use);
  types.tell(graph, "saved");
  return starterHandler({ ...use, typesOf: graphName(basename(graph)) });
}

/** Whether somebody who asks for it has asked for the file to be created. */
function asks(how: unknown): boolean {
  return typeof how === "object" && how !== null && "create" in how && how.create === true;
}

async function confirmed(handler: string): Promise<boolean> {
  const action = vscode.l10n.t("Create File");
  const message = vscode.l10n.t('There is no file for the handler "{0}".', handler);
  return (await vscode.window.showInformationMessage(message, action)) === action;
}

async function create(path: string, start: () => string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(vscode.Uri.file(path), { contents: Buffer.from(start()) });
  return vscode.workspace.applyEdit(edit);
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
