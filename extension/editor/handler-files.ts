import { stat } from "node:fs/promises";
import { sep } from "node:path";
import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";

/** Which handler files exist: asked once each, then kept true by VS Code's file watcher. */
export class HandlerFiles implements Disposable {
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter());
  /** Undefined while the answer is on its way. */
  readonly #known = new Map<string, boolean | undefined>();

  /** An answer that was given has changed, or one that was not known is. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    // Folders too: a folder that goes takes its files with it, and only the folder is reported.
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher("**/*", false, true, false));
    this.#held.add(watcher.onDidCreate((uri) => this.#recheck(uri.fsPath)));
    this.#held.add(watcher.onDidDelete((uri) => this.#recheck(uri.fsPath)));
  }

  /** Whether a file is there; undefined until that is known, which `onDidChange` tells. */
  exists(path: string): boolean | undefined {
    if (!this.#known.has(path)) void this.#ask(path);
    return this.#known.get(path);
  }

  dispose(): void {
    this.#held.dispose();
  }

  #recheck(path: string): void {
    const folder = `${path}${sep}`;
    for (const known of this.#known.keys()) if (known === path || known.startsWith(folder)) void this.#ask(known);
  }

  async #ask(path: string): Promise<void> {
    if (!this.#known.has(path)) this.#known.set(path, undefined);
    const there = await isFile(path);
    if (this.#known.get(path) === there) return;
    this.#known.set(path, there);
    this.#changed.fire();
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
