import { availableParallelism } from "node:os";

const MB = 2 ** 20;

/** Bounds on handler processes. Times in milliseconds, sizes in bytes, both roughly. */
export interface PoolLimits {
  /** How many processes there are at most. Default: one a core, from 2 to 8. */
  readonly processes: number;
  /** How many calls are at work in one process at most; the others wait in the host. Default 256. */
  readonly callsPerProcess: number;
  /** Heap of one process (`--max-old-space-size`). What it takes outside of the heap is bounded by half as much again and 512 MB. Default 2 GB. */
  readonly memoryBytes: number;
  /** Bound on the channel values that a process keeps. Default 128 MB. */
  readonly cacheBytes: number;
  /** Bound on what a call returns. Default 16 MB. */
  readonly resultBytes: number;
  /** How long a stopped call may take to end before its process is ended. Default 1000. */
  readonly grace: number;
  /** How long the other calls in such a process may take to end first. Default 10,000. */
  readonly patience: number;
  /** How long a process may give no sign of life while calls are at work in it. Default ten minutes; never while debugging. */
  readonly stuckAfter: number;
  /** Changed modules that a process loads before it is replaced. Default 200. */
  readonly reloads: number;
}

const defaults: Omit<PoolLimits, "processes"> = {
  callsPerProcess: 256,
  memoryBytes: 2048 * MB,
  cacheBytes: 128 * MB,
  resultBytes: 16 * MB,
  grace: 1000,
  patience: 10_000,
  stuckAfter: 600_000,
  reloads: 200,
};

/** The limits that are given, and the default ones for the rest. */
export function poolLimits(given: Partial<PoolLimits>): PoolLimits {
  const processes = Math.min(8, Math.max(2, availableParallelism()));
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...defaults, processes, ...named };
}

/** Bound on all memory of a process: user code can take memory that the engine's heap does not count. */
export function residentBytes({ memoryBytes }: PoolLimits): number {
  return 1.5 * memoryBytes + 512 * MB;
}
