import { readFile } from "node:fs/promises";
import { sep } from "node:path";
import * as vscode from "vscode";
import type { HandlerModule } from "../../runtime/document/handler-problems.js";
import { exportsOf } from "../../runtime/platform/module-exports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";

/** Which handler files there are and what they export: looked at once each, then kept true by VS Code's file watcher. */
export class HandlerFiles implements Disposable {
  readonly #held = new DisposableStore();
  readonly #changed = this.#held.add(new Emitter());
  /** Undefined while the answer is on its way. */
  readonly #known = new Map<string, HandlerModule | undefined>();

  /** An answer that was given has changed, or one that was not known is. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    // Folders too: a folder that goes takes its files with it, and only the folder is reported.
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher("**/*"));
    this.#held.add(watcher.onDidCreate((uri) => this.#recheck(uri.fsPath)));
    this.#held.add(watcher.onDidChange((uri) => this.#recheck(uri.fsPath)));
    this.#held.add(watcher.onDidDelete((uri) => this.#recheck(uri.fsPath)));
  }

  /** What is known of a module; undefined until that is known, which `onDidChange` tells. */
  look(path: string): HandlerModule | undefined {
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
    const module = await lookAt(path);
    if (same(this.#known.get(path), module)) return;
    this.#known.set(path, module);
    this.#changed.fire();
  }
}

async function lookAt(path: string): Promise<HandlerModule> {
  try {
    const exports = exportsOf(await readFile(path, "utf8"), path);
    return { found: "file", ...(exports === undefined ? {} : { exports }) };
  } catch {
    return { found: "missing" };
  }
}

function same(a: HandlerModule | undefined, b: HandlerModule): boolean {
  if (a?.found !== "file" || b.found !== "file") return a?.found === b.found;
  return [...(a.exports ?? ["?"])].join(" ") === [...(b.exports ?? ["?"])].join(" ");
}
