// The modules that graphs run, each in the version that is in force.
//
// 1. A version comes into force when a module is asked for first, and then only by `refresh`: who asks twice gets the same.
// 2. A module that cannot be loaded never takes the place of one that can; it is told of instead.
// 3. Refreshing happens one after the other, and asks for a check of what it would put into force, never of more.
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { errorInfo, type ErrorInfo } from "../../errors.js";
import { resolveHandlerPath } from "../handler-path.js";
import { candidates, isModule } from "./imports.js";
import { ModuleSnapshot } from "./module-snapshot.js";
import { ModuleTexts } from "./module-texts.js";

/** Why a module could not be loaded, as a sentence without its end, found without running it; undefined where nothing was found. */
export type ModuleCheck = (path: string, snapshot: ModuleSnapshot) => Promise<ErrorInfo | undefined>;

/** A module that somebody asked for. */
interface Entry {
  readonly path: string;
  inForce: ModuleSnapshot | undefined;
  /** Whether what is in force was checked, or took the place of what was. */
  isGood: boolean;
  /** As the file was when it was looked at last. */
  seen: ModuleSnapshot | undefined;
  fault: ErrorInfo | undefined;
}

/** Keeps the versions of the modules of one workspace. Modules are named by their absolute paths. */
export class ModuleSnapshots {
  readonly #workspace: string;
  readonly #texts = new ModuleTexts();
  readonly #entries = new Map<string, Entry>();
  #refreshing: Promise<unknown> = Promise.resolve();

  /** `workspace`: the folder that modules must lie in. */
  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  /** The version in force; undefined where there is no such module. */
  version(path: string): ModuleSnapshot | undefined {
    return this.#entry(path).inForce;
  }

  /** Why the file as it is cannot take the place of the version in force. */
  fault(path: string): ErrorInfo | undefined {
    return this.#entries.get(path)?.fault;
  }

  /** The module as its files are now, whatever is in force. */
  take(path: string): ModuleSnapshot | undefined {
    if (!isModule(path)) return undefined;
    const found = resolveHandlerPath(path, this.#workspace);
    if (!found.ok) return undefined;
    const file = fileURLToPath(found.url);
    const modules = this.#texts.closure(file);
    return modules === undefined ? undefined : new ModuleSnapshot(file, modules);
  }

  /**
   * Looks at modules anew and puts into force what is good. `changed`: paths of files and folders that are not as they were; absent:
   * any may be. Resolves with the modules whose version or fault is another one than before.
   */
  refresh(check?: ModuleCheck, changed?: readonly string[]): Promise<ReadonlySet<string>> {
    const done = this.#refreshing.then(() => this.#refresh(check, changed));
    this.#refreshing = done.catch(() => undefined);
    return done; // invariant 3
  }

  #entry(path: string): Entry {
    const known = this.#entries.get(path);
    if (known !== undefined) return known;
    const seen = this.take(path);
    const entry: Entry = { path, inForce: seen, isGood: false, seen, fault: undefined };
    this.#entries.set(path, entry);
    return entry;
  }

  async #refresh(check: ModuleCheck | undefined, changed: readonly string[] | undefined): Promise<ReadonlySet<string>> {
    const told = new Set<string>();
    for (const entry of this.#entries.values()) {
      if (changed?.some((path) => concerns(entry, path)) === false) continue;
      const before = [entry.inForce?.version, entry.fault?.message];
      await this.#renew(entry, check);
      if (before[0] !== entry.inForce?.version || before[1] !== entry.fault?.message) told.add(entry.path);
    }
    return told;
  }

  async #renew(entry: Entry, check: ModuleCheck | undefined): Promise<void> {
    const next = this.take(entry.path);
    entry.seen = next ?? entry.seen;
    if (next?.version === entry.inForce?.version) return void (entry.fault = undefined); // as it was, or reverted
    if (next === undefined) return void (entry.fault = kept(errorInfo("HANDLER_MISSING", "There is no such file any more"), entry));
    const fault = await check?.(entry.path, next);
    if (fault === undefined) return put(entry, next, true);
    const { inForce } = entry;
    entry.isGood ||= inForce !== undefined && (await check?.(entry.path, inForce)) === undefined;
    if (entry.isGood) entry.fault = kept(fault, entry); // invariant 2
    else put(entry, next, false);
  }
}

function put(entry: Entry, next: ModuleSnapshot, isGood: boolean): void {
  entry.inForce = next;
  entry.isGood = isGood;
  entry.fault = undefined;
}

/** Whether a change of a file, or of a folder with all that is in it, may mean something to a module. */
function concerns({ path, seen, inForce }: Entry, changed: string): boolean {
  const isIt = (file: string): boolean => file === changed || file.startsWith(`${changed}${sep}`);
  if (isIt(path)) return true;
  for (const snapshot of [seen, inForce]) {
    if (snapshot === undefined) continue;
    for (const file of snapshot.files) if (isIt(file)) return true;
    for (const mentioned of snapshot.mentioned) if (candidates(mentioned).some(isIt)) return true;
  }
  return false;
}

/** A fault with what runs in spite of it. */
function kept({ code, message, details }: ErrorInfo, { path, inForce }: Entry): ErrorInfo {
  const saved = new Date(inForce?.savedAt ?? 0);
  const told = `${message}. The last good version, saved at ${saved.toTimeString().slice(0, 8)}, stays in force.`;
  return errorInfo(code, told, { file: path, ...details, saved: saved.toISOString() });
}
