import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { GraphDocuments } from "../editor/graph-documents.js";
import { LANGUAGE } from "../editor/graph-uri.js";
import { channelsNamed, evaluatableAt, type Evaluatable } from "./text-expressions.js";

/** While a run is debugged: values of channels behind the lines of a graph's text that name them, and in hovers. */
export class ValuesInText implements vscode.InlineValuesProvider, vscode.EvaluatableExpressionProvider, Disposable {
  readonly #documents: Pick<GraphDocuments, "get">;
  readonly #held = new DisposableStore();

  constructor(documents: Pick<GraphDocuments, "get">) {
    this.#documents = documents;
    this.#held.add(vscode.languages.registerInlineValuesProvider({ language: LANGUAGE }, this));
    this.#held.add(vscode.languages.registerEvaluatableExpressionProvider({ language: LANGUAGE }, this));
  }

  /** One value for a channel on a line, however often it is named there. */
  provideInlineValues(text: vscode.TextDocument, viewPort: vscode.Range): vscode.InlineValue[] {
    const document = this.#documents.get(text.uri);
    if (document === undefined) return [];
    const within = { start: text.offsetAt(viewPort.start), end: text.offsetAt(viewPort.end) };
    const values = new Map<string, vscode.InlineValue>();
    for (const named of channelsNamed(document.parsed, within)) {
      const range = rangeIn(text, named);
      const key = `${range.start.line} ${named.expression}`;
      if (!values.has(key)) values.set(key, new vscode.InlineValueEvaluatableExpression(range, named.expression));
    }
    return [...values.values()];
  }

  provideEvaluatableExpression(text: vscode.TextDocument, position: vscode.Position): vscode.EvaluatableExpression | undefined {
    const document = this.#documents.get(text.uri);
    const found = document === undefined ? undefined : evaluatableAt(document.parsed, text.offsetAt(position));
    return found === undefined ? undefined : new vscode.EvaluatableExpression(rangeIn(text, found), found.expression);
  }

  dispose(): void {
    this.#held.dispose();
  }
}

function rangeIn(text: vscode.TextDocument, { start, end }: Evaluatable): vscode.Range {
  return new vscode.Range(text.positionAt(start), text.positionAt(end));
}
