import { expect } from "vitest";
import { CompileQueue } from "../../runtime/index.js";
import { ManualClock } from "../support/manual-clock.js";
import { QueueModel, type ModelGraph } from "./queue-model.js";
import { allTriggers, type Behaviour, type Step, type Story } from "./queue-stories.js";

class JumpyClock extends ManualClock {
  offset = 0;

  override now(): number {
    return super.now() + this.offset;
  }
}

interface OpenJob {
  readonly graph: ModelGraph;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A real queue beside its model. Every job that begins or ends, and every step, is compared. */
export class QueueWorld {
  readonly clock = new JumpyClock();
  readonly model: QueueModel;
  readonly queue: CompileQueue;
  #behaviours: readonly Behaviour[];
  #begun = 0;
  #open: OpenJob[] = [];
  /** Why a running job may be ended now. */
  #mayEnd = false;
  /** The time of a stop is up, in this very moment. */
  #stopping = false;
  /** For each promise under way, whether it is still right to wait. */
  readonly #promises = new Set<() => boolean>();
  readonly #unregister = new Map<string, () => void>();

  constructor({ settings, behaviours }: Story) {
    this.model = new QueueModel(settings);
    this.queue = new CompileQueue(this.clock, settings);
    this.#behaviours = behaviours;
    for (const name of "abcde") this.act({ do: "register", graph: name, never: false });
  }

  /** Promises of `compileNow`, `drain` and `stop` that nothing has resolved yet. */
  get promised(): number {
    return this.#promises.size;
  }

  /** Takes a step, and compares. */
  async step(step: Step): Promise<void> {
    this.act(step);
    await settled();
    if (step.do === "advance") this.#checkNobodyIdles();
    this.check();
  }

