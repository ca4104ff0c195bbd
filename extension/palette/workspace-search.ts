import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import type { FileSearch } from "./found-files.js";

const WANTED = "**/*.{ts,mts,cts,js,mjs,cjs,patchbay.json}";
const FOLDERS = ["node_modules", ".patchbay", ".git", "dist", "out", "build", "coverage", ".vscode-test", "bower_components", "vendor"];
const SKIPPED = `**/{${FOLDERS.join(",")}}/**`;
const skipped: ReadonlySet<string> = new Set(FOLDERS);
/** Beyond that a list is of no use. */
const AT_MOST = 5000;

/** VS Code's search of the workspace, and its watcher. What `files.exclude` leaves out is left out here. */
export class WorkspaceSearch implements FileSearch, Disposable {
  readonly #held = new DisposableStore();
  readonly #touched = this.#held.add(new Emitter<{ readonly path: string; readonly what: "made" | "changed" | "gone" }>());

  readonly onDidTouch = this.#touched.event;

  constructor() {
    const watcher = this.#held.add(vscode.workspace.createFileSystemWatcher("**/*"));
    this.#held.add(watcher.onDidCreate(({ fsPath: path }) => this.#touched.fire({ path, what: "made" })));
    this.#held.add(watcher.onDidChange(({ fsPath: path }) => this.#touched.fire({ path, what: "changed" })));
    this.#held.add(watcher.onDidDelete(({ fsPath: path }) => this.#touched.fire({ path, what: "gone" })));
  }

  async search(): Promise<readonly string[]> {
    const found = await vscode.workspace.findFiles(WANTED, SKIPPED, AT_MOST);
    return found.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath);
  }

  async read(path: string): Promise<string | undefined> {
    try {
      return await readFile(path, "utf8");
    } catch {
      return undefined; // it went meanwhile
    }
  }

  isSkipped(path: string): boolean {
    return vscode.workspace
      .asRelativePath(path, false)
      .split("/")
      .some((part) => skipped.has(part));
  }

  dispose(): void {
    this.#held.dispose();
  }
}
