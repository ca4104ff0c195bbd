import { fileURLToPath } from "node:url";
import { errorInfo, type ErrorInfo } from "../../errors.js";
import type { HandlerCall } from "../../ports.js";
import { HandlerPaths, isInWorkspace, outside } from "../handler-path.js";
import { fileOf } from "./imports.js";
import { ModuleSnapshot } from "./module-snapshot.js";
import { ModuleTexts } from "./module-texts.js";

/** The module of a call, or why it cannot be run. */
export type CalledModule =
  | { readonly ok: true; readonly url: string; readonly snapshot: ModuleSnapshot | undefined }
  | { readonly ok: false; readonly error: ErrorInfo };

/** Finds the modules of calls: in the version that a call names, else as their files are. */
export class CalledModules {
  readonly #workspace: string;
  readonly #paths: HandlerPaths;
  readonly #texts = new ModuleTexts();
  /** A snapshot is looked at once: it does not change. */
  readonly #checked = new WeakMap<ModuleSnapshot, CalledModule>();

  constructor(workspace: string) {
    this.#workspace = workspace;
    this.#paths = new HandlerPaths(workspace);
  }

  /** The module of a call, if it may be run. */
  find({ module, version }: Pick<HandlerCall, "module" | "version">): CalledModule {
    if (version instanceof ModuleSnapshot) return this.#snapshot(version);
    if (version !== undefined) return notAtHand(module);
    const found = this.#paths.find(module);
    return found.ok ? { ...found, snapshot: undefined } : found;
  }

  /** What the texts of a module and of what it leads to come to now. */
  version(module: string): string {
    const file = module.startsWith("file:") ? fileURLToPath(module) : module;
    const real = fileOf(file) ?? file;
    const modules = this.#texts.closure(real);
    return modules === undefined ? "gone" : new ModuleSnapshot(real, modules).version;
  }

  #snapshot(snapshot: ModuleSnapshot): CalledModule {
    const known = this.#checked.get(snapshot);
    if (known !== undefined) return known;
    const isInside = isInWorkspace(snapshot.file, this.#workspace);
    const found: CalledModule = isInside ? { ok: true, url: snapshot.url, snapshot } : { ok: false, error: outside(snapshot.file) };
    this.#checked.set(snapshot, found);
    return found;
  }
}

/** Versions that were stored tell what ran, and not how to run it. */
function notAtHand(module: string): CalledModule {
  const message = `${module} is named in a version whose text is not at hand. Compile the graph with its files.`;
  return { ok: false, error: errorInfo("HANDLER_LOAD", message, { file: module }) };
}
