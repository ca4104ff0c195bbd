import * as vscode from "vscode";
import { conflictsIn } from "../../runtime/document/merge/resolve-conflict.js";
import { waysOf } from "./conflict-text.js";
import { LANGUAGE } from "./graph-uri.js";

/** Quick fixes for what a merge left to decide, in the text of a graph. */
export class ConflictActions implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;

  constructor() {
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#registration = vscode.languages.registerCodeActionsProvider({ language: LANGUAGE }, this, kinds);
  }

  provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, { diagnostics }: vscode.CodeActionContext): vscode.CodeAction[] {
    const marked = diagnostics.filter(({ code }) => code === "MERGE_CONFLICT");
    if (marked.length === 0) return [];
    const conflicts = conflictsIn(document.getText());
    return marked.flatMap((diagnostic) => {
      const at = document.offsetAt(diagnostic.range.start);
      return conflicts
        .filter(({ range }) => range.start === at)
        .flatMap((conflict) =>
          waysOf(conflict).map(({ take, title, value }) => {
            const action = new vscode.CodeAction(value === "" ? title : `${title}: ${value}`, vscode.CodeActionKind.QuickFix);
            action.command = { title, command: "patchbay.resolveConflict", arguments: [document.uri, conflict.at, take] };
            action.diagnostics = [diagnostic];
            return action;
          }),
        );
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
