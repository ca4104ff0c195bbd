import type { ErrorInfo } from "../errors.js";
import type { ReducerName } from "../model/graph.js";
import type { ChannelName, EdgeId, NodeId } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";

/** Why a checkpoint was written: its true trigger. */
export type CheckpointTrigger = "started" | "superstep" | "asked" | "decision" | "completed" | "failed" | "cancelled";

/** A node that is due or running. */
export interface StoredTask {
  readonly id: string;
  readonly node: NodeId;
  /** The edges whose arrival triggered it, sorted by id. */
  readonly cause: readonly EdgeId[];
}

/** How a finished task ended, as far as routes and resume need it. */
export interface StoredResult {
  readonly task: string;
  readonly node: NodeId;
  readonly writes: JsonObject;
  /** Channels that it wrote `undefined` to, which is not the same as not writing them. */
  readonly cleared?: readonly ChannelName[];
  readonly action?: string;
  /** Nodes that take the place of the edges' targets. */
  readonly goto?: readonly NodeId[];
  readonly error?: ErrorInfo;
  /** Milliseconds of work. */
  readonly ms: number;
}

/** A node's result that may be used again. */
export interface CachedResult {
  /** Says what was done, by what, on what. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** When it is no longer used, in milliseconds since the epoch; null: never. */
  readonly expires: number | null;
  readonly result: JsonObject;
}

/** A finished task whose routes have been taken. */
export interface RoutedTask {
  readonly task: string;
  readonly node: NodeId;
  readonly action?: string;
  /** Nodes that take the place of its edges' targets. */
  readonly goto?: readonly NodeId[];
}

/** A question that waits for a decision. */
export interface StoredQuestion {
  /** Stable over restarts: the node's id, with `/` and the key that its handler gave where it gave one. */
  readonly key: string;
  readonly node: NodeId;
  readonly task: string;
  readonly prompt: string;
  readonly actions: readonly string[];
  readonly schema?: JsonObject;
  /** When it stops waiting, in milliseconds since the epoch. */
  readonly deadline?: number;
  /** The action that is taken then; absent: its task is told that nobody decided. */
  readonly default?: string;
}

/** The action of a decision that nobody made: time was up, and the question had no default. */
export const NOBODY = "@timeout";

/** A person's answer to a question, or what takes its place when time is up. */
export interface Decision {
  readonly action: string;
  readonly value?: JsonValue;
  /** The node where the run goes on, of a `reroute`. */
  readonly target?: NodeId;
  /** Who decided; free text. */
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Everything but channel values: small, stored whole in each checkpoint. The frontier of a run. */
export interface Frontier {
  readonly status: "running" | "completed" | "failed" | "cancelled";
  /** Supersteps finished so far. */
  readonly superstep: number;
  /** Tasks of the next superstep, or of the open one while `open`. */
  readonly due: readonly StoredTask[];
  /** True while a superstep has started and not finished (a question waits, or a task failed). */
  readonly open: boolean;
  /** Results of the open superstep's finished tasks: never run again. */
  readonly results: readonly StoredResult[];
  /** The tasks whose routes made `due`: kept so that a new plan can route them anew. Their writes are the checkpoint's delta. */
  readonly routed: readonly RoutedTask[];
  /** Arrivals at joins, target -> edges, sorted, before `routed` was routed. */
  readonly arrivalsBefore: Readonly<Record<NodeId, readonly EdgeId[]>>;
  /** Arrivals at joins now. */
  readonly arrivals: Readonly<Record<NodeId, readonly EdgeId[]>>;
  readonly questions: readonly StoredQuestion[];
  /** Decisions by question key that are not used up yet, early ones included. */
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly error?: ErrorInfo;
}

/** The superstep that a run is in: the open one, else the last finished; 0 before the first. */
export function superstepOf(frontier: Frontier): number {
  return frontier.open ? frontier.superstep + 1 : frontier.superstep;
}

/**
 * The deltas of one superstep: what each task wrote, in task order. `cleared`: channels that have no value from there on, until
 * they are written again.
 */
export type ChannelWrites = readonly { readonly node: NodeId; readonly writes: JsonObject; readonly cleared?: readonly ChannelName[] }[];

/** The values that a chain of deltas starts from, and how the deltas are folded. */
export interface ChannelBase {
  readonly values: JsonObject;
  readonly reducers: Readonly<Record<ChannelName, ReducerName>>;
}

/** A checkpoint as a store keeps it: the frontier, and channel values whole (base) or as writes on the parent (delta). */
export interface Checkpoint {
  /** ULID. */
  readonly id: string;
  readonly run: string;
  readonly parent: string | null;
  readonly trigger: CheckpointTrigger;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Revision of the graph it was made under; the store keeps that document. */
  readonly revision: string;
  /** Last trace event that precedes it. */
  readonly traceSeq: number;
  readonly frontier: Frontier;
  /**
   * `delta`: what the last superstep wrote, folded onto the parent's values to give the values here. `base`: all values here,
   * where the chain starts anew, with the reducer of each channel; then the delta is not folded, but still says what was written.
   */
  readonly channels: { readonly delta: ChannelWrites; readonly base?: ChannelBase };
}

/** What a list shows of a checkpoint without reading it whole. */
export interface CheckpointSummary {
  readonly id: string;
  readonly run: string;
  readonly parent: string | null;
  readonly trigger: CheckpointTrigger;
  readonly at: number;
  readonly revision: string;
  /** The superstep it was made in (`superstepOf`). */
  readonly superstep: number;
  readonly status: Frontier["status"];
  readonly due: readonly NodeId[];
  readonly questions: number;
  readonly bytes: number;
  readonly traceSeq: number;
}
