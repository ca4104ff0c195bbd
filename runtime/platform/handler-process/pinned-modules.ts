import { candidates } from "../modules/imports.js";
import type { SentModule } from "./messages.js";

/** A module in a version that the host has named. */
export interface PinnedModule {
  /** File URL without a number. */
  readonly url: string;
  readonly version: string;
  readonly text: string;
  /** What its imports lead to: file URL -> version. It may have more. */
  readonly versions: ReadonlyMap<string, string>;
}

// Invariants:
// 1. A module in a version is loaded once, under a URL of its own, whichever handlers lead to it: what it keeps in memory stays.
// 2. What a module in a version imports is the versions that the host named for it, whatever the files say.
// 3. Node.js knows CommonJS modules by their paths alone, so one version of each is at hand at a time: that of the last call.

/** The modules that this process runs in versions that the host has named. */
export class PinnedModules {
  readonly #number: (url: string) => string;
  readonly #known = new Map<string, PinnedModule>();
  /** Module in a version -> the URL that it is loaded by. */
  readonly #loaded = new Map<string, string>();
  readonly #byLoaded = new Map<string, PinnedModule>();
  /** File URLs of CommonJS modules -> the one at hand. */
  readonly #commonJs = new Map<string, PinnedModule>();
  readonly #forget: (url: string) => void;

  /** `number` makes the next URL for a file, which no module was loaded by; `forget` has Node.js forget a CommonJS module. */
  constructor(number: (url: string) => string, forget: (url: string) => void) {
    this.#number = number;
    this.#forget = forget;
  }

  /** Takes the modules of a handler; those without a text are known. */
  take(modules: readonly SentModule[]): void {
    const versions = new Map(modules.map(({ url, version }) => [url, version]));
    for (const { url, version, text } of modules) {
      if (text !== undefined) this.#known.set(key(url, version), { url, version, text, versions });
    }
  }

  /** The URL to import a module in a version by; undefined where it is not known (invariant 1). */
  urlOf(url: string, version: string): string | undefined {
    const name = key(url, version);
    const pinned = this.#known.get(name);
    if (pinned === undefined) return undefined;
    const before = this.#loaded.get(name);
    if (before !== undefined) return before;
    const made = this.#number(url);
    this.#loaded.set(name, made);
    this.#byLoaded.set(made, pinned);
    if (this.#commonJs.has(url)) this.#commonJs.set(url, pinned);
    this.#forget(url);
    return made;
  }

  /** A module in a version is to be called: what it requires while it runs is of that version (invariant 3). */
  enter(url: string, version: string): void {
    if (this.#commonJs.size === 0) return;
    const versions = this.#known.get(key(url, version))?.versions;
    for (const each of this.#commonJs.keys()) {
      const pinned = this.#known.get(key(each, versions?.get(each) ?? ""));
      if (pinned === undefined || this.#commonJs.get(each) === pinned) continue;
      this.#commonJs.set(each, pinned);
      this.#forget(each);
    }
  }

  /** What is loaded by a URL is CommonJS. */
  isCommonJs(loaded: string): void {
    const pinned = this.#byLoaded.get(loaded);
    if (pinned !== undefined) this.#commonJs.set(pinned.url, pinned);
  }

  /** What is loaded by a URL. */
  at(url: string): PinnedModule | undefined {
    return this.#byLoaded.get(url);
  }

  /** The URL of what an import leads to without a look at the disk; undefined where that cannot be told. */
  resolve(specifier: string, parent: string | undefined): string | undefined {
    if (this.#byLoaded.has(specifier)) return specifier;
    const importer = parent === undefined || !/^\.\.?\//.test(specifier) ? undefined : this.#importer(parent);
    if (importer === undefined) return undefined;
    const found = candidates(new URL(specifier, importer.url).href).find((each) => importer.versions.has(each));
    return found === undefined ? undefined : this.urlOf(found, importer.versions.get(found) ?? "");
  }

  /** The URL of a file that a module in a version imports; undefined where no version of it was named (invariant 2). */
  imported(parent: string, url: string): string | undefined {
    const version = this.#importer(parent)?.versions.get(url);
    return version === undefined ? undefined : this.urlOf(url, version);
  }

  #importer(parent: string): PinnedModule | undefined {
    return this.#commonJs.get(parent) ?? this.#byLoaded.get(parent);
  }

  /** Makes the next import of a module, and of all that it leads to, load anew: after a failed load. */
  discard(url: string, version: string): void {
    for (const [each, of] of this.#known.get(key(url, version))?.versions ?? []) this.#loaded.delete(key(each, of));
  }

  /** Makes the next import of any module load anew. */
  discardAll(): void {
    this.#loaded.clear();
  }

  /** The modules that a module in a version leads to, itself included. */
  reachable(url: string, version: string): readonly PinnedModule[] {
    return [...(this.#known.get(key(url, version))?.versions ?? [])].flatMap(([each, of]) => this.#known.get(key(each, of)) ?? []);
  }
}

function key(url: string, version: string): string {
  return `${version} ${url}`;
}
