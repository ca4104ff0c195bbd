import { existsSync, readFileSync } from "node:fs";
import { type LoadFnOutput, type LoadHookContext, registerHooks, type ResolveFnOutput, type ResolveHookContext } from "node:module";
import { fileURLToPath } from "node:url";
import { candidates } from "../modules/imports.js";
import { ModuleGraph } from "./module-graph.js";
import type { PinnedModules } from "./pinned-modules.js";
import { stripTypes, type SyntaxFault } from "./strip-types.js";

/** A module that cannot be parsed, with the place. */
export class ModuleSyntaxError extends SyntaxError {
  readonly url: string;
  readonly fault: SyntaxFault;

  constructor(url: string, fault: SyntaxFault) {
    super(fault.message);
    this.url = url;
    this.fault = fault;
  }
}

/**
 * Makes this process load the user's TypeScript: modules in `pinned` in the version that their importer is in, others as their files
 * are, and then `graph` follows what imports what. Packages are left to Node.js.
 */
export function installModuleHooks(graph: ModuleGraph, pinned: PinnedModules): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const known = pinned.resolve(specifier, context.parentURL);
      if (known !== undefined) return { url: known, shortCircuit: true };
      const resolved = resolveSource(specifier, context, next);
      const url = ModuleGraph.plain(resolved.url);
      if (!isUserModule(url)) return resolved;
      const parent = context.parentURL === undefined ? undefined : ModuleGraph.plain(context.parentURL);
      const version = context.parentURL === undefined ? undefined : pinned.imported(context.parentURL, url);
      if (version !== undefined) return { ...resolved, url: version };
      if (context.parentURL !== undefined && pinned.at(context.parentURL) !== undefined) graph.stray(url);
      if (parent !== undefined && parent !== import.meta.url && isUserModule(parent)) graph.link(parent, url);
      return { ...resolved, url: graph.versioned(url) };
    },
    load: (url, context, next) => {
      const plain = ModuleGraph.plain(url);
      const known = pinned.at(url);
      if (known !== undefined) {
        const loaded = loadText(plain, known.text);
        if (loaded.format === "commonjs") pinned.isCommonJs(url);
        return loaded;
      }
      if (!isUserModule(plain)) return next(url, context);
      graph.loading(plain);
      return loadSource(
        plain,
        () => next(url, context),
        (format) => next(url, { ...context, format }),
      );
    },
  });
}

/** Whether a module is the user's own source: it is watched for changes, and its types are stripped. */
function isUserModule(url: string): boolean {
  return url.startsWith("file:") && url !== import.meta.url && !url.includes("/node_modules/");
}

type NextResolve = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

/** TypeScript is imported by the name of the JavaScript it would become, or by none: both are tried where nothing has the name given. */
function resolveSource(specifier: string, context: ResolveHookContext, next: NextResolve): ResolveFnOutput {
  try {
    return next(specifier, context);
  } catch (thrown) {
    if (!/^(\.\.?\/|\/|file:)/.test(specifier) || context.parentURL === undefined) throw thrown;
    const source = candidates(specifier)
      .slice(1)
      .find((candidate) => existsSync(new URL(candidate, context.parentURL)));
    if (source === undefined) throw thrown;
    return next(source, context);
  }
}

function loadSource(url: string, asNode: () => LoadFnOutput, as: (format: LoadHookContext["format"]) => LoadFnOutput): LoadFnOutput {
  const extension = /\.([mc]?[jt]s)(\?|$)/.exec(url)?.[1];
  if (extension === undefined || extension === "mjs" || extension === "cjs") return asNode();
  const source = readFileSync(fileURLToPath(url), "utf8");
  return extension === "js" && isCommonJs(source) ? as("commonjs") : loadText(url, source);
}

/** A module of this text, whatever the file says. */
function loadText(url: string, text: string): LoadFnOutput {
  const extension = /\.([mc]?[jt]s|json)$/.exec(url)?.[1] ?? "js";
  const source = extension.endsWith("ts") ? stripped(url, text) : text;
  return { format: formatOf(extension, source), source, shortCircuit: true };
}

function formatOf(extension: string, source: string): "json" | "commonjs" | "module" {
  if (extension === "json") return "json";
  return extension.startsWith("c") || (extension === "js" && isCommonJs(source)) ? "commonjs" : "module";
}

function stripped(url: string, text: string): string {
  const result = stripTypes(text, url);
  if (typeof result !== "string") throw new ModuleSyntaxError(url, result);
  return `${result}\n\n//# sourceURL=${url}`; // by its own name a debugger takes it for what was made of the file, and shows the file
}

/** Handlers are ES modules whatever `package.json` says; a helper that they import may still be an old CommonJS file. */
export function isCommonJs(source: string): boolean {
  return /\bmodule\.exports\b|\bexports\.\w|\brequire\s*\(/.test(source) && !/^\s*(import|export)\b/m.test(source);
}
