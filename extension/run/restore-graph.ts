import type { GraphEdits } from "../editor/graph-edits.js";
import type { GraphDocument } from "../editor/graph-document.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { GraphSession } from "./graph-session.js";

/**
 * Makes a text of then the document's, as one step of undo, and waits until its plan is in force. Throws `EDIT_REFUSED` for a document that
 * cannot be written, and `PLAN_INVALID` for a text that this version cannot compile; the text is the document's then all the same.
 */
export async function restoreGraph(session: GraphSession, document: GraphDocument, edits: GraphEdits, text: string): Promise<void> {
  const reply = await edits.replace(document, text);
  if (!reply.ok) throw new PatchbayError("EDIT_REFUSED", reply.message);
  const { compiler } = session;
  await compiler.compileNow();
  // What the strategy of the document refuses has been in force before.
  if (compiler.stale) await compiler.forceRecompile();
  if (compiler.stale) throw new PatchbayError("PLAN_INVALID", "The graph of then cannot be compiled any more.");
}
