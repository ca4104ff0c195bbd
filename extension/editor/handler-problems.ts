import { isAbsolute, join, relative } from "node:path";
import { readJson } from "../../runtime/document/json-reader.js";
import { memberOf } from "../../runtime/document/json-tree.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import type { NodeId } from "../../runtime/model/ids.js";
import type { Problem, TextRange } from "../../runtime/model/problem.js";

/** Where a document's handlers are looked for. */
export interface HandlerPlace {
  /** Folder of the document. */
  readonly directory: string;
  /** Folder that handlers must stay in. */
  readonly root: string;
}

/** Absolute path of the module that a `handler` names. */
export function handlerPath(directory: string, handler: string): string {
  return join(directory, handler.split("#", 1)[0] ?? "");
}

/** Name of the export that a `handler` names. */
export function handlerExport(handler: string): string {
  return handler.split("#", 2)[1] ?? "default";
}

/** Whether a path is inside a folder, as far as names tell. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && !isAbsolute(way) && way.split(/[\\/]/, 1)[0] !== "..";
}

/**
 * What is wrong with the files of a graph's handlers: gone, or outside the folder they must stay in. `exists` tells whether a
 * file is there, or undefined while that is not known.
 */
export function handlerProblems(
  parsed: ParsedDocument,
  place: HandlerPlace,
  exists: (path: string) => boolean | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of parsed.graph.nodes.values()) {
    if (node.kind !== "code") continue;
    const path = handlerPath(place.directory, node.handler);
    const found = isInside(place.root, path) ? checkFile(node.handler, exists(path)) : outside(node.handler);
    if (found !== undefined) problems.push({ severity: "warning", ...found, range: handlerRange(parsed, node.id), node: node.id });
  }
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}

type Found = Pick<Problem, "code" | "message">;

function checkFile(handler: string, exists: boolean | undefined): Found | undefined {
  return exists === false ? { code: "HANDLER_MISSING", message: `There is no file for the handler "${handler}".` } : undefined;
}

function outside(handler: string): Found {
  return { code: "HANDLER_OUTSIDE", message: `The handler "${handler}" is outside the folder of the workspace.` };
}

/** Where the handler is written, without its quotes. */
function handlerRange(parsed: ParsedDocument, node: NodeId): TextRange {
  const entry = parsed.ranges.nodes.get(node);
  if (entry === undefined) return { start: 0, end: 0 };
  const { start, end } = entry.value;
  const value = memberOf(readJson(parsed.text.slice(start, end)).root, "handler");
  return value === undefined ? entry.key : { start: start + value.start + 1, end: start + value.end - 1 };
}
