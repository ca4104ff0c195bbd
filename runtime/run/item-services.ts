// What a task that works item by item is given of its run.
import type { KeptItem, StoredItems, StoredTask } from "../checkpoint/checkpoint.js";
import { errorInfo } from "../errors.js";
import type { Awaitable } from "../model/awaitable.js";
import type { ItemAttempt, ItemLimits, ItemOutcome, ItemProgress, ItemServices } from "../plan/items.js";
import type { Clock, HandlerEvents, Random } from "../ports.js";
import type { TraceSink } from "../trace/lane.js";
import { GOLDEN, lasting, sleep } from "./attempts.js";
import { backoffMs } from "./backoff.js";
import type { NestedTasks } from "./task-runner.js";
import { withinLimits } from "./time-limits.js";

/** Where a run keeps items, and shows how far its tasks are. */
export interface ItemHooks {
  open(task: StoredTask, of: string): void;
  kept(task: string, of: string): ReadonlyMap<number, KeptItem>;
  keep(items: StoredItems): void;
  pausing(): boolean;
  progress(task: string, progress: ItemProgress): void;
}

/** How items tell something. */
interface Reports {
  readonly trace: TraceSink;
  readonly superstep: number;
  readonly node: string;
  /** Whether the task still may; counts as a sign of life. */
  readonly mayReport: () => boolean;
}

/** The services for one task. */
export function itemServices(
  stored: StoredTask,
  reports: Reports,
  services: { readonly clock: Clock; readonly random: Random; readonly items: ItemHooks; readonly nested: NestedTasks },
): ItemServices {
  const { id: task, node } = stored;
  const { clock, random, items: hooks, nested } = services;
  // One draw a task, as it starts, and from it one for each attempt at each item: chance must not depend on what finishes first.
  let chance: number | undefined;
  return {
    clock,
    open: (of) => hooks.open(stored, of),
    runGraph: (call, index, attempt) => nested.run(stored, call, { ...attempt, trace: reports.trace.part(index) }),
    kept: (of) => hooks.kept(task, of),
    keep: (of, items) => hooks.keep({ task, of, items }),
    events: (index) => itemEvents(task, index, reports),
    dropEvents: (from) => reports.trace.dropParts(from),
    pausing: () => hooks.pausing(),
    progress: (progress) => hooks.progress(task, progress),
    attempt(limits, index, work, signal) {
      chance ??= limits.retry === undefined ? 0 : random.next();
      const start = chance + index * GOLDEN;
      return tryItem(limits, node, clock, (attempt) => (start + (attempt - 1) * GOLDEN) % 1, work, signal);
    },
  };
}

function itemEvents(task: string, index: number, { trace, superstep, node, mayReport }: Reports): HandlerEvents {
  return {
    log(level, message) {
      if (mayReport()) trace.part(index).record({ type: "log", superstep, node, level, message });
    },
    progress: () => void mayReport(),
    emit(value) {
      if (mayReport()) trace.part(index).emit({ type: "token", superstep, node, task, value });
    },
  };
}

const cancelled: ItemOutcome = { type: "failed", error: errorInfo("CANCELLED", "The run was stopped.") };

async function tryItem(
  { retry, idleMs }: ItemLimits,
  node: string,
  clock: Clock,
  chance: (attempt: number) => number,
  work: (attempt: ItemAttempt) => Awaitable<ItemOutcome>,
  signal: AbortSignal,
): Promise<{ readonly outcome: ItemOutcome; readonly attempts: number }> {
  const limits = { ...(retry?.timeoutMs === undefined ? {} : { runMs: retry.timeoutMs }), ...(idleMs === undefined ? {} : { idleMs }) };
  for (let attempt = 1; ; attempt += 1) {
    const last = retry === undefined || attempt >= retry.attempts;
    const outcome = await withinLimits(limits, node, clock, signal, (bounded, alive) => work({ attempt, last, signal: bounded, alive }));
    if (outcome.type !== "failed" || last || signal.aborted || lasting.has(outcome.error.code)) return { outcome, attempts: attempt };
    await sleep(backoffMs(retry, attempt, chance(attempt)), clock, signal);
    if (signal.aborted) return { outcome: cancelled, attempts: attempt };
  }
}
