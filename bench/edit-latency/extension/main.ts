import { renameSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Asked, Retarget } from "../asked.js";

/** On a command, makes the edits that a file names to a document that Patchbay takes no notice of, and writes down how long each took. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(vscode.commands.registerCommand("patchbayLatency.measure", measure));
}

async function measure(): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("There is no folder.");
  const asked = JSON.parse(await textOf(vscode.Uri.joinPath(folder.uri, "latency.json"))) as Asked;
  const text = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, asked.document));
  const values: number[] = [];
  for (const edit of asked.edits) values.push(await change(text, edit));
  writeFileSync(`${asked.results}.partial`, JSON.stringify(values)); // whoever waits for the file never sees half of it
  renameSync(`${asked.results}.partial`, asked.results);
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Milliseconds from the edit to its event. */
async function change(text: vscode.TextDocument, { edge, to }: Retarget): Promise<number> {
  const found = new RegExp(`"${edge}": [^\n]*"to":"`).exec(text.getText());
  if (found === null) throw new Error(`The document has no edge ${edge}.`);
  const start = text.positionAt(found.index + found[0].length);
  const end = start.with({ character: text.lineAt(start.line).text.indexOf('"', start.character) });
  const edit = new vscode.WorkspaceEdit();
  edit.replace(text.uri, new vscode.Range(start, end), to);
  const changed = new Promise<number>((resolve) => {
    const listening = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document !== text) return;
      listening.dispose();
      resolve(performance.now());
    });
  });
  const started = performance.now();
  const [applied, ended] = await Promise.all([vscode.workspace.applyEdit(edit), changed]);
  if (!applied) throw new Error("VS Code refused the edit.");
  await new Promise((resolve) => setTimeout(resolve, 200));
  return ended - started;
}
