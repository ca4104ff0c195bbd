import type { ErrorInfo } from "../errors.js";
import type { Decision } from "../checkpoint/checkpoint.js";
import type { Variables } from "../expression/cel.js";
import type { Awaitable } from "../model/awaitable.js";
import type { JsonObject, JsonValue } from "../model/json.js";
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
  /** The action that is taken when time is up; absent: the task is told that nobody decided. */
  readonly default?: string;
}

/** How a task ended. A question is returned, not thrown; so is a failure. */
export type TaskOutcome =
  | ({ readonly type: "done"; readonly writes: Readonly<Record<string, JsonValue>> } & Omit<HandlerResult, "update" | "asks">)
  | { readonly type: "asked"; readonly questions: readonly QuestionDraft[] }
  | {
      readonly type: "failed";
      readonly error: ErrorInfo;
      /** Another attempt before so many milliseconds would fail as well; `Infinity`: any would. */
      readonly retryAfterMs?: number;
    };

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
  /** Variables for expressions: every channel by name, `input` and `run`. */
  variables(): Variables;
  /** Absolute path of a module named by the document. */
  resolve(path: string): string;
}

/** What a node does, compiled: run once a task. Never throws for what the user did; a throw is a bug and fails the task. */
export type Behaviour = (task: TaskContext) => Awaitable<TaskOutcome>;
