// The plan: what a graph means to a run. Compile makes it, run reads it; they meet only here.
//
// Invariants:
// 1. A plan never changes; a patch makes a new one that shares every node program it does not touch.
// 2. Nothing that has no meaning (labels, notes, layout, title) is in it: such edits make no new plan.
// 3. Incoming and outgoing edges are sorted by id: their order in the document means nothing.
import type { ChannelProgram } from "../channels/channel-program.js";
import type { ExpressionProgram, ExpressionScope } from "../expression/cel.js";
import type { ChannelName, EdgeId, NodeId } from "../model/ids.js";
import type { FileVersion } from "../model/file-version.js";
import type { CheckpointSettings, Condition, JoinPolicy, Limits, NodeDef, NodeKind } from "../model/graph.js";
import type { Table } from "../model/table.js";
import type { Behaviour } from "./behaviour.js";
import type { TaskPolicy } from "./policy.js";

/** An edge as its source's routing holds it. */
export interface EdgeProgram {
  readonly id: EdgeId;
  readonly to: NodeId;
  readonly condition: Condition;
  /** It ends the whole run. */
  readonly terminate?: true;
  /** The compiled expression of a `when` edge. */
  readonly test?: ExpressionProgram;
}

/** Where a finished task goes. */
export interface Routing {
  /** Sorted by id (invariant 3). */
  readonly edges: readonly EdgeProgram[];
}

/** When arrivals trigger a node. */
export interface Join {
  readonly policy: JoinPolicy;
  /** Sorted (invariant 3). */
  readonly incoming: readonly EdgeId[];
}

/** What a node does, where it goes, and what triggers it. */
export interface NodeProgram {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** What it was made of; its label and note may be older than the document's. */
  readonly def: NodeDef;
  /** Place in the document: task order. */
  readonly order: number;
  readonly behaviour: Behaviour;
  /** Path of the module that its tasks run, where they do, as the document has it. */
  readonly module?: string;
  /** Path of the document whose graph its tasks run, where they do. */
  readonly graph?: string;
  /** Version of that module or graph; absent where none is known. */
  readonly version?: string;
  /** Path of the module of its fallback, where that is a handler. */
  readonly fallback?: string;
  /** Its tasks may lead anywhere: a handler of theirs could command it, or nothing is known of its text. */
  readonly free?: true;
  /** How its tasks are run; undefined: once, for as long as it takes. */
  readonly policy: TaskPolicy | undefined;
  readonly routing: Routing;
  readonly join: Join;
}

/** A compiled graph. */
export interface Plan {
  /** Hash of everything that matters and nothing that does not, 32 hexadecimal digits. */
  readonly revision: string;
  readonly channels: ReadonlyMap<ChannelName, ChannelProgram>;
  /** Whether a reducer of some channel is a function of the user's: then there may be more to wait for than tasks. */
  readonly foldsApart: boolean;
  readonly scope: ExpressionScope;
  /** Where `@start` goes. */
  readonly start: Routing;
  readonly nodes: Table<NodeProgram>;
  /** The files that nodes and reducers run, by their path as the document has it; those of which a version is known. */
  readonly files: Table<FileVersion>;
  /** Path of a file, known or not -> the nodes that run it, so that its change costs its users and not the graph. */
  readonly users: Table<Table<true>>;
  readonly limits: Limits;
  readonly checkpoints: CheckpointSettings;
}
