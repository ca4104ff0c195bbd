import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { GraphSessions } from "./graph-sessions.js";

/** Tells graphs whose run waits for a migration when one has come or gone, whoever wrote it. */
export class MigrationWatcher implements Disposable {
  readonly #held = new DisposableStore();

  constructor(sessions: GraphSessions) {
    // Their folders, too: of a folder that comes with its files, a watcher may report the folder alone.
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher("**/migrations{,/*,/*/*}", false, true, false));
    const tell = (): void => {
      for (const session of sessions.all) session.migrationsChanged();
    };
    this.#held.add(watcher.onDidCreate(tell));
    this.#held.add(watcher.onDidDelete(tell));
  }

  dispose(): void {
    this.#held.dispose();
  }
}
