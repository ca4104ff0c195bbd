import { errorInfo, type ErrorInfo } from "../../errors.js";
import { exportsOf } from "../module-exports.js";
import type { ModuleSnapshot } from "./module-snapshot.js";

/** Which of the names that somebody uses a module does not export, as far as its text tells. A handler in parts exports `exec`. */
export function lostExport(snapshot: ModuleSnapshot, used: Iterable<string>): ErrorInfo | undefined {
  const exports = exportsOf(snapshot.textOf(snapshot.file) ?? "", snapshot.file);
  if (exports === undefined) return undefined;
  const lost = [...used].find((name) => !exports.has(name) && !(name === "default" && exports.has("exec")));
  if (lost === undefined) return undefined;
  const what = lost === "default" ? "no default export" : `no export "${lost}"`;
  return errorInfo("HANDLER_EXPORT", `There is ${what}`, { export: lost });
}
