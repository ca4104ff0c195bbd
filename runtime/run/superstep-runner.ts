// The tasks of the open superstep, run: what they come to is taken into the run, and the superstep finished where it can be.
//
// 1. One await a superstep, and one more where reducers of the user's fold what it wrote: between them everything is decided
//    synchronously, by `Standing`.
// 2. A finished task is not run again: its result is kept until its superstep is finished.
// 3. What is stored depends on the results of tasks, not on who finished first.
import type { Frontier, StoredQuestion, StoredResult, StoredTask } from "../checkpoint/checkpoint.js";
import type { ErrorInfo, PatchbayError } from "../errors.js";
import { allOf, type Awaitable } from "../model/awaitable.js";
import type { ItemCounts, ItemProgress } from "../plan/items.js";
import type { TraceSink } from "../trace/lane.js";
import { elapsed } from "./elapsed.js";
import { apartWrites, foldApart, waitsForFold, type ApartWrites, type FoldedApart } from "./fold-apart.js";
import type { ItemHooks } from "./item-services.js";
import type { InnerRun, NestedRuns } from "./nested-runs.js";
import { isCaught, questionsOf, resultOf } from "./outcomes.js";
import type { Found } from "./replay/replay.js";
import { Retries, type FailedAttempt } from "./retries.js";
import type { RunServices } from "./run-services.js";
import type { HistoryServices } from "./position.js";
import type { Standing } from "./standing.js";
import { runnableTasks } from "./superstep.js";
import { runTask, type TaskServices, type TimedOutcome } from "./task-runner.js";

/** The task to step into, and those inside it. */
export interface StepInto {
  readonly task: string;
  readonly deeper: readonly string[];
}

/** What the runner is told and tells. */
interface RunnerEvents {
  /** Something that people see has changed. */
  changed(): void;
  /** Nothing new is to be started. */
  isDraining(): boolean;
  /** An attempt failed, and another follows. Whether the run stops there. */
  stops(failed: FailedAttempt): boolean;
}

/** A task that has ended, and the result that is kept of it. */
interface EndedTask {
  readonly timed: TimedOutcome;
  /** Absent where it asked, and where it failed with no `@error` edge to make a result of that: then the run fails. */
  readonly result: StoredResult | undefined;
}

/** Runs the supersteps of one run, one at a time. */
export class SuperstepRunner {
  readonly atWork = new Map<string, StoredTask>();
  /** How far tasks are that work item by item: those at work, and those that wait or were stopped on the way. */
  readonly progress = new Map<string, ItemProgress>();
  readonly retries: Retries;
  readonly resultListeners = new Set<(result: StoredResult) => void>();
  readonly #standing: Standing;
  readonly #nested: NestedRuns<InnerRun>;
  readonly #events: RunnerEvents;
  /** What kept a run inside a task of the open superstep from being written. */
  #unwritten: PatchbayError | undefined;
  readonly #tasks: TaskServices & Pick<HistoryServices, "store">;

