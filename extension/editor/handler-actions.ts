import * as vscode from "vscode";
import { fieldAt } from "../bridge/problem-field.js";
import type { GraphDocument } from "./graph-document.js";
import type { GraphDocuments } from "./graph-documents.js";
import { LANGUAGE } from "./graph-uri.js";

/** A quick fix for a handler that has no file, in the text of a graph. */
export class HandlerActions implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #documents: Pick<GraphDocuments, "get">;
  readonly #registration: vscode.Disposable;

  constructor(documents: Pick<GraphDocuments, "get">) {
    this.#documents = documents;
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#registration = vscode.languages.registerCodeActionsProvider({ language: LANGUAGE }, this, kinds);
  }

  provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, { diagnostics }: vscode.CodeActionContext): vscode.CodeAction[] {
    const missing = diagnostics.filter(({ code }) => code === "HANDLER_MISSING");
    const graph = missing.length === 0 ? undefined : this.#documents.get(document.uri);
    return missing.flatMap((diagnostic) => {
      const node = graph === undefined ? undefined : nodeAt(graph, document.offsetAt(diagnostic.range.start));
      if (node === undefined) return [];
      const title = vscode.l10n.t("Create the handler");
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { title, command: "patchbay.openHandler", arguments: [document.uri, node, { create: true }] };
      action.diagnostics = [diagnostic];
      action.isPreferred = true;
      return [action];
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** The node whose handler stands at a place of the text; the one that takes its place in a failure does not count. */
function nodeAt({ parsed, problems }: GraphDocument, offset: number): string | undefined {
  const node = problems.find(({ code, range }) => code === "HANDLER_MISSING" && range.start === offset)?.node;
  const entry = node === undefined ? undefined : parsed.ranges.nodes.get(node)?.value;
  if (entry === undefined) return undefined;
  return fieldAt(parsed.text.slice(entry.start, entry.end), offset - entry.start) === "handler" ? node : undefined;
}
