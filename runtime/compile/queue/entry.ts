import type { ErrorInfo } from "../../errors.js";
import type { Awaitable } from "../../model/awaitable.js";
import type { CompileSettings } from "../../model/graph.js";

/**
 * What an entry of the backlog waits for. `running`: the end of its job. `turn`: other graphs are at work or before it. `age`: it
 * is compiled when its oldest edit is old enough. `edits`: only more edits, or somebody who asks, start it. `back-off`: its last
 * job failed. `storm`: it was compiled too often of late. `asked`: it was cancelled, and the next edit or question starts it.
 * `start`: the queue is stopped.
 */
export type Wait = "running" | "turn" | "age" | "edits" | "back-off" | "storm" | "asked" | "start";

/** What waits for one graph. */
export interface QueueEntry {
  readonly graph: string;
  /** Why, one line for each change, without repeats; at most 64. */
  readonly reasons: readonly string[];
  /** Edits not yet covered by a successful compile. */
  readonly edits: number;
  /** Milliseconds since the epoch of the oldest edit. */
  readonly since: number;
  readonly waits: Wait;
  readonly running: boolean;
  /** Milliseconds since the epoch at which its job began; absent: none runs. */
  readonly runningSince?: number;
  /** How many of the edits the running job covers; absent: none runs. */
  readonly covers?: number;
  /** Failures in a row. */
  readonly failures: number;
  /** Milliseconds since the epoch; absent: no attempt is set for a time. */
  readonly nextAttemptAt?: number;
  /** What the last job failed with. */
  readonly error?: ErrorInfo;
}

/** Some durations, in milliseconds; percentiles are within one percent. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Sums since the queue was made. `notified` = `covered` + `withdrawn` + what waits. */
export interface QueueCounters {
  /** Edits that were noted. */
  readonly notified: number;
  /** Edits that successful jobs covered. */
  readonly covered: number;
  /** Edits that were undone, or whose graph was forgotten. */
  readonly withdrawn: number;
  /** Jobs that succeeded. */
  readonly compiled: number;
  /** Jobs that failed; those that timed out are among them. */
  readonly failed: number;
  readonly timedOut: number;
  /** Jobs that were ended by `cancel`, `stop`, `withdraw` or because their graph was forgotten. */
  readonly cancelled: number;
}

/** The whole state of the queue at one moment. */
export interface QueueState {
  readonly started: boolean;
  /** The graph on screen first, then the oldest edit first. */
  readonly backlog: readonly QueueEntry[];
  readonly running: number;
  /** How many graphs wait, and whether that is more than is usual. Nothing is dropped either way. */
  readonly pressure: { readonly waiting: number; readonly bound: number; readonly high: boolean };
  readonly counters: QueueCounters;
  /** From the oldest edit to the start of its job, and from there to its end; null before the first. */
  readonly latencies: { readonly wait: Latency | null; readonly job: Latency | null };
}

/**
 * Compiles one graph as it stands when called. Rejects or throws when that fails. Once the signal is aborted nobody waits for it,
 * its outcome is ignored, and another job of the same graph may begin: it must change nothing from then on.
 */
export type CompileJob = (signal: AbortSignal) => Awaitable<void>;

/** When a graph is compiled by itself. */
export type Triggers = Pick<CompileSettings, "sizeThreshold" | "staleAfterMs" | "staleMinEdits">;

/** How a queue works; what is absent has the default named. */
export interface QueueOptions {
  /** `timer` (default): jobs start from timers. `inline`: as soon as they are due, within `notify`, and without a cap on storms. */
  readonly mode?: "timer" | "inline";
  /** How many graphs are at work at once: 2. */
  readonly concurrency?: number;
  /** Milliseconds after which a job that is not done has failed: 60,000. */
  readonly jobTimeoutMs?: number;
  /** How many graphs may wait before pressure counts as high: 100. */
  readonly pressure?: number;
  /** How often one graph may be compiled in a time before it waits: 60 in 10,000 ms. Who asks for a compile gets it all the same. */
  readonly storm?: { readonly compiles: number; readonly windowMs: number };
}
