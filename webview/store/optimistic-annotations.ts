// What notes and groups will look like once the document has an edit; see `optimistic.ts`.
import { colors, LEAST_NOTE, type Box } from "../../runtime/model/annotation.js";
import type { Intent } from "../../runtime/document/intent.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { GraphView, GroupView, NoteView } from "../protocol/views.js";
import { change, patched, put, text, without } from "./entries.js";

type AnnotationIntent = Extract<Intent, { readonly type: `note/${string}` | `group/${string}` }>;
type Fields = NoteView["fields"];
type Color = NonNullable<NoteView["color"]>;

/** The graph with one edit of its notes and groups made. */
export function applyAnnotation(graph: GraphView, intent: AnnotationIntent): GraphView {
  switch (intent.type) {
    case "note/add":
      return { ...graph, notes: put(graph.notes, noteView(intent.id, intent.fields, intent.box)) };
    case "note/update":
      return { ...graph, notes: change(graph.notes, intent.id, (note) => noteView(note.id, patched(note.fields, intent.patch), note.box)) };
    case "note/resize":
      return { ...graph, notes: change(graph.notes, intent.id, (note) => ({ ...note, box: boxed(intent.box) })) };
    case "note/remove":
      return { ...graph, notes: without(graph.notes, intent.ids), groups: left(graph.groups, intent.ids) };
    case "group/add":
      return joined({ ...graph, groups: put(graph.groups, groupView(intent.id, intent.fields)) }, intent.id, intent.fields);
    case "group/update": {
      const groups = change(graph.groups, intent.id, (group) => groupView(group.id, patched(group.fields, intent.patch)));
      return joined({ ...graph, groups }, intent.id, intent.patch);
    }
    case "group/remove":
      return { ...graph, groups: without(graph.groups, intent.ids) };
  }
}

/** The groups without these members, but for one that keeps them; those that lose their last member are gone. */
export function left(groups: GroupView[], ids: readonly string[], but?: string): GroupView[] {
  const gone = new Set(ids);
  const next = groups.flatMap((group) => {
    const members = group.members.filter((member) => !gone.has(member));
    if (group.id === but || members.length === group.members.length) return [group];
    return members.length === 0 ? [] : [{ ...group, members, fields: { ...group.fields, nodes: members } }];
  });
  return next.length === groups.length && next.every((group, index) => group === groups[index]) ? groups : next;
}

/** What a group was given is in no other; and it is in the graph, or counts for nothing. */
function joined(graph: GraphView, id: string, { nodes }: JsonObject): GraphView {
  if (!Array.isArray(nodes)) return graph;
  const there = new Set([...graph.nodes, ...graph.notes].map((each) => each.id));
  const others = left(graph.groups, nodes as string[], id);
  const groups = change(others, id, (group) => ({ ...group, members: group.members.filter((member) => there.has(member)) }));
  return { ...graph, groups: groups.filter(({ id: each, members }) => each !== id || members.length > 0) };
}

function noteView(id: string, fields: Fields, box: Readonly<Box>): NoteView {
  return { id, text: text(fields["text"]), ...colored(fields), box: boxed(box), fields };
}

function groupView(id: string, fields: Fields): GroupView {
  const { nodes } = fields;
  const members = Array.isArray(nodes) ? [...new Set((nodes as readonly unknown[]).map(text))] : [];
  return { id, label: text(fields["label"]), members, ...colored(fields), fields };
}

function colored({ color }: Fields): { color?: Color } {
  const known = colors.find((each) => each === color);
  return known === undefined ? {} : { color: known };
}

function boxed([x, y, width, height]: Readonly<Box>): NoteView["box"] {
  return [x, y, Math.max(width, LEAST_NOTE.width), Math.max(height, LEAST_NOTE.height)];
}
