import { exportsOf } from "../../runtime/platform/module-exports.js";

const MODULE = /\.[cm]?[jt]sx?$/i;
/** Declarations, tests and settings of tools: modules that no graph runs. */
const OTHERS = /\.(?:d\.[cm]?ts|(?:test|spec|config|stories)\.[cm]?[jt]sx?)$/i;
/** What a module exports that is a handler as a whole; `fallback` alone is none. */
const PARTS = ["default", "prep", "exec", "post"];

/** Whether a path is that of a module that a node may name. */
export function isModulePath(path: string): boolean {
  return MODULE.test(path) && !OTHERS.test(path);
}

/** Whether a module exports a handler, as far as its text tells. */
export function exportsHandler(source: string, path: string): boolean {
  const names = exportsOf(source, path);
  if (names === undefined) return /\bmodule\.exports\s*=/.test(source);
  return PARTS.some((part) => names.has(part));
}
