// What can be told of modules without running them.
import type { CheckedModule, ModuleImport } from "./messages.js";
import { isCommonJs } from "./module-hooks.js";
import { stripTypes } from "./strip-types.js";

/** Imports that are resolved before a module runs; what is left of them once types are gone. */
const STATIC = /^[ \t]*(?:import\s*|(?:import|export)\b[^"'`;]*?\bfrom\s*)(["'])(\.\.?\/[^"'\n]+)\1/gm;
const COMMENT = /\/\*[\s\S]*?\*\//g;

/** Parses a module. CommonJS is left to Node.js. */
export function checkModule(url: string, text: string): CheckedModule {
  if (url.endsWith(".json")) return { url, imports: [], ...jsonFault(text) };
  if (/\.c[jt]s$/.test(url) || (url.endsWith(".js") && isCommonJs(text))) return { url, imports: [] };
  const code = stripTypes(text, url);
  if (typeof code !== "string") return { url, imports: [], fault: code };
  const paths = [...code.replaceAll(COMMENT, (comment) => comment.replaceAll(/[^\n]/g, " ")).matchAll(STATIC)];
  return { url, imports: paths.map(([, quote = "", path = ""]) => placed(text, `${quote}${path}${quote}`, path)) };
}

function placed(text: string, written: string, path: string): ModuleImport {
  const before = text.slice(0, Math.max(0, text.indexOf(written)));
  return { path, line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}

function jsonFault(text: string): Pick<CheckedModule, "fault"> {
  try {
    JSON.parse(text);
    return {};
  } catch (thrown) {
    return { fault: { message: thrown instanceof Error ? thrown.message : String(thrown), line: 1, column: 1 } };
  }
}
