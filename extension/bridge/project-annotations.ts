import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { sameJson } from "../../runtime/document/same-json.js";
import type { Position } from "../../runtime/model/graph.js";
import { groupsWithMembers, placedNotes } from "../../runtime/picture/annotations.js";
import type { GraphView, GroupView, NoteView } from "../../webview/protocol/views.js";

/** Projects notes and groups as a document goes from text to text: what looks as it did is the same object. */
export class AnnotationProjection {
  #notes: NoteView[] = [];
  #groups: GroupView[] = [];

  of(parsed: ParsedDocument, places: ReadonlyMap<string, Position>): Pick<GraphView, "notes" | "groups"> {
    const { raw } = parsed;
    const notes = placedNotes(parsed, places.values()).map(({ id, text, color, box: [x, y, width, height] }): NoteView => ({
      id,
      text,
      ...(color === undefined ? {} : { color }),
      box: [x, y, width, height],
      fields: { ...raw.notes.get(id) },
    }));
    const groups = groupsWithMembers(parsed).map(({ id, label, nodes, color }): GroupView => ({
      id,
      label,
      members: [...nodes],
      ...(color === undefined ? {} : { color }),
      fields: { ...raw.groups.get(id) },
    }));
    this.#notes = kept(this.#notes, notes);
    this.#groups = kept(this.#groups, groups);
    return { notes: this.#notes, groups: this.#groups };
  }
}

/** The new list, with the old objects where they say the same; the old list where all do. */
function kept<View extends { readonly id: string }>(before: View[], after: readonly View[]): View[] {
  const old = new Map(before.map((view) => [view.id, view]));
  const views = after.map((view) => {
    const known = old.get(view.id);
    return known !== undefined && sameJson(known, view) ? known : view;
  });
  return views.length === before.length && views.every((view, index) => view === before[index]) ? before : views;
}
