// One task, from its node's program to its outcome: bypassed, taken from the cache, tried, or replaced by its fallback.
import type { CachedResult, StoredTask } from "../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { Awaitable } from "../model/awaitable.js";
import type { JsonValue } from "../model/json.js";
import type { GraphCall, GraphOutcome, TaskOutcome } from "../plan/behaviour.js";
import type { NodeProgram, Plan } from "../plan/plan.js";
import type { TaskPolicy } from "../plan/policy.js";
import type { Clock, HandlerHost, HttpClient, Random } from "../ports.js";
import type { TraceSink } from "../trace/lane.js";
import { tryOnce, tryPolicy, type AttemptServices } from "./attempts.js";
import { elapsed } from "./elapsed.js";
import type { ItemHooks } from "./item-services.js";
import type { Retries } from "./retries.js";
import type { Snapshot } from "./snapshot.js";
import { cacheEntry, cacheKey, recall, type CacheKey } from "./task-cache.js";
import { attemptContexts } from "./task-context.js";
import { checkWrites } from "./writes.js";

/** What tasks are run with. */
export interface TaskServices {
  readonly handlers: HandlerHost;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Pick<CheckpointStore, "cached">;
  readonly trace: TraceSink;
  readonly items: ItemHooks;
  readonly retries: Retries;
  /** Makes the absolute path of a module that the document names. */
  readonly resolve: (path: string) => string;
  readonly nested: NestedTasks;
}

/** The attempt of the task around. */
export interface NestingAttempt {
  readonly attempt: number;
  readonly signal: AbortSignal;
  /** To be called for every sign of life. */
  readonly alive: (() => void) | undefined;
  /** Where the outer run tells of it. */
  readonly trace: TraceSink;
}

/** Runs graphs inside tasks. */
export interface NestedTasks {
  run(task: StoredTask, call: GraphCall, attempt: NestingAttempt): Promise<GraphOutcome>;
  /** What tells a graph, as it is now, from others. */
  meaning(path: string, handlers: HandlerHost): JsonValue;
}

/** A task's outcome with the milliseconds it took. */
export interface TimedOutcome {
  readonly task: StoredTask;
  readonly outcome: TaskOutcome;
  readonly ms: number;
  /** What is to be kept for later tasks that do the same work. */
  readonly cached?: CachedResult;
}

/** Runs one task to its outcome; never rejects. At once where its behaviour is. */
export function runTask(
  plan: Plan,
  run: string,
  snapshot: Snapshot,
  task: StoredTask,
  services: TaskServices,
  signal: AbortSignal,
): Awaitable<TimedOutcome> {
  const { clock } = services;
  const started = clock.monotonic();
  const { node } = task;
  const program = plan.nodes.get(node);
  if (program === undefined)
    return { task, outcome: failed(errorInfo("NOT_RESUMABLE", `The graph has no node "${node}".`, { node })), ms: 0 };
  const { behaviour, policy } = program;
  if (policy !== undefined) return new TaskRun({ program, policy, plan, run, snapshot, task, services, signal }).timed(started);
  const outcome = tryOnce(behaviour, attemptContexts(run, snapshot, task, services), { attempt: 1, last: true, signal });
  const timed = (given: TaskOutcome): TimedOutcome => ({ task, outcome: given, ms: elapsed(clock, started) });
  return outcome instanceof Promise ? outcome.then(timed) : timed(outcome);
}

/** What a task with a policy is run from. */
interface TaskParts {
  readonly program: NodeProgram;
  readonly policy: TaskPolicy;
  readonly plan: Plan;
  readonly run: string;
  readonly snapshot: Snapshot;
  readonly task: StoredTask;
  readonly services: TaskServices;
  readonly signal: AbortSignal;
}

class TaskRun {
  readonly #parts: TaskParts;
  /** The node's own result, where it is to be kept. */
  #cached: CachedResult | undefined;

  constructor(parts: TaskParts) {
    this.#parts = parts;
  }

  async timed(started: number): Promise<TimedOutcome> {
    const { task, services } = this.#parts;
    const outcome = await this.#outcome();
    const ms = elapsed(services.clock, started);
    return this.#cached === undefined ? { task, outcome, ms } : { task, outcome, ms, cached: this.#cached };
  }

