import type { ExpressionProgram } from "../expression/cel.js";
import type { RetryPolicy, Timeouts } from "../model/policies.js";
import type { Behaviour } from "./behaviour.js";

/** Which earlier results of a node may be used again. */
export interface CacheProgram {
  /** What the node does, as text: a result of anything else is not its own. */
  readonly meaning: string;
  /** Path of its module as the document has it, where it has one. */
  readonly module?: string;
  /** Path of the document whose graph it runs, where it runs one. */
  readonly graph?: string;
  /** Version of that module or graph; absent where none is known. */
  readonly version?: string;
  /** Channels that it reads; absent: all. */
  readonly reads?: readonly string[];
  /** The value that tells one piece of work from another; absent: the value of every channel that it reads. */
  readonly key?: ExpressionProgram;
  readonly ttlMs?: number;
}

/** How a node's tasks are run, compiled. */
export interface TaskPolicy {
  readonly disabled: boolean;
  readonly retry?: RetryPolicy;
  readonly timeout?: Timeouts;
  /** Run in place of the node when it has failed for good. */
  readonly fallback?: Behaviour;
  readonly cache?: CacheProgram;
}
