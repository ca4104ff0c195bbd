// Notes and frames as a projection of graph, selection and drag. Pure.
//
// 1. What looks the same as before is the same object.
// 2. Frames come before notes, and both before the cards: what is behind is walked through first, and drawn first.
import type { Box } from "../../../runtime/model/annotation.js";
import type { Position } from "../../../runtime/model/graph.js";
import type { GroupView, NoteView, ProblemView } from "../../protocol/views.js";
import { attributes } from "../attributes.js";
import { menuOf } from "../menus.js";
import { sameItems } from "../same.js";
import type { Scene } from "../scene.js";
import type { AnnotationNode, FrameData, FrameNode, NoteNode } from "./annotation-types.js";
import { boxesOf, boxOfGroup, type BoxOf } from "./boxes.js";
import { membersAfter, regrouped, type Regrouped } from "./membership.js";
import { spokenGroup, spokenNote } from "./spoken-annotations.js";

/** What is looked up. */
export interface Known {
  readonly places: ReadonlyMap<string, Position>;
  readonly nodeProblems: ReadonlyMap<string, readonly ProblemView[]>;
}

/** How far behind the wires; React Flow puts what is selected at the start that far ahead. */
const BEHIND = { frame: -2, note: -1 } as const;
const SELECTED = -1000;
const none: readonly ProblemView[] = [];

/** The frames and notes of a scene; the same list where none of them looks different. */
export function toAnnotations(scene: Scene, known: Known, previous: readonly AnnotationNode[]): readonly AnnotationNode[] {
  const { graph, drag, selection } = scene;
  if (graph.notes.length + graph.groups.length === 0) return previous.length === 0 ? previous : [];
  const before = new Map(previous.map((node) => [node.id, node]));
  const selected = new Set(selection.nodes);
  const boxOf = boxesOf(graph, drag, known.places);
  const changes = regrouped(graph, drag, known.places);
  const problems = (id: string): readonly ProblemView[] => known.nodeProblems.get(id) ?? none;
  const frames = graph.groups.flatMap((view) => {
    const made = frame(view, boxOf, changes, problems(view.id));
    return made === undefined ? [] : [kept(before.get(view.id), placed(made, selected))];
  });
  const notes = graph.notes.map((view) => {
    const [x, y] = drag?.[view.id] ?? view.box;
    return kept(before.get(view.id), placed({ ...note(view, problems(view.id)), position: { x, y } }, selected));
  });
  const all = [...frames, ...notes];
  return sameItems(previous, all) ? previous : all;
}

function placed<Made extends AnnotationNode>(made: Made, selection: ReadonlySet<string>): Made {
  const selected = selection.has(made.id);
  return { ...made, selected, zIndex: BEHIND[made.type] + (selected ? SELECTED : 0) };
}

function note(view: NoteView, problems: readonly ProblemView[]): NoteNode {
  const size = { width: view.box[2], height: view.box[3] };
  return {
    id: view.id,
    type: "note",
    position: { x: view.box[0], y: view.box[1] },
    ...size,
    measured: size,
    connectable: false,
    data: { view, problems },
    ariaLabel: spokenNote(view, problems),
    domAttributes: attributes(menuOf({ webviewSection: "note", note: view.id })),
  };
}

function frame(view: GroupView, boxOf: BoxOf, changes: Regrouped, problems: readonly ProblemView[]): FrameNode | undefined {
  const members = membersAfter(view, changes);
  const box = boxOfGroup(members, boxOf);
  return box && framed(view, box, { view, count: members.length, takes: takesMore(view, changes), problems });
}

function framed(view: GroupView, [x, y, width, height]: Box, data: FrameData): FrameNode {
  const size = { width, height };
  return {
    id: view.id,
    type: "frame",
    position: { x, y },
    ...size,
    measured: size,
    connectable: false,
    // A marquee that begins in a frame, or touches it, does not mean the frame; its header selects it.
    selectable: false,
    // Its middle is the canvas: what is in it is clicked, and marked, as it is elsewhere.
    style: { pointerEvents: "none" },
    data,
    ariaLabel: spokenGroup(view, data.count, data.problems),
    domAttributes: attributes(menuOf({ webviewSection: "group", group: view.id })),
  };
}

function takesMore({ id }: GroupView, changes: Regrouped): boolean {
  return [...changes.values()].includes(id);
}

/** Invariant 1; one that only moved keeps its data. */
function kept(old: AnnotationNode | undefined, made: AnnotationNode): AnnotationNode {
  if (old?.type !== made.type || !sameData(old.data, made.data)) return made;
  const at = old.position.x === made.position.x && old.position.y === made.position.y;
  if (at && old.width === made.width && old.height === made.height && old.selected === made.selected) return old;
  return { ...made, data: old.data } as AnnotationNode;
}

function sameData(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(b).every((key) => {
    const [one, two] = [a[key], b[key]];
    return one === two || (Array.isArray(one) && Array.isArray(two) && sameItems(one, two));
  });
}
