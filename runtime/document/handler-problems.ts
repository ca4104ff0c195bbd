import type { NodeDef } from "../model/graph.js";
import { handlerName } from "../model/handler-name.js";
import type { NodeId } from "../model/ids.js";
import type { Problem, TextRange } from "../model/problem.js";
import { readJson } from "./json-reader.js";
import { memberOf } from "./json-tree.js";
import type { ParsedDocument } from "./parsed-document.js";

/** What is known of a handler's module; `exports` is absent where its text leaves a doubt. */
export type HandlerModule = { readonly found: "missing" | "outside" } | { readonly found: "file"; readonly exports?: ReadonlySet<string> };

/**
 * What is wrong with the modules of a graph's handlers, in the order of the text: gone, outside the folder that they must stay
 * in, or without the export. `look` is given the path that the document names; it answers undefined while it does not know.
 */
export function handlerProblems(document: ParsedDocument, look: (path: string) => HandlerModule | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of document.graph.nodes.values()) {
    for (const [field, handler] of handlersOf(node)) {
      const { path, exportName } = handlerName(handler);
      const fault = faultOf(path, exportName, look(path));
      if (fault !== undefined) problems.push({ severity: "error", ...fault, range: handlerRange(document, node.id, field), node: node.id });
    }
  }
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}

/** Field -> handler that it names. */
function handlersOf(node: NodeDef): readonly (readonly [field: string, handler: string])[] {
  return [
    ...(node.kind === "code" || node.kind === "map" ? [["handler", node.handler] as const] : []),
    ...(node.fallback?.type === "handler" ? [["fallback", node.fallback.handler] as const] : []),
  ];
}

function faultOf(path: string, exportName: string, module: HandlerModule | undefined): Pick<Problem, "code" | "message"> | undefined {
  switch (module?.found) {
    case undefined:
      return undefined;
    case "missing":
      return { code: "HANDLER_MISSING", message: `There is no file for the handler "${path}".` };
    case "outside":
      return { code: "HANDLER_OUTSIDE", message: `The handler "${path}" is outside the folder of the workspace.` };
    case "file":
      return module.exports === undefined || hasHandler(module.exports, exportName) ? undefined : noExport(path, exportName);
  }
}

/** A handler in parts exports `exec`, and no default. */
function hasHandler(exports: ReadonlySet<string>, exportName: string): boolean {
  return exports.has(exportName) || (exportName === "default" && exports.has("exec"));
}

function noExport(path: string, exportName: string): Pick<Problem, "code" | "message"> {
  const wanted = exportName === "default" ? "default export" : `export "${exportName}"`;
  return { code: "HANDLER_EXPORT", message: `The handler "${path}" has no ${wanted}.` };
}

/** Where the handler is written, without its quotes. */
function handlerRange(document: ParsedDocument, node: NodeId, field: string): TextRange {
  const entry = document.ranges.nodes.get(node);
  if (entry === undefined) return { start: 0, end: 0 };
  const { start, end } = entry.value;
  const value = memberOf(readJson(document.text.slice(start, end)).root, field);
  return value === undefined ? entry.key : { start: start + value.start + 1, end: start + value.end - 1 };
}
