import { isObject } from "../../model/json.js";
import type { EditOutcome } from "../intent.js";
import { readJson } from "../json-reader.js";
import { toJson, type ObjectNode } from "../json-tree.js";
import { decided, openConflicts, placeOf, type Decide } from "./conflicts.js";
import type { Conflict } from "./merge-values.js";
import { rewriteDocument } from "./rewrite-document.js";

/** A conflict, and where it is in the text. */
export interface PlacedConflict extends Conflict {
  readonly range: { readonly start: number; readonly end: number };
}

/** The conflicts of a document's text. */
export function conflictsIn(text: string): readonly PlacedConflict[] {
  const root = rootOf(text);
  const json = root === undefined ? undefined : toJson(root);
  if (root === undefined || !isObject(json)) return [];
  return openConflicts(json).map((conflict) => ({ ...conflict, range: placeOf(root, conflict).range }));
}

/** The edits that decide the conflict at a place; refused where there is none. */
export function resolveConflict(text: string, at: string, take: Decide): EditOutcome {
  const root = rootOf(text);
  const json = root === undefined ? undefined : toJson(root);
  const conflict = isObject(json) ? openConflicts(json).find((each) => each.at === at) : undefined;
  if (root === undefined || !isObject(json) || conflict === undefined)
    return { ok: false, code: "EDIT_REFUSED", message: "The conflict is not there any more." };
  return { ok: true, edits: rewriteDocument(text, root, decided(json, conflict, take)) };
}

function rootOf(text: string): ObjectNode | undefined {
  const { root, problems } = readJson(text);
  return root?.type === "object" && root.closed && problems.length === 0 ? root : undefined;
}
