// Notes and groups as text on the clipboard; see `clipboard.ts`. Pure.
import { noteBox, type Box } from "../../../runtime/model/annotation.js";
import type { Intent } from "../../../runtime/document/intent.js";
import { freeId } from "../../../runtime/model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import type { GraphView, NoteView } from "../../protocol/views.js";
import type { Selection } from "../../store/selection.js";
import { snapped } from "../geometry.js";
import { withoutGroups } from "./boxes.js";

/** A selection with what is in its groups in their place. */
export function spelledOut(graph: GraphView, { nodes, edges }: Selection): Selection {
  return { nodes: withoutGroups(graph, nodes), edges };
}

/** The notes of a selection, and the groups that it has as a whole, as sections of a document; none where it has none. */
export function copiedAnnotations({ notes, groups }: GraphView, selected: ReadonlySet<string>): JsonObject {
  const own = notes.filter(({ id }) => selected.has(id));
  const whole = groups.filter(({ members }) => members.length > 0 && members.every((member) => selected.has(member)));
  const section = (entries: readonly { readonly id: string; readonly fields: unknown }[]): JsonObject =>
    Object.fromEntries(entries.map(({ id, fields }) => [id, fields as JsonObject]));
  return { ...(own.length === 0 ? {} : { notes: section(own) }), ...(whole.length === 0 ? {} : { groups: section(whole) }) };
}

/** Places of notes, with their sizes. */
export function notePlaces(notes: readonly NoteView[], selected: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(notes.filter(({ id }) => selected.has(id)).map(({ id, box }) => [id, box]));
}

/** The box of a note that a text has a place for, or none. */
export function copiedBox(place: JsonValue | undefined, index: number): Box {
  const numbers = Array.isArray(place) ? (place as readonly JsonValue[]).filter((each) => typeof each === "number") : [];
  const [x, y, width, height] = numbers;
  if (x === undefined || y === undefined) return noteBox([0, -(index + 1) * 160]);
  return width === undefined || height === undefined ? noteBox([x, y]) : noteBox([x, y, width, height]);
}

/** Adds notes where they were, moved by so much, under other ids. */
export function pastedNotes(notes: readonly PastedNote[], [dx, dy]: readonly [number, number]): Intent[] {
  return notes.map(({ id, fields, box: [x, y, width, height] }): Intent => {
    const [left, top] = snapped([x + dx, y + dy]);
    return { type: "note/add", id, fields, box: [left, top, width, height] };
  });
}

/** A note of a text, under its new id. */
export interface PastedNote {
  readonly id: string;
  readonly fields: JsonObject;
  readonly box: Box;
}

/** Adds groups of what was pasted, under ids that are free. `ids`: what became of those in the text. */
export function pastedGroups(groups: JsonObject, ids: ReadonlyMap<string, string>, taken: Set<string>): Intent[] {
  return Object.entries(groups).flatMap(([id, fields]): Intent[] => {
    const listed = isObject(fields) ? fields["nodes"] : undefined;
    if (!isObject(fields) || !Array.isArray(listed)) return [];
    const nodes = (listed as readonly JsonValue[]).flatMap((member) => (typeof member === "string" ? (ids.get(member) ?? []) : []));
    if (nodes.length === 0) return [];
    const free = freeId(id, (candidate) => taken.has(candidate));
    taken.add(free);
    return [{ type: "group/add", id: free, fields: { ...fields, nodes } }];
  });
}
