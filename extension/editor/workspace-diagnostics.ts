import * as vscode from "vscode";
import type { GraphResult } from "../../runtime/compile/workspace/workspace-graph.js";
import { positionAt } from "../../runtime/document/text.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { WorkspaceCompiles } from "../run/workspace-compiles.js";
import { diagnosticOf } from "./graph-diagnostics.js";
import type { GraphDocuments } from "./graph-documents.js";

/** Shows the problems of graphs that are not open, as they were when they were compiled last. */
export class WorkspaceDiagnostics implements Disposable {
  readonly #held = new DisposableStore();
  readonly #collection = this.#held.add(vscode.languages.createDiagnosticCollection("patchbay-workspace"));

  constructor(documents: GraphDocuments, compiles: WorkspaceCompiles) {
    this.#held.add(compiles.onDidCompile((result) => this.#publish(result)));
    this.#held.add(documents.onDidOpen(({ uri }) => this.#collection.delete(uri)));
  }

  dispose(): void {
    this.#held.dispose();
  }

  #publish({ graph, text, problems, error }: GraphResult): void {
    const place = (offset: number): vscode.Position => {
      const { line, column } = positionAt(text, offset);
      return new vscode.Position(line - 1, column - 1);
    };
    const found = problems.map((problem) => diagnosticOf(problem, place));
    if (error !== undefined) found.push(diagnosticOf({ ...error, severity: "error", range: { start: 0, end: 0 } }, place));
    this.#collection.set(vscode.Uri.file(graph), found);
  }
}
