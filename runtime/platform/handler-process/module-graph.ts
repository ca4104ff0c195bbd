import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Invariants:
// 1. A module that changed on disk, and every module that imports it, gets a new version; all others stay as loaded.
// 2. The file is looked at before it is read: a change in between is seen at the next call, never lost.

interface Entry {
  /** Time and size of the file when it was loaded. */
  stamp: string;
  /** Number in its URL; undefined before the first. */
  version: number | undefined;
  readonly imports: Set<string>;
  readonly importers: Set<string>;
}

const VERSION = /[?&]patchbay=\d+$/;

/** The user's loaded modules and which imports which, so that a call can cheaply tell whether anything it uses has changed. */
export class ModuleGraph {
  readonly #entries = new Map<string, Entry>();
  /** File URL -> the last number that went into a URL for it. */
  readonly #numbers = new Map<string, number>();
  readonly #strays = new Set<string>();
  #reloads = 0;

  /** Versions of modules after their first: what they replace stays in memory. */
  get reloads(): number {
    return this.#reloads;
  }

  /** The URL without the mark of its version. */
  static plain(url: string): string {
    return url.replace(VERSION, "");
  }

  /** The URL to import a module by as its file is; it differs for each version, as a loaded module cannot be unloaded. */
  versioned(url: string): string {
    const entry = this.#entry(url);
    return numbered(url, (entry.version ??= this.#next(url)));
  }

  /** A URL for a module that none was loaded by. */
  fresh(url: string): string {
    return numbered(url, this.#next(url));
  }

  /** Notes a module that is imported by one in a version, which knows nothing of it: by a name made when it ran, or through a link. */
  stray(url: string): void {
    this.#strays.add(url);
  }

  /** Looks at the files of the strays; whether one has changed, so that what imports it must be loaded anew. */
  refreshStrays(): boolean {
    let changed = false;
    for (const url of this.#strays) changed = this.refresh(url).size > 0 || changed;
    return changed;
  }

  /** Notes that `parent` imports `child`. */
  link(parent: string, child: string): void {
    this.#entry(parent).imports.add(child);
    this.#entry(child).importers.add(parent);
  }

  /** Notes that a module is about to be read. */
  loading(url: string): void {
    this.#entry(url).stamp = stampOf(url);
  }

  /** Gives new versions to what changed among the modules that `url` leads to; returns the modules to load anew. */
  refresh(url: string): ReadonlySet<string> {
    const changed = [...this.reachable(url)].filter((module) => this.#changed(module));
    return this.#renew(changed);
  }

  /** Makes the next call load the module and all it leads to anew, whether or not a file changes: after a failed load. */
  discard(url: string): void {
    this.#renew([...this.reachable(url)]);
  }

  /** A module and all that it imports, directly or not. */
  reachable(url: string): ReadonlySet<string> {
    return this.#closure([url], "imports");
  }

  #changed(url: string): boolean {
    const entry = this.#entries.get(url);
    return entry !== undefined && entry.stamp !== "" && entry.stamp !== stampOf(url);
  }

  #renew(urls: readonly string[]): ReadonlySet<string> {
    if (urls.length === 0) return new Set();
    const stale = this.#closure(urls, "importers");
    for (const url of stale) {
      const entry = this.#entry(url);
      entry.version = this.#next(url);
      entry.stamp = "";
      for (const child of entry.imports) this.#entries.get(child)?.importers.delete(url);
      entry.imports.clear();
    }
    return stale;
  }

  #closure(start: readonly string[], direction: "imports" | "importers"): Set<string> {
    const found = new Set(start);
    for (const url of found) for (const next of this.#entries.get(url)?.[direction] ?? []) found.add(next); // a set grows while it is walked
    return found;
  }

  #next(url: string): number {
    const number = (this.#numbers.get(url) ?? -1) + 1;
    this.#numbers.set(url, number);
    if (number > 0) this.#reloads += 1;
    return number;
  }

  #entry(url: string): Entry {
    const known = this.#entries.get(url);
    if (known !== undefined) return known;
    const entry: Entry = { stamp: "", version: undefined, imports: new Set(), importers: new Set() };
    this.#entries.set(url, entry);
    return entry;
  }
}

/** The first is loaded by the file's own URL. */
function numbered(url: string, number: number): string {
  return number === 0 ? url : `${url}${url.includes("?") ? "&" : "?"}patchbay=${number}`;
}

function stampOf(url: string): string {
  const stats = statSync(fileURLToPath(url), { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? "gone" : `${stats.mtimeNs}:${stats.size}`;
}
