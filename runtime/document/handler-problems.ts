import type { ErrorInfo } from "../errors.js";
import { handlerOf } from "../model/graph.js";
import { handlerName } from "../model/handler-name.js";
import type { NodeId } from "../model/ids.js";
import type { Problem, TextRange } from "../model/problem.js";
import { readJson } from "./json-reader.js";
import { memberOf, type JsonNode } from "./json-tree.js";
import type { ParsedDocument } from "./parsed-document.js";

/** What is known of a handler's module; `exports` is absent where its text leaves a doubt. */
export type HandlerModule = { readonly found: "missing" | "outside" } | { readonly found: "file"; readonly exports?: ReadonlySet<string> };

/**
 * What is wrong with the modules of a graph's handlers, in the order of the text: gone, outside the folder that they must stay
 * in, or without the export. `look` is given the path that the document names; it answers undefined while it does not know.
 */
export function handlerProblems(document: ParsedDocument, look: (path: string) => HandlerModule | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, HandlerModule | undefined>(); // many nodes name the same few modules
  for (const { handler, at, place, forms } of handlersOf(document)) {
    const { path, exportName } = handlerName(handler);
    if (!seen.has(path)) seen.set(path, look(path));
    const fault = faultOf(path, forms.get(exportName) ?? [exportName], seen.get(path));
    if (fault !== undefined) problems.push({ severity: "error", ...fault, range: handlerRange(document, ...at), ...place });
  }
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}

/** Warnings for modules that cannot be loaded as they are, so that an earlier version stays in force; `fault` is given the path. */
export function handlerFaults(document: ParsedDocument, fault: (path: string) => ErrorInfo | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { handler, at, place } of handlersOf(document)) {
    const { path } = handlerName(handler);
    const found = fault(path);
    if (found === undefined) continue;
    const message = `The handler "${path}" cannot be loaded. ${found.message}`;
    problems.push({ severity: "warning", code: found.code, message, range: handlerRange(document, ...at), ...place });
  }
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}

/** A handler that the graph names, and where. */
interface NamedHandler {
  readonly handler: string;
  readonly at: readonly [section: "nodes" | "channels", entry: string, ...path: string[]];
  readonly place: { readonly node?: NodeId };
  /** Export -> what may stand in for it. */
  readonly forms: ReadonlyMap<string, readonly string[]>;
}

/** A handler in parts exports `exec`, and no default. */
const inParts: ReadonlyMap<string, readonly string[]> = new Map([["default", ["default", "exec"]]]);

function handlersOf({ graph }: ParsedDocument): readonly NamedHandler[] {
  const named: NamedHandler[] = [];
  graph.nodes.forEach((node, id) => {
    const own = handlerOf(node);
    if (own !== undefined) named.push({ handler: own, at: ["nodes", id, "handler"], place: { node: id }, forms: inParts });
    if (node.fallback?.type !== "handler") return;
    named.push({ handler: node.fallback.handler, at: ["nodes", id, "fallback"], place: { node: id }, forms: inParts });
  });
  for (const { name, fold } of graph.channels.values()) {
    if (fold === undefined) continue;
    named.push({ handler: fold.handler, at: ["channels", name, "reducer", "handler"], place: {}, forms: new Map() });
  }
  return named;
}

function faultOf(
  path: string,
  [exportName = "default", ...others]: readonly string[],
  module: HandlerModule | undefined,
): Pick<Problem, "code" | "message"> | undefined {
  switch (module?.found) {
    case undefined:
      return undefined;
    case "missing":
      return { code: "HANDLER_MISSING", message: `There is no file for the handler "${path}".` };
    case "outside":
      return { code: "HANDLER_OUTSIDE", message: `The handler "${path}" is outside the folder of the workspace.` };
    case "file":
      if (module.exports === undefined || [exportName, ...others].some((name) => module.exports?.has(name))) return undefined;
      return noExport(path, exportName);
  }
}

function noExport(path: string, exportName: string): Pick<Problem, "code" | "message"> {
  const wanted = exportName === "default" ? "default export" : `export "${exportName}"`;
  return { code: "HANDLER_EXPORT", message: `The handler "${path}" has no ${wanted}.` };
}

/** Where the handler is written, without its quotes. */
function handlerRange(document: ParsedDocument, section: "nodes" | "channels", id: string, ...path: readonly string[]): TextRange {
  const entry = document.ranges[section].get(id);
  if (entry === undefined) return { start: 0, end: 0 };
  const { start, end } = entry.value;
  let value: JsonNode | undefined = readJson(document.text.slice(start, end)).root;
  for (const key of path) value = memberOf(value, key);
  return value === undefined ? entry.key : { start: start + value.start + 1, end: start + value.end - 1 };
}
