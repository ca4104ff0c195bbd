import { sep } from "node:path";
import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { FileUpdates } from "../run/file-updates.js";

/** Folders in which nothing is that graphs run. */
const IGNORED = [`${sep}node_modules${sep}`, `${sep}.patchbay${sep}`, `${sep}.git${sep}`];

/** Tells what happens to files on disk, whoever changes them; files that are saved here at once, and outside of the workspace too. */
export class ModuleWatcher implements Disposable {
  readonly #held = new DisposableStore();

  constructor(updates: FileUpdates) {
    const tell = (uri: vscode.Uri): void => {
      if (uri.scheme === "file" && !IGNORED.some((folder) => uri.fsPath.includes(folder))) updates.touched(uri.fsPath);
    };
    // Folders too: a folder that goes takes its files with it, and only the folder is reported.
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher("**/*"));
    this.#held.add(watcher.onDidCreate(tell));
    this.#held.add(watcher.onDidChange(tell));
    this.#held.add(watcher.onDidDelete(tell));
    this.#held.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => tell(uri)));
  }

  dispose(): void {
    this.#held.dispose();
  }
}
