// Three-way merge of graphs by their ids: what one side changed of a node, an edge, a channel is taken, wherever it stands in the text.
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import type { Problem } from "../../model/problem.js";
import { parseDocument } from "../parse.js";
import { applyEdits } from "../text.js";
import { wholeDocument } from "../whole-document.js";
import { CONFLICTS, openConflicts } from "./conflicts.js";
import { preferInGroups, withoutStrayMembers } from "./merge-groups.js";
import { mergeValues, type Conflict, type Prefer } from "./merge-values.js";
import { rewriteDocument } from "./rewrite-document.js";
import { sectionOf, toldApart, type Renamed } from "./tell-apart.js";

/** The texts of a graph: as both sides had it, and as each made it. */
export interface Texts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** A merged graph. */
export interface MergedDocument {
  /** Ours with what theirs changed; conflicts are in it, as a list that the document names. */
  readonly text: string;
  readonly conflicts: readonly Conflict[];
  /** What theirs added under ids that ours gave to something else. */
  readonly renamed: readonly Renamed[];
  /** Errors that neither side had by itself: such as an edge of theirs to a node that ours deleted. */
  readonly problems: readonly Problem[];
}

/** Merges graphs. Undefined where one of the texts is no whole JSON object: then there is nothing to merge by. */
export function mergeDocuments({ base, ours, theirs }: Texts): MergedDocument | undefined {
  const own = wholeDocument(ours);
  const other = wholeDocument(theirs);
  const common = base.trim() === "" ? {} : wholeDocument(base)?.json;
  if (own === undefined || other === undefined || common === undefined) return undefined;
  const told = base.trim() === "" ? { theirs: other.json, renamed: [] } : toldApart({ base: common, ours: own.json, theirs: other.json });
  const before = openConflicts(own.json);
  const { value, conflicts } = mergeValues({ base: common, ours: own.json, theirs: told.theirs }, prefer);
  const merged = withoutStrays(isObject(value) ? value : own.json, own.json, told.theirs);
  const all = [...before, ...conflicts];
  const json = all.length === 0 ? merged : { ...merged, [CONFLICTS]: all as unknown as JsonValue };
  const text = applyEdits(ours, rewriteDocument(ours, own.root, json, told.theirs));
  return { text, conflicts: all, renamed: told.renamed, problems: newErrors(text, ours, theirs) };
}

/** Where a node stands means nothing: of two moves ours counts. */
const prefer: Prefer = (at, sides) => {
  if (!at.startsWith("/layout/")) return preferInGroups(at, sides);
  return sides.ours === undefined ? "theirs" : "ours";
};

/** What is deleted has no place and is in no group, though the other side moved it. */
function withoutStrays(document: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject {
  const placed = { ...sectionOf(document, "nodes"), ...sectionOf(document, "notes") };
  const merged = withoutStrayMembers(document, ours, theirs);
  const layout = merged["layout"];
  if (!isObject(layout)) return merged;
  const known = sectionOf(ours, "layout");
  const kept = Object.entries(layout).filter(([id]) => id.startsWith("@") || Object.hasOwn(placed, id) || Object.hasOwn(known, id));
  return { ...merged, layout: Object.fromEntries(kept) };
}

function newErrors(merged: string, ...sides: readonly string[]): readonly Problem[] {
  const known = new Set(sides.flatMap((text) => errorsOf(text).map(({ code, message }) => `${code} ${message}`)));
  return errorsOf(merged).filter(({ code, message }) => code !== "MERGE_CONFLICT" && !known.has(`${code} ${message}`));
}

function errorsOf(text: string): readonly Problem[] {
  return parseDocument(text).problems.filter(({ severity }) => severity === "error");
}
