import type { ErrorInfo } from "../errors.js";
import type { ReducerName } from "../model/graph.js";
import type { ChannelName, EdgeId, NodeId } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Send } from "../ports.js";

/** Why a checkpoint was written: its true trigger. */
export type CheckpointTrigger =
  | "started"
  /** A superstep finished, and every one is saved. */
  | "superstep"
  /** A superstep finished in which a barrier took its decision. */
  | "barrier-resolved"
  /** A superstep finished in which another question had its decision. */
  | "decided"
  /** A superstep finished, and to do again what was not saved would cost more than to save it. */
  | "adaptive"
  /** Somebody asked for it. */
  | "explicit"
  /** A run inside a task was about to begin. */
  | "nested"
  /** A person stepped back to the end of a superstep that had no checkpoint. */
  | "back"
  | "asked"
  /** Paused at a boundary that was not saved, or while a run inside a task was at work. */
  | "paused"
  | "decision"
  | "completed"
  | "failed"
  | "cancelled"
  /** A person forced a route, set an override, moved a task, or had one begin anew. */
  | "rerouted"
  /** A person gave new input. */
  | "input"
  /** A person wrote as a node, or gave channels other values. */
  | "edited"
  /** Migrations made other values of those that it had, for other channels. */
  | "migrated"
  /** A person let it go on under a plan that could not carry it over. */
  | "forced";

/** A node that is due or running. */
export interface StoredTask {
  /** `superstep/node`; of a sent task `superstep/node#index`, counted for each node from 0. */
  readonly id: string;
  readonly node: NodeId;
  /** The edges whose arrival triggered it, and `@goto`, `@override` or `@send` where that did; sorted. `@moved`: a person moved it there. */
  readonly cause: readonly string[];
  /** What a sent task was given; of a task that `@error` edges triggered, `{ errors }`. */
  readonly input?: JsonValue;
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
  readonly send?: readonly Send[];
  /** It failed, and its node has an `@error` edge. */
  readonly error?: ErrorInfo;
  /** Milliseconds of work. */
  readonly ms: number;
  /** It asked, and what was decided is part of it. */
  readonly answered?: true;
}

/** A finished item of a task that works on the items of a list: its result, or what it failed with. */
export interface KeptItem {
  readonly index: number;
  readonly value?: JsonValue;
  readonly error?: ErrorInfo;
  /** How often it was tried; absent: once. */
  readonly attempts?: number;
}

/** Items of a task that has not ended: they are not run again. */
export interface StoredItems {
  /** Id of the task. */
  readonly task: string;
  /** What tells their list from another. */
  readonly of: string;
  readonly items: readonly KeptItem[];
}

/** What is kept between two checkpoints: the result of a task, or, under a name of their own, items of one. */
export type PendingResult = StoredResult | { readonly task: string; readonly kept: StoredItems };

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
  readonly error?: ErrorInfo;
  readonly input?: JsonValue;
  /** The edge that a person forced it to take. */
  readonly forced?: EdgeId;
  /** The nodes that it sent tasks to, one by one: what it gave them is with those tasks. */
  readonly sent?: readonly NodeId[];
  /** It asked, and what was decided is part of its result. */
  readonly answered?: true;
}

/** A question that waits for a decision. */
export interface StoredQuestion {
  /** Stable over restarts: the node's id, `#` and the index of a sent task, `/` and the key that a handler gave. */
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
  /** The question that it passes on, of a run inside its task: that is where its decision goes. */
  readonly inner?: InnerQuestion;
}

/** A question of a run inside a task. Asked again, by another task of that run, it is another question. */
export interface InnerQuestion {
  readonly run: string;
  readonly key: string;
  /** The task that asks, and inwards from there those that ask through it. */
  readonly asker: readonly string[];
}

