import * as vscode from "vscode";
import type { Problem, Severity } from "../../runtime/model/problem.js";
import type { Clock } from "../../runtime/ports.js";
import { Coalescer } from "../coalescer.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { GraphDocument } from "./graph-document.js";
import type { GraphDocuments } from "./graph-documents.js";

const REFRESH_MS = 100;
/** What an edit leads to on the canvas comes first. */
const LATER_MS = 50;

/** Shows the problems of open graphs in the Problems panel, at their place. */
export class GraphDiagnostics implements Disposable {
  readonly #held = new DisposableStore();
  readonly #collection = this.#held.add(vscode.languages.createDiagnosticCollection("patchbay"));
  readonly #clock: Clock;
  readonly #publishing = new Map<GraphDocument, Coalescer>();

  constructor(documents: GraphDocuments, clock: Clock) {
    this.#clock = clock;
    this.#held.add(documents.onDidOpen((document) => this.#watch(document)));
    this.#held.add(documents.onDidClose((document) => this.#leave(document)));
    this.#held.defer(() => this.#publishing.forEach((publishing) => publishing.dispose()));
  }

  dispose(): void {
    this.#held.dispose();
  }

  #watch(document: GraphDocument): void {
    const publishing = new Coalescer(this.#clock, REFRESH_MS, () => this.#publish(document), LATER_MS);
    this.#publishing.set(document, publishing);
    document.onDidChangeProblems(() => publishing.request()); // ends with the document
    this.#publish(document);
  }

  #leave(document: GraphDocument): void {
    this.#publishing.get(document)?.dispose();
    this.#publishing.delete(document);
    this.#collection.delete(document.uri);
  }

  #publish(document: GraphDocument): void {
    if (document.problems.length === 0) return this.#collection.delete(document.uri);
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
