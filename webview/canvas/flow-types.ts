import type { Edge, Node } from "reactflow";
import type { AnnotationNode } from "./annotations/annotation-types.js";
import type { BreakpointView } from "../protocol/debug.js";
import type { NodeRunView } from "../protocol/node-run.js";
import type { Lane } from "../../runtime/model/wire-course.js";
import type { EdgeView, NodeView, ProblemView } from "../protocol/views.js";

/** What a card shows. */
export interface CardData extends Record<string, unknown> {
  readonly view: NodeView;
  readonly run: NodeRunView | undefined;
  readonly problems: readonly ProblemView[];
  /** What the node asks while it waits. */
  readonly question: string | undefined;
  /** What it waits for where several edges lead to it, in a word; absent where any of them will do. */
  readonly join: string | undefined;
  /** Labels of the nodes that this run goes to from here, instead of along the edges. */
  readonly elsewhere: readonly string[] | undefined;
  /** It runs on replay whatever is recorded of it. */
  readonly live: boolean;
  /** Why the plan in force does not have the node as it is drawn; absent where it has. */
  readonly stale: string | undefined;
  readonly breakpoints: readonly BreakpointView[];
  /** The run stands before it. */
  readonly paused: boolean;
}

/** What a terminal shows. */
export interface TerminalData extends Record<string, unknown> {
  readonly end: "start" | "end";
  /** Labels of the nodes that this run starts with, instead of along the edges. */
  readonly elsewhere: readonly string[] | undefined;
}

/** When an edge was taken: in the latest routed superstep, in an earlier one, or not in this run. */
export type Taken = "latest" | "before" | "never";

/** What a person forced: an edge that is to be taken, or can still be taken back; one that was taken in an earlier superstep. */
export type Forced = { readonly now: true } | { readonly now: false; readonly superstep: number };

/** What an edge shows. */
export interface WireData extends Record<string, unknown> {
  readonly view: EdgeView;
  readonly taken: Taken;
  /** Its condition was looked at when its node finished last, and it was not taken. */
  readonly tested: boolean;
  readonly forced: Forced | undefined;
  /** Its place among the edges between the same two nodes; absent where it is the only one. */
  readonly lane: Lane | undefined;
  /** For an edge that goes back: where it passes the nodes between its ends: the height beneath them, or how far right of them. */
  readonly detour: number | undefined;
  /** It moves with a node that is dragged, above what stands still. */
  readonly held: boolean;
  /** Why the plan in force does not have the edge as it is drawn; absent where it has. */
  readonly stale: string | undefined;
  readonly problems: readonly ProblemView[];
  readonly breakpoints: readonly BreakpointView[];
}

export type CardNode = Node<CardData, "card">;
export type TerminalNode = Node<TerminalData, "terminal">;
/** A node as React Flow is given it. */
export type FlowNode = CardNode | TerminalNode;
/** All that it is given among its nodes. */
export type ShownNode = FlowNode | AnnotationNode;
/** An edge as React Flow is given it. */
export type FlowEdge = Edge<WireData, "condition"> & { readonly data: WireData };

/** Nodes and edges as React Flow is given them. */
export interface Wired {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  /** Where the ends of each edge stand in `nodes`: its source at twice its own place, its target behind that. */
  readonly ends: Int32Array;
}

/** A graph as React Flow is given it. */
export interface Flow extends Wired {
  /** Frames and notes, which stand behind nodes and edges. */
  readonly behind: readonly AnnotationNode[];
}