  /** From now on every job is done at once, and those at work are. */
  async calm(): Promise<void> {
    this.#behaviours = ["done"];
    for (const job of this.#open) this.#end(job, true);
    await settled();
  }

  act(step: Step): void {
    const { queue, model, clock } = this;
    switch (step.do) {
      case "notify":
        for (let time = 0; time < step.times; time += 1) this.#notify(step.graph, step.triggers);
        return;
      case "end":
        return this.#endOne(step.which, step.well);
      case "advance":
        return clock.advance(step.ms);
      case "jump":
        clock.offset += step.ms;
        return;
      case "start":
        model.started = true;
        return queue.start();
      case "stop":
        return this.#stop(step.ms);
      case "drain":
        return this.#drain(step.ms);
      case "cancel":
        return this.#ending(
          () => queue.cancel(step.graph),
          () => model.cancel(step.graph),
        );
      case "prioritise":
        model.onScreen = step.graph;
        return queue.prioritise(step.graph);
      case "compileNow":
        return this.#compileNow(step.scope);
      case "withdraw":
        return this.#ending(
          () => queue.withdraw(step.graph),
          () => model.withdraw(step.graph),
        );
      case "unregister":
        return this.#ending(
          () => this.#unregister.get(step.graph)?.(),
          () => model.forget(step.graph),
        );
      case "register":
        return this.#ending(
          () => this.#register(step.graph, step.never),
          () => model.register(step.graph, step.never),
        );
    }
  }

  /** The backlog is true, and the sums are right. */
  check(): void {
    const { queue, model } = this;
    const { backlog, counters, running, pressure, started } = queue.state;
    expect(
      backlog.map(({ graph: name, edits, since, running: runs, failures, covers, reasons }) => [
        name,
        edits,
        since,
        runs,
        failures,
        covers ?? 0,
        reasons,
      ]),
    ).toEqual(
      model.backlog.map(({ name, waiting, run, failure }) => [
        name,
        waiting.length,
        waiting[0]?.wall,
        run !== undefined,
        failure?.count ?? 0,
        run?.covers.length ?? 0,
        [...new Set(waiting.map(({ reason }) => reason))],
      ]),
    );
    expect([running, pressure.waiting, started]).toEqual([model.running.length, backlog.length, model.started]);
    expect([counters.notified, counters.covered, counters.withdrawn]).toEqual([model.edits, model.compiled.size, model.withdrawn.size]);
    for (const [edit, times] of model.compiled) expect([edit, times]).toEqual([edit, 1]);
    for (const mayWait of this.#promises) expect(mayWait()).toBe(true);
  }

  #notify(name: string, triggers: number): void {
    const { clock } = this;
    const which = allTriggers[triggers] ?? allTriggers[0];
    // One reason an edit: so that the backlog shows which edits it holds.
    const reason = `edit ${this.model.edits + 1}`;
    this.model.notify(name, reason, which, clock.monotonic(), clock.now());
    this.queue.notify(name, [reason], which);
  }

  #register(name: string, never: boolean): void {
    this.#unregister.set(
      name,
      this.queue.register(name, (signal) => this.#job(name, signal), { never }),
    );
  }

  /** The queue ends jobs within `act`; the model follows afterwards, before another job can have begun. */
  #ending(act: () => void, follow: () => void): void {
    // Jobs that begin within `act` must find the model as it is after it.
    this.#mayEnd = true;
    follow();
    act();
    this.#mayEnd = false;
  }

  #stop(ms: number | undefined): void {
    this.model.stop();
    // Timers of one time fire in the order in which they were set: these two enclose the one of the queue.
    if (ms !== undefined) this.clock.after(ms, () => (this.#stopping = true));
    this.#promise(this.queue.stop(ms), () => !this.model.started && this.model.running.length > 0);
    if (ms !== undefined) this.clock.after(ms, () => (this.#stopping = false));
  }

  #drain(ms: number | undefined): void {
    const { model, clock } = this;
    const drain = { from: model.jobs };
    const until = clock.monotonic() + (ms ?? Number.POSITIVE_INFINITY);
    model.drains.add(drain);
    for (const each of model.graphs.values()) each.held = false;
    if (ms !== undefined) clock.after(ms, () => model.drains.delete(drain));
    const isBusy = (): boolean => model.running.length > 0 || model.ready(clock.monotonic()).length > 0;
    this.#promise(this.queue.drain(ms), isBusy, ({ drained }) => {
      model.drains.delete(drain);
      if (drained) expect([model.backlog.length, model.running.length]).toEqual([0, 0]);
      else
        expect(
          until <= clock.monotonic() || !model.started || model.backlog.every(({ failure, held }) => held || failure !== undefined),
        ).toBe(true);
    });
  }

  #compileNow(scope: readonly string[] | undefined): void {
    const asked = this.model.ask(scope);
    const isOpen = (): boolean => asked.some(([{ asks }, ask]) => asks.has(ask));
    this.#promise(this.queue.compileNow(scope), isOpen, () => expect(isOpen()).toBe(false));
  }

  #promise<Result>(promise: Promise<Result>, mayWait: () => boolean, check: (result: Result) => void = () => undefined): void {
    this.#promises.add(mayWait);
    void this.#follow(promise, mayWait, check);
  }

  async #follow<Result>(promise: Promise<Result>, mayWait: () => boolean, check: (result: Result) => void): Promise<void> {
    const result = await promise;
    this.#promises.delete(mayWait);
    this.#caught(() => check(result));
  }

  /** What was wrong where nobody could be told. */
  readonly failures: unknown[] = [];

  #caught(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.failures.push(error);
    }
  }

  /** The one job of all graphs: it checks that it may begin. */
  #job(name: string, signal: AbortSignal): void | Promise<void> {
    const { model, clock } = this;
    const now = clock.monotonic();
    const [first] = model.ready(now);
    this.#caught(() => {
      expect(`begins ${name}`).toBe(`begins ${first?.name}`);
      expect(model.running.length).toBeLessThan(model.settings.concurrency);
    });
    const subject = model.graphs.get(name);
    if (subject === undefined) throw new Error("a graph that is not known");
    model.begin(subject, now);
    const behaviour = this.#behaviours[this.#begun % this.#behaviours.length];
    this.#begun += 1;
    if (behaviour === "done") return model.succeed(subject);
    if (behaviour === "open") return this.#openJob(subject, signal);
    model.fail(subject, now);
    throw new Error("no");
  }

  #openJob(subject: ModelGraph, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const job: OpenJob = { graph: subject, signal, resolve, reject };
      this.#open.push(job);
      signal.addEventListener("abort", () => this.#caught(() => this.#aborted(job)));
    });
  }

  #aborted({ graph: subject }: OpenJob): void {
    if (this.#mayEnd) return; // the model knows
    const now = this.clock.monotonic();
    if (this.#stopping) subject.run = undefined;
    else {
      expect(now - (subject.run?.at ?? now)).toBeCloseTo(this.model.settings.jobTimeoutMs);
      this.model.fail(subject, now);
    }
  }

  #endOne(which: number, well: boolean): void {
    const job = this.#open[which % Math.max(1, this.#open.length)];
    if (job !== undefined) this.#end(job, well);
  }

  /** Ends a job; one that was ended before must not be heard. */
  #end(job: OpenJob, well: boolean): void {
    this.#open = this.#open.filter((each) => each !== job);
    if (!job.signal.aborted) {
      if (well) this.model.succeed(job.graph);
      else this.model.fail(job.graph, this.clock.monotonic());
    }
    if (well) job.resolve();
    else job.reject(new Error("no"));
  }

  /** After a turn of the event loop nobody waits who may begin. */
  #checkNobodyIdles(): void {
    const { model, clock } = this;
    if (model.running.length < model.settings.concurrency) expect(model.ready(clock.monotonic()).map(({ name }) => name)).toEqual([]);
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
