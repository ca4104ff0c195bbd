import type { ErrorInfo } from "../errors.js";
import type { Problem } from "../model/problem.js";
import { graphProblems, type OtherGraph } from "./graph-problems.js";
import { handlerFaults, handlerProblems, type HandlerModule } from "./handler-problems.js";
import type { ParsedDocument } from "./parsed-document.js";

/** What is known of the files that a document names, by the paths that it names them with. */
export interface NamedFiles {
  /** Undefined while it is not known. */
  handler(path: string): HandlerModule | undefined;
  /** Why a module as it was saved does not take the place of the version in force. */
  fault(path: string): ErrorInfo | undefined;
  graph(path: string): OtherGraph;
}

/** What only the files that a document names can tell. Of a handler that is wrong in itself, that is told and no more. */
export function fileProblems(document: ParsedDocument, files: NamedFiles): readonly Problem[] {
  const handlers = handlerProblems(document, (path) => files.handler(path));
  const told = new Set(handlers.map(({ range }) => range.start));
  const faults = handlerFaults(document, (path) => files.fault(path)).filter(({ range }) => !told.has(range.start));
  return [...handlers, ...faults, ...graphProblems(document, (path) => files.graph(path))];
}
