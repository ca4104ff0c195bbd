// Edits from the canvas, made to the text.
//
// 1. One edit at a time for a document, each made on the newest text: ids are permanent, so that an intent means the same on
//    a newer document, or is refused there.
// 2. An edit is one `WorkspaceEdit` of minimal text edits: one step of VS Code's undo.
import * as vscode from "vscode";
import { editDocument } from "../../runtime/document/edit.js";
import { lineEdits } from "../../runtime/document/line-edits.js";
import type { EditOutcome, Intent, TextEdit } from "../../runtime/document/intent.js";
import type { Decide } from "../../runtime/document/merge/conflicts.js";
import { resolveConflict } from "../../runtime/document/merge/resolve-conflict.js";
import type { RequestResult } from "../../webview/protocol/messages.js";
import type { GraphDocument } from "./graph-document.js";

const ATTEMPTS = 5;

type Reply = RequestResult<"graph/edit">;

/** Makes intents into text edits of a document. */
export class GraphEdits {
  readonly #last = new WeakMap<GraphDocument, Promise<unknown>>();

  /** Gives the document another text, changing as few lines as that takes: one step of undo. */
  replace(document: GraphDocument, text: string): Promise<Reply> {
    return this.#inTurn(document, () => applyNow(document, () => ({ ok: true, edits: lineEdits(document.text.getText(), text) })));
  }

  /** All of the intents, or none and the reason. The revision in the answer is the document's version that has them. */
  apply(document: GraphDocument, intents: readonly Intent[]): Promise<Reply> {
    return this.#inTurn(document, () => applyNow(document, () => editDocument(document.parsed, intents)));
  }

  /** Decides the conflict at a place, as one step of undo. */
  resolve(document: GraphDocument, at: string, take: Decide): Promise<Reply> {
    return this.#inTurn(document, () => applyNow(document, () => resolveConflict(document.text.getText(), at, take)));
  }

  #inTurn(document: GraphDocument, attempt: () => Promise<Reply>): Promise<Reply> {
    const done = (this.#last.get(document) ?? Promise.resolve()).then(attempt, attempt); // invariant 1
    this.#last.set(document, done);
    return done;
  }
}

async function applyNow(document: GraphDocument, edit: () => EditOutcome): Promise<Reply> {
  if (document.readOnly) return refused(vscode.l10n.t("This graph is read-only."));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = edit();
    if (!outcome.ok) return outcome;
    if (outcome.edits.length === 0) return { ok: true, revision: document.version };
    // VS Code refuses an edit that was made for a version that is no longer the newest; then it is made again.
    if (await vscode.workspace.applyEdit(toWorkspaceEdit(document.text, outcome.edits))) return { ok: true, revision: document.version };
  }
  return refused(vscode.l10n.t("The document kept changing while the edit was made."));
}

function toWorkspaceEdit(text: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const workspaceEdit = new vscode.WorkspaceEdit(); // invariant 2
  for (const edit of edits) {
    workspaceEdit.replace(text.uri, new vscode.Range(text.positionAt(edit.offset), text.positionAt(edit.offset + edit.length)), edit.text);
  }
  return workspaceEdit;
}

function refused(message: string): Reply {
  return { ok: false, code: "EDIT_REFUSED", message };
}
