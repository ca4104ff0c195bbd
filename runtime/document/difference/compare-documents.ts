// How two revisions of a graph differ, for people: all that their documents say, by the ids of its entries, the places of nodes and notes apart
// from what nodes mean. What a difference costs to compile is said elsewhere, of the graphs (`compile/diff.ts`).
import { comparedSections, type ComparedSection, type Mark } from "../../model/difference.js";
import { END, START } from "../../model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import { sectionOf } from "../merge/tell-apart.js";
import { sameJson } from "../same-json.js";
import { differingFields, own, sides, type FieldDifference } from "./fields.js";

/** Sections whose entries have a place in the layout. Ids are of one of them alone. */
const placed: ReadonlySet<string> = new Set<ComparedSection>(["nodes", "notes"]);

/** An entry of a section that differs. `@start` and `@end` count as nodes: they can be moved. */
export interface EntryDifference {
  readonly section: ComparedSection;
  readonly id: string;
  /** Never empty. */
  readonly marks: readonly Mark[];
  /** The entry on each side; absent where it has none. */
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  /** What differs of an entry that both sides have. */
  readonly fields: readonly FieldDifference[];
  /** Where a node or note stands, if that differs; a side without a place has none written. */
  readonly place?: Pick<FieldDifference, "before" | "after">;
}

/** All in which two documents differ. */
export interface Difference {
  /** Section by section, in the order of the newer document, what it lost behind. */
  readonly entries: readonly EntryDifference[];
  /** What differs outside of those sections: title, settings. */
  readonly settings: readonly FieldDifference[];
  /** Nodes that both have come in another order: tasks of one superstep write in it. */
  readonly reordered: boolean;
}

/** Compares two documents. Formatting, comments and the order of anything but nodes do not count. */
export function compareDocuments(before: JsonObject, after: JsonObject): Difference {
  const rest = (document: JsonObject): JsonObject => withoutSections(document, [before, after]);
  const entries = comparedSections.flatMap((section) => (isSection(section, before, after) ? compareSection(section, before, after) : []));
  return { entries, settings: differingFields(rest(before), rest(after)), reordered: isReordered(before, after) };
}

/** Whether two documents say the same. */
export function isSame({ entries, settings, reordered }: Difference): boolean {
  return entries.length + settings.length === 0 && !reordered;
}

function compareSection(section: EntryDifference["section"], before: JsonObject, after: JsonObject): readonly EntryDifference[] {
  const [old, now] = [sectionOf(before, section), sectionOf(after, section)];
  const ids = [...new Set([...(section === "nodes" ? [START, END] : []), ...Object.keys(now), ...Object.keys(old)])];
  return ids.flatMap((id) => {
    const entry = { section, id, ...sides(own(old, id), own(now, id)) };
    return compareEntry(entry, placed.has(section) ? placeOf(id, before, after) : undefined);
  });
}

function compareEntry(
  entry: Pick<EntryDifference, "section" | "id" | "before" | "after">,
  place: EntryDifference["place"],
): readonly EntryDifference[] {
  const { before, after } = entry;
  const isOfBoth = (before === undefined) === (after === undefined);
  const fields = isOfBoth ? differingFields(before, after) : [];
  const marks: readonly Mark[] = isOfBoth ? marksOf(fields, place !== undefined) : [before === undefined ? "added" : "removed"];
  if (marks.length === 0) return [];
  return [{ ...entry, marks, fields, ...(place === undefined ? {} : { place }) }];
}

function marksOf(fields: readonly FieldDifference[], moved: boolean): readonly Mark[] {
  const isLabel = ({ path }: FieldDifference): boolean => path.length === 1 && path[0] === "label";
  return [
    ...(fields.some(isLabel) ? ["renamed" as const] : []),
    ...(fields.some((field) => !isLabel(field)) ? ["changed" as const] : []),
    ...(moved ? ["moved" as const] : []),
  ];
}

function placeOf(id: string, before: JsonObject, after: JsonObject): EntryDifference["place"] {
  const [was, is] = [own(sectionOf(before, "layout"), id), own(sectionOf(after, "layout"), id)];
  return sameJson(was, is) ? undefined : sides(was, is);
}

/** What a document says outside of the sections; of its layout the places of what is there no more. */
function withoutSections(document: JsonObject, both: readonly [JsonObject, JsonObject]): JsonObject {
  const compared = new Set<string>(comparedSections.filter((section) => isSection(section, ...both)));
  const known = (id: string): boolean =>
    id === START || id === END || both.some((each) => [...placed].some((section) => own(sectionOf(each, section), id) !== undefined));
  const others = Object.entries(document).filter(([name]) => !compared.has(name) && name !== "layout");
  const { layout = {} } = document;
  const strays = isObject(layout) ? Object.entries(layout).filter(([id]) => !compared.has("nodes") || !known(id)) : undefined;
  return Object.fromEntries([...others, ["layout", strays === undefined ? layout : Object.fromEntries(strays)]]);
}

/** Whether both documents hold entries there, or nothing. */
function isSection(section: string, ...documents: readonly JsonObject[]): boolean {
  return documents.every((document) => document[section] === undefined || isObject(document[section]));
}

function isReordered(before: JsonObject, after: JsonObject): boolean {
  const [old, now] = [sectionOf(before, "nodes"), sectionOf(after, "nodes")];
  const common = (from: JsonObject, to: JsonObject): string => JSON.stringify(Object.keys(from).filter((id) => Object.hasOwn(to, id)));
  return common(old, now) !== common(now, old);
}
