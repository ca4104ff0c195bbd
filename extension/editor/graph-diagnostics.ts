import * as vscode from "vscode";
import type { Problem, Severity } from "../../runtime/model/problem.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { GraphDocument } from "./graph-document.js";
import type { GraphDocuments } from "./graph-documents.js";

/** Shows the problems of open graphs in the Problems panel, at their place. */
export class GraphDiagnostics implements Disposable {
  readonly #held = new DisposableStore();
  readonly #collection = this.#held.add(vscode.languages.createDiagnosticCollection("patchbay"));

  constructor(documents: GraphDocuments) {
    this.#held.add(documents.onDidOpen((document) => this.#watch(document)));
    this.#held.add(documents.onDidClose((document) => this.#collection.delete(document.uri)));
  }

  dispose(): void {
    this.#held.dispose();
  }

  #watch(document: GraphDocument): void {
    // An old version of a file, shown in a comparison, has nothing for anybody to fix.
    if (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return;
    document.onDidChangeProblems(() => this.#publish(document)); // ends with the document
    this.#publish(document);
  }

  #publish(document: GraphDocument): void {
    this.#collection.set(
      document.uri,
      document.problems.map((problem) => diagnosticOf(problem, (offset) => document.text.positionAt(offset))),
    );
  }
}

const levels: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** A problem as VS Code shows it; `place` finds offsets of its text. */
export function diagnosticOf(
  { range, message, severity, code }: Pick<Problem, "range" | "message" | "severity" | "code">,
  place: (offset: number) => vscode.Position,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(place(range.start), place(range.end)), message, levels[severity]);
  diagnostic.source = "patchbay";
  diagnostic.code = code;
  return diagnostic;
}
