import type { TextRange } from "../model/problem.js";
import type { LocalProblem } from "./reading.js";

const ABSOLUTE = /^([/\\]|[A-Za-z]:[/\\])/;
const URL_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]+:/;

/** A handler is named by a path from the document; whether the file is there is for those who can look. */
export function checkHandlerPath(handler: string, at: TextRange | undefined): readonly LocalProblem[] {
  if (at === undefined || !(ABSOLUTE.test(handler) || URL_SCHEME.test(handler))) return [];
  const message = `The handler "${handler}" must be a path from this document, such as "./nodes/x.ts".`;
  return [{ severity: "error", code: "HANDLER_OUTSIDE", message, range: { start: at.start, end: at.end } }];
}
