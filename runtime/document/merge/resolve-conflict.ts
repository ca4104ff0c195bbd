import type { EditOutcome } from "../intent.js";
import { wholeDocument } from "../whole-document.js";
import { decided, openConflicts, placeOf, type Decide } from "./conflicts.js";
import type { Conflict } from "./merge-values.js";
import { rewriteDocument } from "./rewrite-document.js";

/** A conflict, and where it is in the text. */
export interface PlacedConflict extends Conflict {
  readonly range: { readonly start: number; readonly end: number };
}

/** The conflicts of a document's text. */
export function conflictsIn(text: string): readonly PlacedConflict[] {
  const whole = wholeDocument(text);
  if (whole === undefined) return [];
  return openConflicts(whole.json).map((conflict) => ({ ...conflict, range: placeOf(whole.root, conflict).range }));
}

/** The edits that decide the conflict at a place; refused where there is none. */
export function resolveConflict(text: string, at: string, take: Decide): EditOutcome {
  const whole = wholeDocument(text);
  const conflict = whole === undefined ? undefined : openConflicts(whole.json).find((each) => each.at === at);
  if (whole === undefined || conflict === undefined)
    return { ok: false, code: "EDIT_REFUSED", message: "The conflict is not there any more." };
  return { ok: true, edits: rewriteDocument(text, whole.root, decided(whole.json, conflict, take)) };
}
