import { realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ErrorInfo, errorInfo } from "../errors.js";

/** A module that may be loaded, or why not. */
export type HandlerPath = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly error: ErrorInfo };

/** Finds a handler's module (absolute path or file URL) and makes sure that it lies inside the workspace, symbolic links resolved. */
export function resolveHandlerPath(module: string, workspace: string): HandlerPath {
  const path = module.startsWith("file:") ? fileURLToPath(module) : module;
  const root = realPath(workspace) ?? workspace;
  if (!isInside(path, workspace) && !isInside(path, root)) return outside(path);
  const real = realPath(path);
  if (real === undefined) return missing(named(path, workspace), "does not exist");
  if (!isInside(real, root)) return outside(path);
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

function outside(path: string): HandlerPath {
  return { ok: false, error: errorInfo("HANDLER_OUTSIDE", `The handler ${path} is outside the workspace.`, { file: path }) };
}
