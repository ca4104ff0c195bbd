// Conflicts of a merge in the document itself: the list `conflicts`, each with its place and what theirs has there; ours is in the place. A
// document with conflicts stays one that can be read, drawn and edited, and cannot run.
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import { keysOf } from "../../model/json-pointer.js";
import { previewJson } from "../../model/preview-json.js";
import type { Problem } from "../../model/problem.js";
import { memberOf, propertyOf, toJson, type JsonNode, type ObjectNode } from "../json-tree.js";
import { ownerOf, type ProblemList } from "../problem-list.js";
import type { Conflict } from "./merge-values.js";

/** The field of a document that has them. */
export const CONFLICTS = "conflicts";

/** A value is told by so many characters of it. */
const LONGEST = 60;

/** Those that a document has. */
export function openConflicts(document: JsonObject): readonly Conflict[] {
  const listed = document[CONFLICTS];
  if (!Array.isArray(listed)) return [];
  return (listed as readonly JsonValue[]).filter(isConflict);
}

/** Reports the conflicts of a document, each at its place: the innermost part of it that is there. */
export function reportConflicts(root: ObjectNode, problems: ProblemList): void {
  const list = memberOf(root, CONFLICTS);
  if (list === undefined) return;
  if (list.type !== "array") return addWrong(list, problems);
  for (const item of list.items) {
    const conflict = toJson(item);
    if (!isConflict(conflict)) addWrong(item, problems);
    else problems.add({ severity: "error", code: "MERGE_CONFLICT", message: messageOf(conflict), ...placeOf(root, conflict) });
  }
}

/** How a conflict is decided: what is there stays, or becomes what one of the sides has, or what was before. */
export type Decide = "here" | "ours" | "theirs" | "base";

/** A document in which one conflict was decided. */
export function decided(document: JsonObject, conflict: Conflict, take: Decide): JsonObject {
  const left = openConflicts(document).filter(({ at }) => at !== conflict.at);
  const { [CONFLICTS]: _all, ...rest } = document;
  const listed = left.length === 0 ? rest : { ...rest, [CONFLICTS]: left as unknown as JsonValue };
  return take === "here" ? listed : replaced(listed, keysOf(conflict.at), conflict[take]);
}

function replaced(object: JsonObject, [key, ...keys]: readonly string[], value: JsonValue | undefined): JsonObject {
  if (key === undefined) return object;
  const inner = object[key];
  const made = keys.length === 0 ? value : replaced(isObject(inner) ? inner : {}, keys, value);
  if (made !== undefined) return { ...object, [key]: made };
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** Where a conflict is in the text, and what it is drawn on. */
export function placeOf(root: ObjectNode, { at }: Conflict): Pick<Problem, "range" | "node" | "edge"> {
  const keys = keysOf(at);
  let [object, origin]: [JsonNode, number] = [root, 0];
  let range = { start: root.start, end: root.start + 1 };
  for (const key of keys) {
    const property = propertyOf(object, key);
    if (property?.value === undefined) break;
    [object, origin] = [property.value, origin + property.shift];
    range = { start: origin + object.start, end: origin + object.end };
  }
  return { range, ...ownerOf(keys[0], keys[1]) };
}

function messageOf({ at, base, ours, theirs }: Conflict): string {
  const said = (value: JsonValue | undefined): string => (value === undefined ? "nothing" : previewJson(value, LONGEST));
  return `Both sides of the merge changed ${keysOf(at).join(".")}: here it is ${said(ours)}, on the other side ${said(theirs)}; it was ${said(base)}.`;
}

function addWrong({ start, end }: JsonNode, problems: ProblemList): void {
  const message = "`conflicts` lists what a merge left to decide: objects with `at`, `base`, `ours` and `theirs`. Remove it.";
  problems.add({ severity: "error", code: "DOCUMENT_SHAPE", message, range: { start, end } });
}

function isConflict(value: JsonValue): value is JsonValue & Conflict {
  return isObject(value) && typeof value["at"] === "string" && value["at"].startsWith("/");
}
