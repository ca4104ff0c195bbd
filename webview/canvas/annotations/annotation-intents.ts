// What gestures on notes and groups mean for the document. Pure.
import type { Intent } from "../../../runtime/document/intent.js";
import type { Box } from "../../../runtime/model/annotation.js";
import { freeId } from "../../../runtime/model/ids.js";
import type { Position } from "../../../runtime/model/graph.js";
import type { GraphView, NoteView } from "../../protocol/views.js";
import type { Selection } from "../../store/selection.js";
import { freePlace } from "../free-place.js";
import { snapped } from "../geometry.js";
import { withoutGroups } from "./boxes.js";

/** An edit, and the id of what it adds. */
export interface Added {
  readonly id: string;
  readonly intents: Intent[];
}

const NEW_NOTE = { width: 200, height: 100 } as const;

/** Ids that stand on the canvas. */
export function takenIds({ nodes, notes, groups }: GraphView): ReadonlySet<string> {
  return new Set([...nodes, ...notes, ...groups].map(({ id }) => id));
}

/** An empty note around a place, whole within what can be seen. */
export function addNoteIntents(graph: GraphView, [x, y]: Position, view?: Box): Added {
  const taken = takenIds(graph);
  const id = freeId("note", (candidate) => taken.has(candidate));
  const { width, height } = NEW_NOTE;
  const [left, top] = freePlace(graph, [x - width / 2, y - height / 2], NEW_NOTE, view);
  return { id, intents: [{ type: "note/add", id, fields: { text: "" }, box: [left, top, width, height] }] };
}

/** A note that says something else. */
export function noteTextIntents(graph: GraphView, id: string, text: string): Intent[] {
  const note = graph.notes.find((each) => each.id === id);
  return note === undefined || note.text === text ? [] : [{ type: "note/update", id, patch: { text } }];
}

/** A note of another size. */
export function resizeIntents({ id, box: [x, y, width, height] }: NoteView, wide: number, high: number): Intent[] {
  const box: Box = [x, y, ...snapped([wide, high])];
  return box[2] === width && box[3] === height ? [] : [{ type: "note/resize", id, box }];
}

/** The selected nodes and notes as a group; groups among them become part of it. Undefined where there is nothing to group. */
export function groupIntents(graph: GraphView, selection: Selection): Added | undefined {
  const taken = takenIds(graph);
  const members = withoutGroups(graph, selection.nodes).filter((id) => taken.has(id));
  const [same] = graph.groups.filter(({ members: own }) => own.length === members.length && own.every((id) => members.includes(id)));
  if (members.length === 0 || same !== undefined) return undefined;
  const id = freeId("group", (candidate) => taken.has(candidate));
  return { id, intents: [{ type: "group/add", id, fields: { label: "Group", nodes: [...members] } }] };
}

/** The groups that are selected, or else those that selected nodes and notes are in. */
export function groupsOf({ groups }: GraphView, { nodes }: Selection): GraphView["groups"] {
  const selected = groups.filter(({ id }) => nodes.includes(id));
  return selected.length > 0 ? selected : groups.filter(({ members }) => members.some((member) => nodes.includes(member)));
}

/** Groups that are none any more; what was in them stays. */
export function ungroupIntents(graph: GraphView, selection: Selection): Intent[] {
  const groups = groupsOf(graph, selection);
  return groups.length === 0 ? [] : [{ type: "group/remove", ids: groups.map(({ id }) => id) }];
}

/** A group with another name; an empty one takes it away. */
export function renameGroupIntents(graph: GraphView, id: string, typed: string): Intent[] {
  const group = graph.groups.find((each) => each.id === id);
  const label = typed.trim();
  if (group === undefined || label === group.label) return [];
  return [{ type: "group/update", id, patch: { label: label === "" ? null : label } }];
}

/** The selected notes and groups go; what is in the groups stays. */
export function removeAnnotationIntents({ notes, groups }: GraphView, { nodes }: Selection): Intent[] {
  const idsIn = (list: readonly { readonly id: string }[]): string[] => list.flatMap(({ id }) => (nodes.includes(id) ? [id] : []));
  const [gone, ungrouped] = [idsIn(notes), idsIn(groups)];
  return [
    // First, since a group goes by itself with its last note.
    ...(ungrouped.length === 0 ? [] : [{ type: "group/remove", ids: ungrouped } as const]),
    ...(gone.length === 0 ? [] : [{ type: "note/remove", ids: gone } as const]),
  ];
}
