// Checks modules without running them, in a process that does nothing else: parsing what somebody wrote is no work for a program
// that people are looking at, and no handler that blocks its process may hold it up.
//
// 1. A check always ends: where the process does, and another one too, nothing was found.
// 2. A text is parsed once, whoever leads to it.
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorInfo, type ErrorInfo } from "../../errors.js";
import type { Clock } from "../../ports.js";
import type { LinkEvents, ProcessLink } from "../handler-pool/process-link.js";
import type { CheckedModule, FromProcess } from "../handler-process/messages.js";
import { workspacePath } from "../handler-process/user-stack.js";
import { candidates, fileOf } from "./imports.js";
import type { ModuleSnapshot, SnapshotModule } from "./module-snapshot.js";

/** Milliseconds without a check after which the process ends. */
const IDLE = 30_000;
/** Texts that are remembered. */
const MOST = 5_000;

/** What a checker works with. */
export interface CheckerSettings {
  readonly workspace: string;
  readonly clock: Clock;
  /** Starts a process. */
  start(events: LinkEvents): ProcessLink;
}

type Answer = (found: readonly CheckedModule[]) => void;

/** Finds what keeps modules from being loaded, as far as their texts tell. */
export class ModuleChecker {
  readonly #settings: CheckerSettings;
  readonly #known = new Map<string, CheckedModule>();
  readonly #waiting = new Map<number, Answer>();
  #link: ProcessLink | undefined;
  #cancelEnd = (): void => {};
  #lastId = 0;

  constructor(settings: CheckerSettings) {
    this.#settings = settings;
  }

  /** Why a module cannot be loaded: its syntax, that of what it leads to, or an import that leads nowhere. */
  async check(snapshot: ModuleSnapshot): Promise<ErrorInfo | undefined> {
    const unknown = snapshot.modules.filter((module) => !this.#known.has(nameOf(module)));
    if (unknown.length > 0) await this.#parse(unknown);
    for (const module of snapshot.modules) {
      const fault = this.#faultOf(this.#known.get(nameOf(module)), snapshot);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  /** Ends the process. */
  async dispose(): Promise<void> {
    this.#cancelEnd();
    await this.#link?.kill();
  }

  async #parse(modules: readonly SnapshotModule[]): Promise<void> {
    const texts = modules.map(({ url, text }) => ({ url, text }));
    const first = await this.#ask(texts);
    const found = first.length === 0 ? await this.#ask(texts) : first;
    if (this.#known.size > MOST) this.#known.clear();
    for (const [place, module] of modules.entries()) {
      const checked = found[place];
      if (checked !== undefined) this.#known.set(nameOf(module), checked); // invariant 2
    }
  }

  #ask(modules: readonly { readonly url: string; readonly text: string }[]): Promise<readonly CheckedModule[]> {
    const { clock } = this.#settings;
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve: answer } = Promise.withResolvers<readonly CheckedModule[]>();
    this.#waiting.set(id, answer);
    this.#cancelEnd();
    this.#cancelEnd = clock.after(IDLE, () => void this.#link?.kill());
    this.#link ??= this.#start();
    this.#link.hold(true);
    this.#link.send({ type: "check", id, modules });
    return promise;
  }

  #start(): ProcessLink {
    const link: ProcessLink = this.#settings.start({
      message: (message) => this.#receive(message),
      handedBack: () => {},
      malformed: () => void link.kill(),
      exhausted: () => void link.kill(),
      output: () => {},
      ended: () => this.#ended(link),
    });
    return link;
  }

  #receive(message: FromProcess): void {
    if (message.type !== "checked") return;
    const answer = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#link?.hold(false);
    answer?.(message.found);
  }

  /** Invariant 1. */
  #ended(link: ProcessLink): void {
    if (this.#link === link) this.#link = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const answer of waiting) answer([]);
  }

  #faultOf(checked: CheckedModule | undefined, snapshot: ModuleSnapshot): ErrorInfo | undefined {
    if (checked === undefined) return undefined;
    const { url, fault, imports } = checked;
    if (fault !== undefined) return this.#error(url, fault, fault.message);
    const folder = dirname(fileURLToPath(url));
    const lost = imports.find(({ path }) => !leads(resolve(folder, path), snapshot));
    return lost === undefined ? undefined : this.#error(url, lost, `"${lost.path}" leads nowhere`);
  }

  #error(url: string, { line, column }: { readonly line: number; readonly column: number }, message: string): ErrorInfo {
    const file = workspacePath(fileURLToPath(url), this.#settings.workspace);
    return errorInfo("HANDLER_LOAD", `${file}:${line}:${column}: ${message}`, { file, line, column });
  }
}

/** A snapshot has what it leads to, even where that is gone by now. */
function leads(path: string, snapshot: ModuleSnapshot): boolean {
  return candidates(path).some((each) => snapshot.textOf(each) !== undefined) || fileOf(path) !== undefined || existsSync(path);
}

/** The same text at another place has other imports. */
function nameOf({ url, digest }: SnapshotModule): string {
  return `${digest} ${url}`;
}
