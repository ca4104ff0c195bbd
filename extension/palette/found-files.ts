// The handlers and graphs of the workspace: looked for once, when somebody first asks, and kept true by what happens to files.
import { sep } from "node:path";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { Event } from "../emitter.js";
import { isGraphPath } from "../editor/graph-uri.js";
import { exportsHandler, isModulePath } from "./module-file.js";

/** How many files are read at a time. */
const AT_ONCE = 32;

/** A file that a node may name. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  readonly kind: "handler" | "graph";
}

/** What the list is made from. */
export interface FileSearch {
  /** Absolute paths of all modules and graphs of the workspace, but those in folders of tools and packages. */
  search(): Promise<readonly string[]>;
  /** A file's text; undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  /** Whether a path is one that `search` would leave out. */
  isSkipped(path: string): boolean;
  /** A file or a folder was made, changed or removed. */
  readonly onDidTouch: Event<{ readonly path: string; readonly what: "made" | "changed" | "gone" }>;
}

/** The list, at hand. */
export class FoundFiles implements Disposable {
  readonly #files: FileSearch;
  readonly #held = new DisposableStore();
  /** By path; undefined until somebody asks. */
  #found: Promise<Map<string, FoundFile>> | undefined;

  constructor(files: FileSearch) {
    this.#files = files;
    this.#held.add(files.onDidTouch(({ path, what }) => this.#touched(path, what)));
  }

  /** All of them, in the order of their paths. */
  async list(): Promise<readonly FoundFile[]> {
    this.#found ??= this.#searchAll();
    const found = await this.#found;
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  dispose(): void {
    this.#held.dispose();
  }

  async #searchAll(): Promise<Map<string, FoundFile>> {
    const paths = await this.#files.search();
    const found = new Map<string, FoundFile>();
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      const looked = await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => this.#look(path)));
      for (const file of looked) if (file !== undefined) found.set(file.path, file);
    }
    return found;
  }

  async #look(path: string): Promise<FoundFile | undefined> {
    if (isGraphPath(path)) return { path, kind: "graph" };
    if (!isModulePath(path)) return undefined;
    const source = await this.#files.read(path);
    return source !== undefined && exportsHandler(source, path) ? { path, kind: "handler" } : undefined;
  }

  #touched(path: string, what: "made" | "changed" | "gone"): void {
    if (this.#found === undefined || this.#files.isSkipped(path)) return;
    if (isGraphPath(path) || isModulePath(path)) this.#found = this.#lookedAgain(this.#found, path, what !== "gone");
    else if (what === "gone") this.#found = this.#lookedAgain(this.#found, path, false);
    // A folder may bring files along that nobody tells of.
    else if (what === "made" && !/\.[^\\/]+$/.test(path)) this.#found = undefined;
  }

  /** What was found, without a path and, where that is gone, all below it; with what is there now. */
  async #lookedAgain(before: Promise<Map<string, FoundFile>>, path: string, isThere: boolean): Promise<Map<string, FoundFile>> {
    const found = await before;
    found.delete(path);
    const now = isThere ? await this.#look(path) : undefined;
    if (now !== undefined) found.set(path, now);
    else for (const each of found.keys()) if (each.startsWith(`${path}${sep}`)) found.delete(each);
    return found;
  }
}
