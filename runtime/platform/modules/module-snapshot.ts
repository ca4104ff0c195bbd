// A module with all that it leads to by relative imports, in one state.
//
// 1. Its version is a hash of contents and of where they stand to one another: never of times, never of places on a machine.
// 2. Each module in it has a version of its own, that of what it leads to: what is the same in two snapshots is one module.
// 3. It holds the texts: who has a snapshot can run it, whatever the files say by then.
import { createHash } from "node:crypto";
import { dirname, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { FileVersion } from "../../model/file-version.js";
import type { ClosureModule } from "./module-texts.js";

/** A module of a snapshot. */
export interface SnapshotModule {
  /** File URL, symbolic links resolved. */
  readonly url: string;
  readonly version: string;
  readonly text: string;
  /** Hash of the text alone. */
  readonly digest: string;
}

/** What is known of a handler's module, with its text. */
export class ModuleSnapshot implements FileVersion {
  readonly version: string;
  readonly commands: boolean;
  /** Absolute path, symbolic links resolved. */
  readonly file: string;
  readonly url: string;
  /** File -> module; itself is the first. */
  readonly #modules: ReadonlyMap<string, ClosureModule>;
  #listed: readonly SnapshotModule[] | undefined;

  /** `modules`: the module and all that it leads to, itself first. */
  constructor(file: string, modules: ReadonlyMap<string, ClosureModule>) {
    this.file = file;
    this.url = pathToFileURL(file).href;
    this.version = versionOf(file, modules);
    this.commands = [...modules.values()].some(({ commands }) => commands);
    this.#modules = modules;
  }

  /** When the last of its files was saved, in milliseconds since the epoch: for people, and no part of the version. */
  get savedAt(): number {
    return Math.max(...[...this.#modules.values()].map(({ savedAt }) => savedAt));
  }

  /** Its files. */
  get files(): Iterable<string> {
    return this.#modules.keys();
  }

  /** Paths that its texts mention, whether or not there is a file: one that comes could be imported. */
  get mentioned(): ReadonlySet<string> {
    return new Set([...this.#modules.values()].flatMap(({ mentioned }) => mentioned));
  }

  /** Its modules with their versions (invariant 2); made when first asked for. */
  get modules(): readonly SnapshotModule[] {
    this.#listed ??= [...this.#modules].map(([file, { text, digest }]) => ({
      url: pathToFileURL(file).href,
      version: file === this.file ? this.version : versionOf(file, this.#modules),
      text,
      digest,
    }));
    return this.#listed;
  }

  /** The text of a module, by its file. */
  textOf(file: string): string | undefined {
    return this.#modules.get(file)?.text;
  }
}

/** Invariant 1. */
function versionOf(file: string, modules: ReadonlyMap<string, ClosureModule>): string {
  const folder = dirname(file);
  const reached = new Set([file]);
  for (const each of reached) for (const next of modules.get(each)?.imports ?? []) reached.add(next); // a set grows while it is walked
  const lines = [...reached].flatMap((each) => {
    const module = modules.get(each);
    return module === undefined ? [] : `${relative(folder, each).split(sep).join("/")}\0${module.digest}\n`;
  });
  return createHash("sha256").update(lines.sort().join("")).digest("hex").slice(0, 32);
}
