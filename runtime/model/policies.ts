import type { ChannelName } from "./ids.js";
import type { JsonValue } from "./json.js";

/** When a failed attempt is repeated. Attempt n + 1 begins `delayMs * backoff ** (n - 1)` after attempt n, jittered, then capped. */
export interface RetryPolicy {
  /** How often the work is tried in all, the first time included. */
  readonly attempts: number;
  readonly delayMs: number;
  readonly backoff: number;
  /** Share of the delay, 0 to 1, by which chance makes it longer or shorter. */
  readonly jitter: number;
  /** No delay is longer. */
  readonly capMs: number;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
}

/** How long a task may take. */
export interface Timeouts {
  /** From its start to its end, all attempts and the waits between them included. Of a barrier: until somebody has decided. */
  readonly runMs?: number;
  /** Without a sign of life (a log line, progress) within one attempt. */
  readonly idleMs?: number;
}

/** What takes the place of a failed task's result: values to write, or a handler that is told the error. */
export type Fallback =
  | { readonly type: "writes"; readonly writes: Readonly<Record<ChannelName, JsonValue>> }
  | { readonly type: "handler"; readonly handler: string };

/** When an earlier result of a node is used again. */
export interface CachePolicy {
  /** Expression whose value tells one piece of work from another; absent: all that the node reads. */
  readonly key?: string;
  /** How long a result may be used; absent: for as long as the node stays as it is. */
  readonly ttlMs?: number;
}

/** How a node's tasks are run, whatever they do. */
export interface NodePolicies {
  readonly retry?: RetryPolicy;
  readonly timeout?: Timeouts;
  readonly fallback?: Fallback;
  readonly cache?: CachePolicy;
  /** Bypassed: its tasks finish at once, write nothing and return no action. */
  readonly disabled?: true;
}
