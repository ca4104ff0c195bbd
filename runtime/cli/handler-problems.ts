import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import type { ParsedDocument } from "../document/parsed-document.js";
import type { CodeNode } from "../model/graph.js";
import type { Problem, TextRange } from "../model/problem.js";
import { resolveHandlerPath } from "../platform/handler-path.js";
import { exportsOf } from "./module-exports.js";

/** Code nodes whose module is missing, lies outside of the workspace, or lacks the export: what parsing alone cannot see. */
export function handlerProblems(document: ParsedDocument, folder: string, workspace: string): readonly Problem[] {
  const faults = [...document.graph.nodes.values()].flatMap((node) => {
    const fault = node.kind === "code" ? faultOf(node, folder, workspace) : undefined;
    return fault === undefined ? [] : [{ node: node.id, fault }];
  });
  if (faults.length === 0) return [];
  const place = handlerPlaces(document);
  return faults.map(({ node, fault }) => ({ severity: "error", code: fault.code, message: fault.message, range: place(node), node }));
}

type Fault = Pick<Problem, "code" | "message">;

function faultOf(node: CodeNode, folder: string, workspace: string): Fault | undefined {
  const [path = "", name = "default"] = node.handler.split("#");
  const module = resolveHandlerPath(resolve(folder, path), workspace);
  if (!module.ok) return module.error;
  const file = fileURLToPath(module.url);
  const exported = exportsOf(readFileSync(file, "utf8"), file);
  if (exported === undefined || exported.has(name)) return undefined;
  const wanted = name === "default" ? "default export" : `export "${name}"`;
  return { code: "HANDLER_EXPORT", message: `The handler ${path} has no ${wanted}.` };
}

function handlerPlaces(document: ParsedDocument): (node: string) => TextRange {
  const root = parseTree(document.text, [], { allowTrailingComma: true });
  return (node) => {
    const found = root === undefined ? undefined : findNodeAtLocation(root, ["nodes", node, "handler"]);
    if (found !== undefined) return { start: found.offset, end: found.offset + found.length };
    return document.ranges.nodes.get(node)?.value ?? { start: 0, end: 0 };
  };
}
