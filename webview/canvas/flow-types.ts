import type { Edge, Node } from "reactflow";
import type { BreakpointView } from "../protocol/debug.js";
import type { EdgeView, NodeRunView, NodeView, ProblemView } from "../protocol/views.js";

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
  readonly forced: Forced | undefined;
  /** For an edge that goes back: the height at which it runs beneath the nodes between its ends. */
  readonly detour: number | undefined;
  /** Why the plan in force does not have the edge as it is drawn; absent where it has. */
  readonly stale: string | undefined;
  readonly problems: readonly ProblemView[];
  readonly breakpoints: readonly BreakpointView[];
}

export type CardNode = Node<CardData, "card">;
export type TerminalNode = Node<TerminalData, "terminal">;
/** A node as React Flow is given it. */
export type FlowNode = CardNode | TerminalNode;
/** An edge as React Flow is given it. */
export type FlowEdge = Edge<WireData, "condition"> & { readonly data: WireData };

/** A graph as React Flow is given it. */
export interface Flow {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
}
