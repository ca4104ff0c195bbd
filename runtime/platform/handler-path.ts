import { realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ErrorInfo, errorInfo } from "../errors.js";

/** A module that may be loaded, or why not. */
export type HandlerPath = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly error: ErrorInfo };

/** Finds the modules of handlers, time and again, and looks closely only at those that have changed in between. */
export class HandlerPaths {
  readonly #workspace: string;
  readonly #known = new Map<string, { readonly path: string; readonly file: string; readonly found: HandlerPath }>();
  /** For calls that come together, the files are looked at once. */
  readonly #thisTurn = new Map<string, HandlerPath>();

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  /** As `resolveHandlerPath`. */
  find(module: string): HandlerPath {
    const seen = this.#thisTurn.get(module);
    if (seen !== undefined) return seen;
    if (this.#thisTurn.size === 0) setImmediate(() => this.#thisTurn.clear());
    const found = this.#look(module);
    this.#thisTurn.set(module, found);
    return found;
  }

  /** What leads to the very file that was found good is good. */
  #look(module: string): HandlerPath {
    const known = this.#known.get(module);
    if (known !== undefined && known.file === fileAt(known.path)) return known.found;
    const path = pathOf(module);
    const file = fileAt(path); // before the closer look: a change in between is seen at the next call
    const found = resolveHandlerPath(module, this.#workspace);
    if (found.ok && file !== undefined) this.#known.set(module, { path, file, found });
    else this.#known.delete(module);
    return found;
  }
}

/** Which file a path leads to, whatever the file's name. */
function fileAt(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? `${stats.dev}:${stats.ino}` : undefined;
}

function pathOf(module: string): string {
  return module.startsWith("file:") ? fileURLToPath(module) : module;
}

/** Whether a file, by its real path, lies inside the workspace. */
export function isInWorkspace(file: string, workspace: string): boolean {
  return isInside(file, realPath(workspace) ?? workspace);
}

/** Finds a handler's module (absolute path or file URL) and makes sure that it lies inside the workspace, symbolic links resolved. */
export function resolveHandlerPath(module: string, workspace: string): HandlerPath {
  const path = pathOf(module);
  const root = realPath(workspace) ?? workspace;
  if (!isInside(path, workspace) && !isInside(path, root)) return { ok: false, error: outside(path) };
  const real = realPath(path);
  if (real === undefined) return missing(named(path, workspace), "does not exist");
  if (!isInside(real, root)) return { ok: false, error: outside(path) };
  if (!statSync(real).isFile()) return missing(named(path, workspace), "is not a file");
  return { ok: true, url: pathToFileURL(real).href };
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return isAbsolute(path) && way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function named(path: string, workspace: string): string {
  return relative(workspace, path).split(sep).join("/");
}

function missing(file: string, what: string): HandlerPath {
  return { ok: false, error: errorInfo("HANDLER_MISSING", `The handler ${file} ${what}.`, { file }) };
}

/** The error of a module outside of the workspace. */
export function outside(path: string): ErrorInfo {
  return errorInfo("HANDLER_OUTSIDE", `The handler ${path} is outside the workspace.`, { file: path });
}
