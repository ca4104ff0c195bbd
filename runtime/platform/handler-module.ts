import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { HandlerModule } from "../document/handler-problems.js";
import { resolveHandlerPath } from "./handler-path.js";
import { exportsOf } from "./module-exports.js";

/** What is known of a handler's module without running it. `path` is absolute; it must lie in `workspace`. */
export function lookAtModule(path: string, workspace: string): HandlerModule {
  const module = resolveHandlerPath(path, workspace);
  if (!module.ok) return { found: module.error.code === "HANDLER_OUTSIDE" ? "outside" : "missing" };
  const file = fileURLToPath(module.url);
  const exports = exportsOf(readFileSync(file, "utf8"), file);
  return { found: "file", ...(exports === undefined ? {} : { exports }) };
}
