import { sep } from "node:path";
import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { GraphDocuments } from "./graph-documents.js";
import { GRAPH_SUFFIX } from "./graph-uri.js";
import type { TypesKeeper } from "./types-keeper.js";

const INSTALLED = `${sep}node_modules${sep}`;

/** Tells the keeper of types what happens to the graphs of the workspace, whoever changes them. */
export class GraphFileWatcher implements Disposable {
  readonly #held = new DisposableStore();

  constructor(documents: GraphDocuments, keeper: TypesKeeper) {
    const opened = ({ uri }: { readonly uri: vscode.Uri }): void => {
      if (isOwn(uri)) keeper.tell(uri.fsPath, "opened");
    };
    const changed = (uri: vscode.Uri): void => {
      if (isOwn(uri)) keeper.tell(uri.fsPath, "saved");
    };
    const gone = (uri: vscode.Uri): void => {
      if (isOwn(uri)) keeper.tell(uri.fsPath, "gone");
    };
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher(`**/*${GRAPH_SUFFIX}`));
    this.#held.add(watcher.onDidCreate(changed));
    this.#held.add(watcher.onDidChange(changed));
    this.#held.add(watcher.onDidDelete(gone));
    this.#held.add(documents.onDidOpen(opened));
    this.#held.add(vscode.workspace.onDidGrantWorkspaceTrust(() => documents.all.forEach(opened)));
  }

  dispose(): void {
    this.#held.dispose();
  }
}

/** Whether a file is one of this workspace's own, on this machine. */
function isOwn(uri: vscode.Uri): boolean {
  return uri.scheme === "file" && vscode.workspace.getWorkspaceFolder(uri) !== undefined && !uri.fsPath.includes(INSTALLED);
}
