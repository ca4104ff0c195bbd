import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { fileOf, mayCommand, pathsMentioned } from "./imports.js";

/** A module's text and what follows from it alone. */
export interface ModuleText {
  readonly text: string;
  /** Hash of the text. */
  readonly digest: string;
  /** When its file was saved, in milliseconds since the epoch. */
  readonly savedAt: number;
  readonly commands: boolean;
  /** Paths that it mentions: what it imports is among them. */
  readonly mentioned: readonly string[];
}

/** The texts of modules as their files have them; a file is read again only when its time or size has changed. */
export class ModuleTexts {
  readonly #known = new Map<string, { readonly stamp: string; readonly module: ModuleText }>();
  #reads = 0;

  /** Files read so far. */
  get reads(): number {
    return this.#reads;
  }

  /** `file` is an absolute path; undefined where there is no such file. */
  of(file: string): ModuleText | undefined {
    const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
    if (stats?.isFile() !== true) return undefined;
    const stamp = `${stats.mtimeNs}:${stats.size}:${stats.ino}`;
    const before = this.#known.get(file);
    if (before?.stamp === stamp) return before.module;
    this.#reads += 1;
    const text = readFileSync(file, "utf8");
    const digest = createHash("sha256").update(text).digest("hex");
    const module = { text, digest, savedAt: Number(stats.mtimeMs), commands: mayCommand(text), mentioned: pathsMentioned(text, file) };
    this.#known.set(file, { stamp, module });
    return module;
  }

  /** A module and all that it leads to, by file, as they are now; undefined where it is not there itself. */
  closure(file: string): ReadonlyMap<string, ClosureModule> | undefined {
    const found = new Map<string, ClosureModule>();
    const waiting = [file];
    for (const each of waiting) {
      const module = found.has(each) ? undefined : this.of(each);
      if (module === undefined) continue;
      const imports = module.mentioned.flatMap((path) => fileOf(path) ?? []).filter((next) => !isInstalled(next));
      found.set(each, { ...module, imports });
      waiting.push(...imports); // the list grows while it is walked
    }
    return found.has(file) ? found : undefined;
  }
}

/** A module with the files that it imports. */
export interface ClosureModule extends ModuleText {
  readonly imports: readonly string[];
}

function isInstalled(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}
