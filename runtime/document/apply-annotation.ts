import { LEAST_NOTE, type Box } from "../model/annotation.js";
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { AnnotationIntent } from "./annotation-intent.js";
import type { SectionDraft } from "./draft.js";
import { toGrid } from "../model/card-size.js";
import { add, removeAll, unknown, update } from "./section-edits.js";
import type { EntrySection } from "./sections.js";

type Draft = Readonly<Record<EntrySection, SectionDraft>>;

/** Applies one intent to the notes and groups of a draft; what comes back is why it is refused. */
export function applyAnnotation(draft: Draft, intent: AnnotationIntent): string | undefined {
  switch (intent.type) {
    case "note/add":
      return add(draft, "notes", intent.id, intent.fields) ?? place(draft, intent.id, intent.box);
    case "note/update":
      return update(draft.notes, "note", intent.id, intent.patch);
    case "note/resize":
      return draft.notes.has(intent.id) ? place(draft, intent.id, intent.box) : unknown("note", intent.id);
    case "note/remove": {
      const refused = removeAll(draft.notes, "note", intent.ids);
      if (refused !== undefined) return refused;
      for (const id of intent.ids) draft.layout.remove(id);
      return leaveGroups(draft.groups, intent.ids);
    }
    case "group/add":
      return add(draft, "groups", intent.id, intent.fields) ?? join(draft, intent.id, intent.fields);
    case "group/update":
      return update(draft.groups, "group", intent.id, intent.patch) ?? join(draft, intent.id, intent.patch);
    case "group/remove":
      return removeAll(draft.groups, "group", intent.ids);
  }
}

/** Takes nodes and notes out of the groups that they are in, but for one; a group without members goes. */
export function leaveGroups(groups: SectionDraft, ids: readonly JsonValue[], but?: string): undefined {
  const gone = new Set(ids);
  for (const [id, group] of groups.objects()) {
    const members = membersOf(group);
    const left = members.filter((member) => !gone.has(member));
    if (id === but || left.length === members.length) continue;
    if (left.length === 0) groups.remove(id);
    else groups.set(id, { ...group, nodes: left });
  }
}

/** What a group is given leaves the others. */
function join({ groups }: Draft, id: string, fields: JsonObject): undefined {
  leaveGroups(groups, membersOf(fields), id);
  if (fields["nodes"] !== undefined && membersOf(groups.object(id)).length === 0) groups.remove(id);
}

function place({ layout }: Draft, id: string, [x, y, width, height]: Box): string | undefined {
  if (![x, y, width, height].every(Number.isFinite)) return `The place of "${id}" must be four numbers.`;
  const size = [Math.max(toGrid(width), LEAST_NOTE.width), Math.max(toGrid(height), LEAST_NOTE.height)] as const;
  layout.set(id, [toGrid(x), toGrid(y), ...size]);
  return undefined;
}

function membersOf(group: JsonObject | undefined): readonly JsonValue[] {
  const members = isObject(group) ? group["nodes"] : undefined;
  return Array.isArray(members) ? (members as readonly JsonValue[]) : [];
}
