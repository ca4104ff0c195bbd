import type { KeptItem } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import type { Awaitable } from "../model/awaitable.js";
import type { JsonValue } from "../model/json.js";
import type { RetryPolicy } from "../model/policies.js";
import type { Clock, HandlerEvents } from "../ports.js";
import type { GraphCall, GraphOutcome, QuestionDraft } from "./behaviour.js";

/** How the work on one item, or on a chunk of them, ended. */
export type ItemOutcome =
  | { readonly type: "done"; readonly value: JsonValue }
  | { readonly type: "asked"; readonly questions: readonly QuestionDraft[] }
  /** It was paused, by way of a run inside it. */
  | { readonly type: "parked" }
  | { readonly type: "failed"; readonly error: ErrorInfo };

/** How far a task is that works item by item. */
export interface ItemProgress {
  /** Items that are finished, failed ones included. */
  readonly done: number;
  readonly failed: number;
  /** Items of the list. */
  readonly total: number;
}

/** What became of a list's items, as the trace has it: the same whatever finished first. A type, so that it counts as JSON. */
export type ItemCounts = {
  readonly total: number;
  /** Items that have a result. */
  readonly done: number;
  readonly failed: number;
  /** Attempts that failed and were repeated. */
  readonly retried: number;
};

/** One attempt at an item. */
export interface ItemAttempt {
  /** Counts from 1. */
  readonly attempt: number;
  readonly last: boolean;
  readonly signal: AbortSignal;
  /** To be called for every report. */
  readonly alive: () => void;
}

/** When work on an item is repeated, and how long it may go without a report. */
export interface ItemLimits {
  readonly retry?: RetryPolicy;
  readonly idleMs?: number;
}

/** What a behaviour that works item by item needs of its run. */
export interface ItemServices {
  readonly clock: Clock;
  /** To be told before graphs are run for the items of a list: runs for another list are left behind. `of` as below. */
  open(of: string): void;
  /** Runs a graph for an item, or goes on with the run that was begun so; its slot is the item's number. */
  runGraph(call: GraphCall, index: number, attempt: ItemAttempt): Promise<GraphOutcome>;
  /** The items that are finished, by index. `of`: what tells their list from another; what was kept of another is forgotten. */
  kept(of: string): ReadonlyMap<number, KeptItem>;
  /** Keeps items that are finished, durably. */
  keep(of: string, items: readonly KeptItem[]): void;
  /** Whether the run is to pause: nothing more is to be begun. */
  pausing(): boolean;
  /** Where an item tells: in the trace that stands in the order of the items. */
  events(index: number): HandlerEvents;
  /** What the items from this one on have told is not recorded: they do not count. */
  dropEvents(from: number): void;
  /** Tells people how far the task is; in no trace. */
  progress(progress: ItemProgress): void;
  /** Tries until it succeeds, is out of attempts or of time, or fails for good; never rejects. Gives the attempts it took. */
  attempt(
    limits: ItemLimits,
    index: number,
    work: (attempt: ItemAttempt) => Awaitable<ItemOutcome>,
    signal: AbortSignal,
  ): Promise<{ readonly outcome: ItemOutcome; readonly attempts: number }>;
}
