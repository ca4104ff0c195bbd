import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { HandlerModule } from "../document/handler-problems.js";
import { resolveHandlerPath } from "../platform/handler-path.js";
import { exportsOf } from "../platform/module-exports.js";

/** Looks at the modules that a document in `folder` names; each once. */
export function handlerModules(folder: string, workspace: string): (path: string) => HandlerModule {
  const known = new Map<string, HandlerModule>();
  return (path) => {
    const module = known.get(path) ?? look(resolve(folder, path), workspace);
    known.set(path, module);
    return module;
  };
}

function look(path: string, workspace: string): HandlerModule {
  const module = resolveHandlerPath(path, workspace);
  if (!module.ok) return { found: module.error.code === "HANDLER_OUTSIDE" ? "outside" : "missing" };
  const file = fileURLToPath(module.url);
  const exports = exportsOf(readFileSync(file, "utf8"), file);
  return { found: "file", ...(exports === undefined ? {} : { exports }) };
}
