// Results of nodes that may be used again. They are kept in the store: a hit outlives the program, and serves all runs of a
// store, so that trying a graph out again and again pays for its expensive nodes once.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { CachedResult } from "../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import { ExpressionError } from "../expression/cel.js";
import { canonical } from "../model/canonical.js";
import type { TaskContext, TaskOutcome } from "../plan/behaviour.js";
import type { CacheProgram } from "../plan/policy.js";

type Done = Extract<TaskOutcome, { type: "done" }>;

/** What a piece of work is known by, or why that cannot be told. */
export type CacheKey = { readonly ok: true; readonly key: string } | { readonly ok: false; readonly error: ErrorInfo };

/** The key of a task: what its node does, with which module in which state, on what. */
export function cacheKey(cache: CacheProgram, task: TaskContext): CacheKey {
  try {
    const work = cache.key === undefined ? readsOf(cache, task) : cache.key(task.variables());
    const module = cache.module === undefined ? null : task.resolve(cache.module);
    const version = module === null ? null : (cache.version ?? task.handlers.version?.(module) ?? null);
    const graph = cache.graph === undefined ? [] : [cache.version ?? task.graphMeaning(cache.graph)];
    return { ok: true, key: bytesToHex(sha256(utf8ToBytes(canonical([cache.meaning, module, version, work, ...graph])))) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { ok: false, error: errorInfo("EXPRESSION", `The cache key of "${task.node}": ${error.message}`, { node: task.node }) };
  }
}

/** The result that was kept under a key, unless its time is over. */
export function recall(store: Pick<CheckpointStore, "cached">, key: string, now: number): TaskOutcome | undefined {
  const result = store.cached(key, now);
  return result === undefined ? undefined : { ...(result as Omit<Done, "type">), type: "done" };
}

/** What is to be kept of a result, for `ttlMs` milliseconds, or without an end. */
export function cacheEntry(key: string, outcome: Done, now: number, ttlMs?: number): CachedResult {
  const { type: _type, ...result } = outcome;
  return { key, at: now, expires: ttlMs === undefined ? null : now + ttlMs, result };
}

function readsOf({ reads }: CacheProgram, task: TaskContext): unknown {
  const names = reads ?? [...task.channelNames()];
  const channels = Object.fromEntries(names.map((name) => [name, task.channel(name)?.value]));
  return task.input === undefined ? [channels] : [channels, task.input];
}
