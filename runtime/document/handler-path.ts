import type { TextRange } from "../model/problem.js";
import type { LocalProblem } from "./reading.js";

const ABSOLUTE = /^([/\\]|[A-Za-z]:[/\\])/;
const URL_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]+:/;

/** Another graph is named by a path from the document, too. */
export function checkGraphPath(graph: string, at: TextRange | undefined): readonly LocalProblem[] {
  if (at === undefined) return [];
  const range = { start: at.start, end: at.end };
  if (graph === "") return [{ severity: "error", code: "DOCUMENT_SHAPE", message: "`graph` must be the path of another document.", range }];
  if (!(ABSOLUTE.test(graph) || URL_SCHEME.test(graph))) return [];
  const message = `The graph "${graph}" must be a path from this document, such as "./review.patchbay.json".`;
  return [{ severity: "error", code: "GRAPH_OUTSIDE", message, range }];
}

/** A handler is named by a path from the document; whether the file is there is for those who can look. */
export function checkHandlerPath(handler: string, at: TextRange | undefined): readonly LocalProblem[] {
  if (at === undefined || !(ABSOLUTE.test(handler) || URL_SCHEME.test(handler))) return [];
  const message = `The handler "${handler}" must be a path from this document, such as "./nodes/x.ts".`;
  return [{ severity: "error", code: "HANDLER_OUTSIDE", message, range: { start: at.start, end: at.end } }];
}
