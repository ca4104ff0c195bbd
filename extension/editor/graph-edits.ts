// Edits from the canvas, made to the text.
//
// 1. One edit at a time for a document, each made on the newest text: ids are permanent, so that an intent means the same on
//    a newer document, or is refused there.
// 2. An edit is one `WorkspaceEdit` of minimal text edits: one step of VS Code's undo.
// 3. Of a chain of edits nothing is made that stands behind one that was refused: it was made on a graph that never was.
import * as vscode from "vscode";
import { editDocument } from "../../runtime/document/edit.js";
import { lineEdits } from "../../runtime/document/line-edits.js";
import type { EditOutcome, Intent } from "../../runtime/document/intent.js";
import type { Decide } from "../../runtime/document/merge/conflicts.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { resolveConflict } from "../../runtime/document/merge/resolve-conflict.js";
import type { RequestResult } from "../../webview/protocol/messages.js";
import type { GraphDocument } from "./graph-document.js";

const ATTEMPTS = 5;

type Reply = RequestResult<"graph/edit">;

/** A file that an edit brings with it. */
interface NewFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** What intents there are on the newest text, and the file that comes with them. */
export type Making =
  | Extract<EditOutcome, { ok: false }>
  | { readonly ok: true; readonly intents: readonly Intent[]; readonly create?: NewFile };

type Attempt = EditOutcome & { readonly create?: NewFile };

type Made = (before: string, after: string) => void;

/** Makes intents into text edits of a document. */
export class GraphEdits {
  readonly #last = new WeakMap<GraphDocument, Promise<unknown>>();
  /** Chains in which an edit was refused. */
  readonly #broken = new Set<number>();

  /** Gives the document another text, changing as few lines as that takes: one step of undo. */
  replace(document: GraphDocument, text: string): Promise<Reply> {
    return this.#inTurn(document, () => applyNow(document, () => ({ ok: true, edits: lineEdits(document.text.getText(), text) })));
  }

  /**
   * All of the intents, or none and the reason. The revision in the answer is the document's version that has them. `made` is told the
   * texts before and after, as edits that are sent behind one another see each other's.
   */
  apply(document: GraphDocument, intents: readonly Intent[], chain?: number, made?: Made): Promise<Reply> {
    return this.#inTurn(document, async () => {
      if (chain !== undefined && this.#broken.has(chain)) return refused(vscode.l10n.t("An edit before this one was refused.")); // invariant 3
      const before = made === undefined ? "" : document.text.getText();
      const reply = await applyNow(document, () => editDocument(document.parsed, intents, (path) => document.otherGraph(path)));
      if (reply.ok) made?.(before, document.text.getText());
      else if (chain !== undefined) this.#broken.add(chain);
      return reply;
    });
  }

  /** The intents for the newest text, and a file that is made with them: all of it or nothing, as one step of undo. */
  applyMaking(document: GraphDocument, make: (parsed: ParsedDocument) => Making): Promise<Reply> {
    return this.#inTurn(document, () => applyNow(document, () => attemptOf(document.parsed, make(document.parsed))));
  }

  /** Decides the conflict at a place, as one step of undo. */
  resolve(document: GraphDocument, at: string, take: Decide): Promise<Reply> {
    return this.#inTurn(document, () => applyNow(document, () => resolveConflict(document.text.getText(), at, take)));
  }

  /** Resolves when the edits that have arrived by now are made, or refused. */
  async settled(document: GraphDocument): Promise<void> {
    await this.#last.get(document)?.catch(() => undefined); // whoever asked for it is told
  }

  #inTurn(document: GraphDocument, attempt: () => Promise<Reply>): Promise<Reply> {
    const done = (this.#last.get(document) ?? Promise.resolve()).then(attempt, attempt); // invariant 1
    this.#last.set(document, done);
    return done;
  }
}

function attemptOf(parsed: ParsedDocument, making: Making): Attempt {
  if (!making.ok) return making;
  const outcome = editDocument(parsed, making.intents);
  return outcome.ok && making.create !== undefined ? { ...outcome, create: making.create } : outcome;
}

async function applyNow(document: GraphDocument, edit: () => Attempt): Promise<Reply> {
  if (document.readOnly) return refused(vscode.l10n.t("This graph is read-only."));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = edit();
    if (!outcome.ok) return outcome;
    if (outcome.edits.length === 0) return { ok: true, revision: document.version };
    // VS Code refuses an edit that was made for a version that is no longer the newest; then it is made again.
    if (await vscode.workspace.applyEdit(toWorkspaceEdit(document.text, outcome))) return { ok: true, revision: document.version };
  }
  return refused(vscode.l10n.t("The document kept changing while the edit was made."));
}

function toWorkspaceEdit(text: vscode.TextDocument, { edits, create }: Extract<Attempt, { ok: true }>): vscode.WorkspaceEdit {
  const workspaceEdit = new vscode.WorkspaceEdit(); // invariant 2
  if (create !== undefined) workspaceEdit.createFile(create.uri, { contents: Buffer.from(create.text) });
  for (const edit of edits) {
    workspaceEdit.replace(text.uri, new vscode.Range(text.positionAt(edit.offset), text.positionAt(edit.offset + edit.length)), edit.text);
  }
  return workspaceEdit;
}

function refused(message: string): Reply {
  return { ok: false, code: "EDIT_REFUSED", message };
}