  #outcome(): Awaitable<TaskOutcome> {
    const { program, policy } = this.#parts;
    return policy.disabled ? this.#bypass() : this.#perform(program, policy);
  }

  #bypass(): TaskOutcome {
    this.#parts.services.trace.record({ type: "task-bypassed", ...this.#named() });
    return { type: "done", writes: {} };
  }

  /** The node's result of before, its own, or that of its fallback; only its own is kept for later. */
  async #perform(program: NodeProgram, policy: TaskPolicy): Promise<TaskOutcome> {
    const key = this.#cacheKey(policy);
    const outcome = key?.ok === false ? failed(key.error) : (this.#recall(key) ?? (await this.#work(program, policy, key?.key)));
    if (outcome.type !== "failed" || policy.fallback === undefined || this.#parts.signal.aborted) return outcome;
    this.#parts.services.trace.record({ type: "task-fallback", ...this.#named(), error: outcome.error });
    const { disabled, timeout } = policy;
    const once = { disabled, ...(timeout === undefined ? {} : { timeout }) };
    const services = { ...this.#attempts(), made: 0 };
    return tryPolicy(policy.fallback, once, program.id, this.#contexts(outcome.error), services, this.#parts.signal);
  }

  async #work(program: NodeProgram, policy: TaskPolicy, key: string | undefined): Promise<TaskOutcome> {
    const outcome = await tryPolicy(program.behaviour, policy, program.id, this.#contexts(), this.#attempts(), this.#parts.signal);
    if (outcome.type === "done" && key !== undefined)
      this.#cached = cacheEntry(key, outcome, this.#parts.services.clock.now(), policy.cache?.ttlMs);
    return outcome;
  }

  /** A result that people had a part in is neither kept nor replaced by another. */
  #cacheKey({ cache }: TaskPolicy): CacheKey | undefined {
    if (cache === undefined || this.#wasAnswered()) return undefined;
    return cacheKey(cache, this.#contexts().open({ attempt: 1, last: true, signal: this.#parts.signal }));
  }

  #recall(key: CacheKey | undefined): TaskOutcome | undefined {
    if (key?.ok !== true) return undefined;
    const known = recall(this.#parts.services.store, key.key, this.#parts.services.clock.now());
    if (known === undefined || this.#refuse(known) !== undefined) return undefined;
    this.#parts.services.trace.record({ type: "task-cached", ...this.#named() });
    return known;
  }

  #wasAnswered(): boolean {
    return this.#parts.snapshot.frontier.questions.some((question) => question.task === this.#parts.task.id);
  }

  #contexts(error?: ErrorInfo) {
    return attemptContexts(this.#parts.run, this.#parts.snapshot, this.#parts.task, this.#parts.services, error);
  }

  #attempts(): AttemptServices {
    const { clock, random, trace, retries } = this.#parts.services;
    const { task } = this.#parts;
    return {
      clock,
      random,
      made: retries.take(task.id),
      refuse: (outcome) => this.#refuse(outcome),
      onRetry: (attempt, { error }, delayMs) => {
        trace.record({ type: "task-retried", ...this.#named(), attempt, error, delayMs });
        return retries.failed(task, attempt, error);
      },
    };
  }

  /** Writes that do not fit count as a failure of the attempt: another one may do better, and they must not be kept. */
  #refuse(outcome: TaskOutcome): TaskOutcome | undefined {
    if (outcome.type !== "done") return undefined;
    const { id, node } = this.#parts.task;
    const { writes, cleared } = outcome;
    const result = { task: id, node, writes, ms: 0, ...(cleared === undefined ? {} : { cleared }) };
    const fault = checkWrites(this.#parts.plan.channels, [result]);
    return fault === undefined ? undefined : failed(fault.error);
  }

  #named() {
    return { superstep: this.#parts.snapshot.frontier.superstep + 1, node: this.#parts.task.node, task: this.#parts.task.id };
  }
}

function failed(error: ErrorInfo): TaskOutcome {
  return { type: "failed", error };
}
