import { existsSync, readFileSync } from "node:fs";
import { type LoadFnOutput, type LoadHookContext, registerHooks, type ResolveFnOutput, type ResolveHookContext } from "node:module";
import { fileURLToPath } from "node:url";
import { ModuleGraph } from "./module-graph.js";
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

/** Makes this process load the user's TypeScript, and follow in `graph` what imports what. Packages are left to Node.js. */
export function installModuleHooks(graph: ModuleGraph): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = resolveSource(specifier, context, next);
      const url = ModuleGraph.plain(resolved.url);
      if (!isUserModule(url)) return resolved;
      const parent = context.parentURL === undefined ? undefined : ModuleGraph.plain(context.parentURL);
      if (parent !== undefined && parent !== import.meta.url && isUserModule(parent)) graph.link(parent, url);
      return { ...resolved, url: graph.versioned(url) };
    },
    load: (url, context, next) => {
      const plain = ModuleGraph.plain(url);
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
    const source = candidates(specifier).find((candidate) => existsSync(new URL(candidate, context.parentURL)));
    if (source === undefined) throw thrown;
    return next(source, context);
  }
}

function candidates(specifier: string): string[] {
  const [, stem = "", kind = ""] = /^(.*)\.([mc]?)js$/.exec(specifier) ?? [];
  if (stem !== "") return [`${stem}.${kind}ts`];
  return [`${specifier}.ts`, `${specifier}.js`, `${specifier}/index.ts`, `${specifier}/index.js`];
}

function loadSource(url: string, asNode: () => LoadFnOutput, as: (format: LoadHookContext["format"]) => LoadFnOutput): LoadFnOutput {
  const extension = /\.([mc]?[jt]s)(\?|$)/.exec(url)?.[1];
  if (extension === undefined || extension === "mjs" || extension === "cjs") return asNode();
  const source = readFileSync(fileURLToPath(url), "utf8");
  if (extension === "js") return isCommonJs(source) ? as("commonjs") : { format: "module", source, shortCircuit: true };
  const stripped = stripTypes(source, url);
  if (typeof stripped !== "string") throw new ModuleSyntaxError(url, stripped);
  return { format: extension === "cts" ? "commonjs" : "module", source: stripped, shortCircuit: true };
}

/** Handlers are ES modules whatever `package.json` says; a helper that they import may still be an old CommonJS file. */
function isCommonJs(source: string): boolean {
  return /\bmodule\.exports\b|\bexports\.\w|\brequire\s*\(/.test(source) && !/^\s*(import|export)\b/m.test(source);
}