/** A run inside a task that has no result yet. */
export interface StoredNested {
  readonly task: string;
  /** Tells the runs inside one task apart; absent where there is one. */
  readonly slot?: string;
  readonly run: string;
  /** Where it stands. */
  readonly checkpoint: string;
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

/** Target -> what has arrived and waits, sorted: edges, `@goto` and `@override`; and `@fired` once a `count` join has fired this round. */
export type Arrivals = Readonly<Record<NodeId, readonly string[]>>;

/** `@error` edge -> what failed, as its target is given it. */
export type Failures = Readonly<Record<EdgeId, JsonObject>>;

/** Node -> targets. */
export type Overrides = Readonly<Record<NodeId, readonly NodeId[]>>;

/**
 * What counts of results that were recorded on other branches, when their tasks become due again. `recorded`: they do, and people
 * decide anew; `decisions`: what people decided then does, too; `live`: nothing does, everything runs.
 */
export type ReplayMode = "recorded" | "decisions" | "live";

/** Which recorded results are taken. */
export interface ReplayTerms {
  readonly mode: ReplayMode;
  /** Nodes that run whatever is recorded. */
  readonly live?: readonly NodeId[];
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
  /** The tasks whose routes made `due`: kept so that a new plan can route them anew. Their writes, one for one, are the checkpoint's delta. */
  readonly routed: readonly RoutedTask[];
  /** Arrivals at joins before `routed` was routed. */
  readonly arrivalsBefore: Arrivals;
  /** Arrivals at joins now. */
  readonly arrivals: Arrivals;
  /** What failed, for the `@error` edges in either arrivals. */
  readonly failures?: Failures;
  /** Node -> the edge that it is to take when it finishes next, and no other: what a person forced. */
  readonly forced?: Readonly<Record<NodeId, EdgeId>>;
  /** Node -> where it goes for the rest of the run, instead of along its edges. */
  readonly overrides?: Overrides;
  /** Task -> the node that runs in its place in the next superstep: what a person moved. */
  readonly moved?: Readonly<Record<string, NodeId>>;
  /** The superstep in which the newest input came; absent: 0. The limit counts from it. */
  readonly entered?: number;
  readonly questions: readonly StoredQuestion[];
  /** Decisions by question key that are not used up yet, early ones included. */
  readonly decisions: Readonly<Record<string, Decision>>;
  /** The runs inside tasks of the open superstep; absent where there are none. */
  readonly nested?: readonly StoredNested[];
  /** The run was taken back, and what may become due again has results on other branches; absent: nothing is looked for there. */
  readonly replay?: ReplayTerms;
  readonly error?: ErrorInfo;
}

/** The frontier of a run that has not begun. */
export const freshFrontier: Frontier = {
  status: "running",
  superstep: 0,
  due: [],
  open: false,
  results: [],
  routed: [],
  arrivalsBefore: {},
  arrivals: {},
  questions: [],
  decisions: {},
};

/** The superstep that a run is in: the open one, else the last finished; 0 before the first. It never goes back along a lineage. */
export function superstepOf(frontier: Frontier): number {
  return frontier.open ? frontier.superstep + 1 : frontier.superstep;
}

/**
 * The deltas of one superstep: what each task wrote, in task order. `cleared`: channels that have no value from there on, until
 * they are written again. `folded`: what reducers of the user's made of the superstep's writes, so that none has to run again.
 */
export type ChannelWrites = readonly {
  readonly node: NodeId;
  readonly writes: JsonObject;
  readonly cleared?: readonly ChannelName[];
  readonly folded?: JsonObject;
}[];

/** Names of the channels that deltas are of; one may come several times. */
export function* namesIn(all: ChannelWrites): Iterable<ChannelName> {
  for (const { writes, cleared = [], folded = {} } of all) {
    yield* Object.keys(writes);
    yield* cleared;
    yield* Object.keys(folded);
  }
}

/** What one superstep wrote. */
export interface SuperstepWrites {
  readonly superstep: number;
  readonly delta: ChannelWrites;
  /** Its tasks, one for one with the last of the delta. Absent in what earlier versions have written. */
  readonly routed?: readonly RoutedTask[];
  /** The revision that it ran under, where that is another than the checkpoint's. */
  readonly revision?: string;
}

/** Supersteps that were finished since the parent of a base and of which nothing was held: the trace has what they wrote. */
export interface SkippedWrites {
  /** The first of them; the last is the one before those that the checkpoint has. */
  readonly from: number;
  /** Channels that they wrote. */
  readonly names: readonly ChannelName[];
}

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
   * `earlier`: what the supersteps before the last one wrote that were finished since the parent and not saved, oldest first; absent:
   * there were none. `delta`: what the last superstep wrote; empty where none has finished since the parent. Folded onto the parent's
   * values, one superstep after the other, they give the values here. `base`: all values here, where the chain starts anew, with the
   * reducer of each channel; then neither is folded: the delta still says what the last superstep wrote, and `earlier` what those
   * before it wrote, as far as that is known. `under`: the revision that the last superstep ran under, where it is another than `revision`.
   * `skipped`, beside a base: the supersteps before these, of which it is not known.
   */
  readonly channels: {
    readonly delta: ChannelWrites;
    readonly under?: string;
    readonly earlier?: readonly SuperstepWrites[];
    readonly skipped?: SkippedWrites;
    readonly base?: ChannelBase;
  };
  /** Items of the open superstep that were finished since the parent; in a base all of them. Absent: none. */
  readonly items?: readonly StoredItems[];
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
  /** What is stored of it cannot be read: the rest but its ids and bytes says nothing. */
  readonly damaged?: true;
}
