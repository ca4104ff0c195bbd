import type { Size } from "../model/card-size.js";
import type { Position } from "../model/graph.js";
import type { NodeId } from "../model/ids.js";
import type { Orientation } from "../model/orientation.js";

/** Upper left corners of nodes. */
export type Places = ReadonlyMap<NodeId, Position>;

/** An edge, as far as it matters to where nodes stand. */
export interface LayoutEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  /** What its pill says; empty: it has none. */
  readonly words: string;
}

/** A note that belongs to no group goes with the node that it stands by. */
export interface Follower {
  readonly note: NodeId;
  readonly node: NodeId;
  /** Where it stands, from that node. */
  readonly offset: Position;
}

/** What is to be laid out. Plain values, so that it can be sent to a thread. */
export interface LayoutRequest {
  /** What gets a place, in document order: nodes, `@start` and `@end`, and notes that are in groups. */
  readonly nodes: readonly NodeId[];
  /** In document order. Those that lead to or from elsewhere are passed over. */
  readonly edges: readonly LayoutEdge[];
  /** Ids of what stays together, each id in one of them at most; what is neither placed nor kept is passed over. */
  readonly groups: readonly (readonly NodeId[])[];
  /** Sizes of notes. */
  readonly notes: ReadonlyMap<NodeId, Size>;
  readonly followers: readonly Follower[];
  /** Nodes and notes that stay where they are, and are not covered. */
  readonly kept: Places;
  /** Where the upper left corner of the whole goes, `@start` where that is laid out; absent: beside the kept nodes that lead there. */
  readonly at?: Position;
  readonly orientation: Orientation;
}
