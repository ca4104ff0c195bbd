import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type ErrorInfo, errorInfo } from "../../errors.js";
import { type AnyHandler, partsOf, type UserHandler } from "./life-cycle.js";
import type { ModuleGraph } from "./module-graph.js";
import { ModuleSyntaxError } from "./module-hooks.js";
import type { PinnedModules } from "./pinned-modules.js";
import { syntaxFault } from "./strip-types.js";
import { type Origin, type UserPlace, userPlace, userStack, workspacePath } from "./user-stack.js";

const { cache: commonJsCache } = createRequire(import.meta.url);

/** Makes Node.js load a CommonJS module anew: it is cached by its path, so that the number in a URL alone would not renew it. */
export function forgetCommonJs(url: string): void {
  delete commonJsCache[fileURLToPath(url)];
}

/** A handler ready to call, or why there is none. */
export type Loaded = { readonly ok: true; readonly handler: UserHandler } | { readonly ok: false; readonly error: ErrorInfo };

type Exports = Readonly<Record<string, unknown>>;

/** Loads handlers: in the version that a call names, or anew where their files have changed since the last call. */
export class HandlerLoader {
  readonly #graph: ModuleGraph;
  readonly #pinned: PinnedModules;
  readonly #origin: Origin;
  /** What was found ready since `look`. */
  readonly #ready = new Map<string, Loaded>();
  #looked = false;
  /** The last version of each module, by its URL and, where that is named, its version: to import again what is loaded is not free. */
  readonly #modules = new Map<string, { readonly versioned: string; readonly exports: Exports }>();

  constructor(graph: ModuleGraph, pinned: PinnedModules, origin: Origin) {
    this.#graph = graph;
    this.#pinned = pinned;
    this.#origin = origin;
  }

  /** From now on files are looked at anew, each once: calls that come together need no more. */
  look(): void {
    this.#ready.clear();
    this.#looked = false;
  }

  /** The handler, if its module is loaded and has not changed since. `url` is a file URL without a number. */
  ready(url: string, exportName: string, version?: string): Loaded | undefined {
    const name = `${version ?? ""} ${url}#${exportName}`;
    const seen = this.#ready.get(name);
    if (seen !== undefined) return seen;
    const module = this.#modules.get(`${version ?? ""} ${url}`);
    if (module === undefined || module.versioned !== this.#importable(url, version)) return undefined;
    const loaded = this.#pick(url, module.exports, exportName);
    this.#ready.set(name, loaded);
    return loaded;
  }

  async load(url: string, exportName: string, version?: string): Promise<Loaded> {
    const versioned = this.#importable(url, version);
    if (versioned === undefined) return { ok: false, error: this.#notAtHand(url) };
    try {
      const exports = (await import(versioned)) as Exports;
      this.#modules.set(`${version ?? ""} ${url}`, { versioned, exports });
      return this.#pick(url, exports, exportName);
    } catch (thrown) {
      const error = this.#loadError(url, thrown, version);
      if (version === undefined) this.#graph.discard(url);
      else this.#pinned.discard(url, version);
      return { ok: false, error };
    }
  }

  /** The URL to import. In a version it costs no look at the files, but for strays. */
  #importable(url: string, version: string | undefined): string | undefined {
    if (version === undefined) return this.#refreshed(url);
    if (!this.#looked && this.#graph.refreshStrays()) this.#pinned.discardAll();
    this.#looked = true;
    this.#pinned.enter(url, version);
    return this.#pinned.urlOf(url, version);
  }

  /** The URL to import, after a look at the files. CommonJS modules are cached by path, so the version in it alone would not renew them. */
  #refreshed(url: string): string {
    for (const stale of this.#graph.refresh(url)) forgetCommonJs(stale);
    return this.#graph.versioned(url);
  }

  #pick(url: string, module: Exports, exportName: string): Loaded {
    const handler = module[exportName];
    if (typeof handler === "function") return { ok: true, handler: handler as AnyHandler };
    const parts = exportName === "default" ? partsOf(module) : undefined;
    if (parts !== undefined) return { ok: true, handler: parts };
    const file = this.#name(url);
    const names = Object.keys(module).filter((name) => typeof module[name] === "function");
    const offers = names.length === 0 ? "It exports no function" : `It exports ${names.map((name) => `"${name}"`).join(", ")}`;
    const what = exportName in module ? `exports "${exportName}", which is no function` : `does not export "${exportName}"`;
    return { ok: false, error: errorInfo("HANDLER_EXPORT", `${file} ${what}. ${offers}.`, { file, export: exportName, exports: names }) };
  }

  #notAtHand(url: string): ErrorInfo {
    const file = this.#name(url);
    return errorInfo("HANDLER_LOAD", `${file} is not at hand in the version that the plan names.`, { file });
  }

  #loadError(url: string, thrown: unknown, version: string | undefined): ErrorInfo {
    const stack = userStack(thrown, this.#origin);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const place = this.#syntaxPlace(url, thrown, version) ?? linkPlace(thrown, this.#origin.workspace) ?? userPlace(stack, this.#origin);
    const where = place === undefined ? this.#name(url) : `${place.file}:${place.line}:${place.column}`;
    return errorInfo("HANDLER_LOAD", `${where}: ${message}`, { ...(place ?? { file: this.#name(url) }) }, stack);
  }

  /** The engine does not say where a module's syntax is wrong: its sources are parsed again to find out. */
  #syntaxPlace(url: string, thrown: unknown, version: string | undefined): UserPlace | undefined {
    if (thrown instanceof ModuleSyntaxError) return this.#place(thrown.url, thrown.fault);
    if (!(thrown instanceof SyntaxError)) return undefined;
    for (const { url: module, text } of this.#sources(url, version)) {
      const fault = syntaxFault(text, module);
      if (fault !== undefined) return this.#place(module, fault);
    }
    return undefined;
  }

  #sources(url: string, version: string | undefined): Iterable<{ readonly url: string; readonly text: string }> {
    if (version !== undefined) return this.#pinned.reachable(url, version);
    return [...this.#graph.reachable(url)].map((module) => ({ url: module, text: readFileSync(fileURLToPath(module), "utf8") }));
  }

  #place(url: string, { line, column }: { readonly line: number; readonly column: number }): UserPlace {
    return { file: this.#name(url), line, column };
  }

  #name(url: string): string {
    return workspacePath(fileURLToPath(url), this.#origin.workspace);
  }
}

/** A missing export is reported by Node.js with `URL:LINE` as the first line of the stack, the source line and a caret below it. */
function linkPlace(thrown: unknown, workspace: string): UserPlace | undefined {
  const [first = "", , caret = ""] = thrown instanceof SyntaxError ? String(thrown.stack).split("\n") : [];
  const [, url, line] = /^(file:.*?)(?:\?[^?]*)?:(\d+)$/.exec(first) ?? [];
  if (url === undefined) return undefined;
  return { file: workspacePath(fileURLToPath(url), workspace), line: Number(line), column: Math.max(0, caret.indexOf("^")) + 1 };
}