  constructor(standing: Standing, services: RunServices, nested: NestedRuns<InnerRun>, events: RunnerEvents) {
    const { handlers, http, clock, random, store, resolve } = services;
    this.#standing = standing;
    this.#nested = nested;
    this.#events = events;
    this.retries = new Retries((failed) => events.stops(failed));
    this.#tasks = {
      handlers,
      http,
      clock,
      random,
      store,
      resolve,
      trace: standing.trace,
      nested,
      items: this.#itemHooks(),
      retries: this.retries,
    };
  }

  /** The run stands elsewhere: what tasks had done on the way is nothing to it. */
  forget(): void {
    this.progress.clear();
    this.retries.clear();
  }

  /** Runs one superstep; whether the run can go on to the next. */
  async run(signal: AbortSignal, into: StepInto | undefined): Promise<boolean> {
    const { clock } = this.#tasks;
    const started = clock.monotonic();
    if (!this.#standing.open()) return false;
    let asked = false;
    let parked = into !== undefined;
    let moved = false;
    let failure: ErrorInfo | undefined;
    // More than once where a decision came before its question, or while others were at work.
    do {
      const running = this.#runAll(this.#tasksNow(into), signal, into !== undefined);
      const ended = running instanceof Promise ? await this.#syncBeside(running) : running; // invariant 1
      this.#settleTasks(ended);
      const results: StoredResult[] = [];
      const questions: StoredQuestion[] = [];
      for (const { timed, result } of ended) {
        if (result !== undefined) results.push(result);
        else if (timed.outcome.type === "failed") failure ??= timed.outcome.error;
        for (const question of questionsOf(timed, clock)) questions.push(question);
      }
      asked ||= questions.length > 0;
      parked ||= ended.some(({ timed }) => timed.outcome.type === "parked");
      moved ||= ended.length > 0;
      this.#standing.work.take(results, questions);
      if (signal.aborted) {
        this.#assertWritten();
        return false;
      }
    } while (failure === undefined && !parked && !this.#events.isDraining() && this.#mayGoOn());
    this.#nested.forget((run) => this.#frontier.nested?.some((nested) => nested.run === run) === true);
    if (failure !== undefined) this.#standing.fail(failure);
    else if (this.#frontier.results.length === this.#frontier.due.length) {
      const apart = apartWrites(this.#standing.plan, this.#frontier);
      if (apart.length > 0) this.#standing.sync();
      const folded = apart.length === 0 ? undefined : await this.#fold(apart, signal);
      if (signal.aborted) return false;
      if (folded?.ok === false) this.#standing.fail(folded.error);
      else this.#standing.close(elapsed(clock, started), folded?.folded);
    } else if (moved || parked) {
      // Also where what ended asked nothing, and only others wait: invariant 2.
      this.#standing.park(parked && !asked ? "paused" : "asked");
    }
    this.#assertWritten();
    this.#events.changed();
    return this.#frontier.status === "running" && !this.#frontier.open;
  }

  /** The tasks that can run now, of those that are to. */
  #tasksNow(into: StepInto | undefined): readonly StoredTask[] {
    const tasks = runnableTasks(this.#standing.snapshot);
    return into === undefined ? tasks : tasks.filter(({ id }) => id === into.task);
  }

  #fold(apart: readonly ApartWrites[], signal: AbortSignal): Promise<FoldedApart> {
    const { snapshot, trace } = this.#standing;
    return foldApart(apart, { run: this.#standing.run, snapshot, ...this.#tasks, trace, signal });
  }

  /** Whether the open superstep has a task that can run. */
  #mayGoOn(): boolean {
    const { results, due } = this.#frontier;
    return results.length < due.length && runnableTasks(this.#standing.snapshot).length > 0;
  }

  /** Who steps into a task wants to see it work. */
  #runAll(tasks: readonly StoredTask[], signal: AbortSignal, into: boolean): Awaitable<readonly EndedTask[]> {
    return allOf(tasks, (task) => {
      const found = into ? undefined : this.#standing.recorded(task);
      return found?.type === "taken" ? this.#take(task, found) : this.#run(task, tasks.length, signal, found?.why);
    });
  }

  /** Makes safe what was held back while tasks are waited for anyway. What that throws is thrown once they have ended. */
  async #syncBeside(running: Promise<readonly EndedTask[]>): Promise<readonly EndedTask[]> {
    try {
      this.#standing.sync();
    } catch (thrown) {
      await Promise.allSettled([running]);
      throw thrown;
    }
    return running;
  }

  /** A task that finished before, and is not run. What is recorded of it stays where it is. */
  #take(task: StoredTask, { result, checkpoint }: Extract<Found, { type: "taken" }>): EndedTask {
    const { action, error } = result;
    const more = { ...(action === undefined ? {} : { action }), ...(error === undefined ? {} : { error }) };
    const { superstep } = this.#frontier;
    this.#standing.trace.record({ type: "task-replayed", superstep: superstep + 1, node: task.node, task: task.id, checkpoint, ...more });
    for (const listener of this.resultListeners) listener(result);
    return { timed: { task, outcome: { type: "done", writes: result.writes }, ms: 0 }, result };
  }

  #run(task: StoredTask, siblings: number, signal: AbortSignal, anew: string | undefined): Awaitable<EndedTask> {
    const { trace } = this.#standing;
    const superstep = this.#frontier.superstep + 1;
    this.atWork.set(task.id, task);
    trace.record({ type: "task-started", superstep, node: task.node, task: task.id, ...(anew === undefined ? {} : { anew }) });
    this.#events.changed();
    // A lone task needs no lane: nobody else tells anything, unless its items do.
    const services =
      siblings > 1 || this.#standing.plan.nodes.get(task.node)?.kind === "map" ? { ...this.#tasks, trace: trace.openLane() } : this.#tasks;
    const timed = runTask(this.#standing.plan, this.#standing.run, this.#standing.snapshot, task, services, signal);
    return timed instanceof Promise
      ? timed.then((each) => this.#ended(each, superstep, services.trace, signal))
      : this.#ended(timed, superstep, services.trace, signal);
  }

  /** A run inside a task could not be written: that is nothing that its task came to. It is told once what is at work has ended. */
  unwritten(error: PatchbayError): void {
    this.#unwritten ??= error;
  }

  #assertWritten(): void {
    const error = this.#unwritten;
    this.#unwritten = undefined;
    if (error !== undefined) throw error;
  }

  #ended(timed: TimedOutcome, superstep: number, trace: TraceSink, signal: AbortSignal): EndedTask {
    const { outcome, ms } = timed;
    const { node, id: task } = timed.task;
    const caught = isCaught(this.#standing.plan, timed, signal);
    const { questions } = this.#frontier;
    const answered = questions.some((question) => question.task === task);
    const result = resultOf(timed, caught, answered);
    this.atWork.delete(task);
    if (result !== undefined) this.progress.delete(task);
    if (outcome.type === "failed") {
      // Another try with the same results would be refused again.
      if (outcome.error.code === "CHANNEL_SCHEMA") this.#standing.work.forgetItems(task);
      trace.record({ type: "task-failed", superstep, node, task, ms, error: outcome.error, ...(caught ? { caught } : {}) });
    }
    // A lone task's result is saved with its superstep; it must outlive a failure of its siblings or their waiting, and of
    // what folds it (invariant 2).
    if (result !== undefined && (this.#frontier.due.length > 1 || waitsForFold(this.#standing.plan, result)))
      this.#standing.work.keepResult(result);
    if (result !== undefined) for (const listener of this.resultListeners) listener(result);
    if (outcome.type === "done")
      trace.record({ type: "task-finished", superstep, node, task, ms, ...actionOf(outcome), ...itemsOf(outcome) });
    this.#events.changed();
    return { timed, result };
  }

  /** Invariant 3. */
  #settleTasks(ended: readonly EndedTask[]): void {
    this.#standing.trace.settle();
    for (const { timed } of ended) if (timed.cached !== undefined) this.#standing.keepCached(timed.cached);
  }

  #itemHooks(): ItemHooks {
    return {
      open: (task, of) => this.#standing.work.openItems(task.id, of),
      kept: (task, of) => this.#standing.work.keptItems(task, of),
      keep: (items) => this.#standing.work.keepItems(items),
      pausing: () => this.#events.isDraining(),
      progress: (task, progress) => {
        this.progress.set(task, progress);
        this.#events.changed();
      },
    };
  }

  get #frontier(): Frontier {
    return this.#standing.snapshot.frontier;
  }
}

function actionOf(outcome: { readonly action?: string }): { readonly action?: string } {
  return outcome.action === undefined ? {} : { action: outcome.action };
}

function itemsOf(outcome: { readonly items?: ItemCounts }): { readonly items?: ItemCounts } {
  return outcome.items === undefined ? {} : { items: outcome.items };
}
