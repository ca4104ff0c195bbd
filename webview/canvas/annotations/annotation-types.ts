import type { Node } from "reactflow";
import type { GroupView, NoteView, ProblemView } from "../../protocol/views.js";

/** What a note shows. */
export interface NoteData extends Record<string, unknown> {
  readonly view: NoteView;
  readonly problems: readonly ProblemView[];
}

/** What a frame shows. */
export interface FrameData extends Record<string, unknown> {
  readonly view: GroupView;
  /** How many nodes and notes are in it. */
  readonly count: number;
  /** What is dragged would be in it when dropped now, and is not yet. */
  readonly takes: boolean;
  readonly problems: readonly ProblemView[];
}

export type NoteNode = Node<NoteData, "note">;
export type FrameNode = Node<FrameData, "frame">;
/** What stands behind wires and cards, as React Flow is given it. */
export type AnnotationNode = NoteNode | FrameNode;
