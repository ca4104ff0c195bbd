import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { WorkspaceCompiles } from "../run/workspace-compiles.js";
import type { GraphDocuments } from "./graph-documents.js";

/** Tells what keeps the closed graphs of the workspace up: which files change, whoever saves them, and which graphs are open. */
export class WorkspaceWatcher implements Disposable {
  readonly #held = new DisposableStore();

  constructor(documents: GraphDocuments, compiles: WorkspaceCompiles) {
    const tell = (uri: vscode.Uri): void => {
      if (uri.scheme === "file") compiles.note(uri.fsPath);
    };
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher("**/*"));
    this.#held.add(watcher.onDidCreate(tell));
    this.#held.add(watcher.onDidChange(tell));
    this.#held.add(watcher.onDidDelete(tell));
    this.#held.add(documents.onDidOpen(({ uri }) => uri.scheme === "file" && compiles.setOpen(uri.fsPath, true)));
    this.#held.add(documents.onDidClose(({ uri }) => uri.scheme === "file" && compiles.setOpen(uri.fsPath, false)));
    this.#held.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void compiles.start()));
  }

  dispose(): void {
    this.#held.dispose();
  }
}
