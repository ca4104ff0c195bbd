import type { ChannelProgram } from "../channels/channel-program.js";
import type { ErrorInfo } from "../errors.js";
import type { Decision, InnerQuestion } from "../checkpoint/checkpoint.js";
import type { ExpressionScope, Variables } from "../expression/cel.js";
import type { Awaitable } from "../model/awaitable.js";
import type { FileVersion } from "../model/file-version.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { ItemCounts, ItemServices } from "./items.js";
import type { ChannelView, HandlerEvents, HandlerHost, HandlerResult, HttpClient } from "../ports.js";

/** What a behaviour asks a person. */
export interface QuestionDraft {
  /** Tells the questions of one task apart; absent where it asks only one, as a barrier does. */
  readonly key?: string;
  readonly prompt: string;
  readonly actions: readonly string[];
  readonly schema?: JsonObject;
  /** How long it waits for a decision. */
  readonly timeoutMs?: number;
  /** When it stops waiting, in milliseconds since the epoch, where that is known already. */
  readonly deadline?: number;
  /** The action that is taken when time is up; absent: the task is told that nobody decided. */
  readonly default?: string;
  /** The question of a run inside the task that it passes on. */
  readonly inner?: InnerQuestion;
}

/** How a task ended. A question is returned, not thrown; so is a failure. */
export type TaskOutcome =
  | ({
      readonly type: "done";
      readonly writes: Readonly<Record<string, JsonValue>>;
      /** Of a task that worked item by item. */
      readonly items?: ItemCounts;
    } & Omit<HandlerResult, "update" | "asks" | "value">)
  | { readonly type: "asked"; readonly questions: readonly QuestionDraft[] }
  | {
      readonly type: "failed";
      readonly error: ErrorInfo;
      /** Another attempt before so many milliseconds would fail as well; `Infinity`: any would. */
      readonly retryAfterMs?: number;
    }
  /** It was paused, by way of a run inside it or between the items of its list, and goes on when the run does. */
  | { readonly type: "parked" };

/** The graph of a run inside a task, as far as values go into it and come out. */
export interface InnerGraph {
  readonly channels: ReadonlyMap<ChannelName, ChannelProgram>;
  readonly scope: ExpressionScope;
}

/** What the channels of a run inside a task start with, or why that cannot be told. */
export type FirstValues = { readonly ok: true; readonly values: JsonObject } | { readonly ok: false; readonly error: ErrorInfo };

/** A graph to be run inside a task. */
export interface GraphCall {
  /** Path of its document as this document has it. */
  readonly graph: string;
  /** The version of it that is to run; absent: its newest good state. */
  readonly version?: FileVersion;
  /** Tells the runs inside one task apart, where there are several. It is part of the keys of their questions. */
  readonly slot?: string;
  /** Asked for when the run begins. */
  readonly first: (inner: InnerGraph) => FirstValues;
}

/** How a run inside a task stands when the task must say how it ended. */
export type GraphOutcome =
  | {
      readonly type: "completed";
      readonly graph: InnerGraph;
      /** Channel -> value. */
      readonly values: JsonObject;
      /** Variables for expressions over its channels. */
      readonly variables: Variables;
    }
  | Exclude<TaskOutcome, { readonly type: "done" }>;

/** What a behaviour sees of the run while its task runs. */
export interface TaskContext {
  readonly run: string;
  readonly taskId: string;
  readonly node: string;
  /** Number of the superstep, from 1. */
  readonly superstep: number;
  /** Counts from 1. */
  readonly attempt: number;
  /** False while the node will be tried again if this attempt fails. */
  readonly lastAttempt: boolean;
  readonly signal: AbortSignal;
  /** The task's own input, if it has one. */
  readonly input: JsonValue | undefined;
  readonly handlers: HandlerHost;
  readonly http: HttpClient;
  readonly events: HandlerEvents;
  /** The decision on this task's question without a key, once there is one. */
  readonly decision: Decision | undefined;
  /** The decisions on its questions with a key, by that key. */
  readonly answers: Readonly<Record<string, Decision>>;
  /** What the node failed with, where this is its fallback. */
  readonly error?: ErrorInfo;
  /** Shows a sign of life, for the idle time-out; what is reported to `events` is one too. */
  alive(): void;
  /** The value of a channel and its version; undefined for an unknown channel. */
  channel(name: string): ChannelView | undefined;
  /** Names of all channels. */
  channelNames(): Iterable<string>;
  /** How a channel takes writes; undefined for an unknown channel. */
  program(name: string): ChannelProgram | undefined;
  /** Variables for expressions: every channel by name, `input` and `run`. */
  variables(): Variables;
  /** Absolute path of a module named by the document. */
  resolve(path: string): string;
  /** Runs a graph inside this task, or goes on with the run that was begun so: it has state, steps and checkpoints of its own. */
  runGraph(call: GraphCall): Promise<GraphOutcome>;
  /** What a graph that the document names does, as it is now, its modules and the graphs in it included: for telling it from others. */
  graphMeaning(path: string): JsonValue;
  /** What working item by item takes. */
  items(): ItemServices;
}

/** What a node does, compiled: run once a task. Never throws for what the user did; a throw is a bug and fails the task. */
export type Behaviour = (task: TaskContext) => Awaitable<TaskOutcome>;
