// What a module's text leads to, read without running it. Where the text leaves a doubt it counts: to look at a file too many does no harm.
import { realpathSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, resolve } from "node:path";

/** Anything written like a path from here: what is none costs a look at the disk, and no import is missed. */
const RELATIVE = /["'`](\.\.?\/[^"'`\n]+)["'`]/g;
/** What names a module in an import, an export or a call of `import` or `require`, wherever that is. */
const NAMED = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'`])([^"'`\n]+)\1/g;
/** Imports of types alone: nothing is left of them when the module runs. */
const TYPES =
  /\b(?:import|export)\s+type\s+(?:\{[^}]*\}|\*(?:\s*as\s+[\w$]+)?|(?!from\s*["'])[\w$]+(?:\s*,\s*\{[^}]*\})?)\s*from\s*(["'])[^"'\n]*\1/g;
/** Calls of `import` and `require` with something else than a plain text. */
const COMPUTED = /\b(?:import|require)\s*\(\s*(?!(["'`])[^"'`$\n]*\1\s*[,)])/;
/** The words of commands, and those by which code comes that is not read here. */
const COMMANDS = /\b(?:command|goto|send|eval|Function|createRequire)\b/;

/** Files whose text counts; declarations of types are none. */
const MODULE = /(?<!\.d)\.(?:[mc]?[jt]s|json)$/;

/** Whether a path names a module, and no graph. */
export function isModule(path: string): boolean {
  return MODULE.test(path) && !path.endsWith(".patchbay.json");
}

/** What a relative import may mean, in the order in which handler processes try it. */
export function candidates(path: string): readonly string[] {
  const [, stem = "", kind = ""] = /^(.*)\.([mc]?)js$/.exec(path) ?? [];
  const source = stem === "" ? [] : [`${stem}.${kind}ts`];
  return [path, ...source, `${path}.ts`, `${path}.js`, `${path}/index.ts`, `${path}/index.js`];
}

/** Paths that a text mentions, from the folder of its file on; each once. */
export function pathsMentioned(text: string, file: string): readonly string[] {
  const paths = [...text.replaceAll(TYPES, "").matchAll(RELATIVE)].map(([, path = ""]) => resolve(dirname(file), path));
  return [...new Set(paths)];
}

/** The file that an import of a path means, by its real name; undefined where there is none. */
export function fileOf(path: string): string | undefined {
  const found = candidates(path).find((each) => isModule(each) && statSync(each, { throwIfNoEntry: false })?.isFile() === true);
  return found === undefined ? undefined : realpathSync.native(found);
}

/**
 * Whether a text leaves room for commands: it has their words, or leads to code that is not read here, as packages do. Node.js's own
 * modules know nothing of commands.
 */
export function mayCommand(text: string): boolean {
  const code = text.replaceAll(TYPES, "");
  if (COMMANDS.test(code) || COMPUTED.test(code)) return true;
  return [...code.matchAll(NAMED)].some(([, , name = ""]) => !/^\.\.?\//.test(name) && !isHarmless(name));
}

function isHarmless(name: string): boolean {
  return isBuiltin(name) && name !== "vm" && name !== "node:vm";
}
