// The jobs at work.
//
// 1. A job is over once: when it is done, when its time is up, or when it is ended. What it does later counts for nothing.
// 2. Only a success subtracts edits, and only those up to the watermark that the job began with.
import { errorInfo, toErrorInfo, type ErrorInfo } from "../../errors.js";
import type { Clock } from "../../ports.js";
import type { QueueFigures } from "./figures.js";
import type { JobRun, Slot } from "./slot.js";

interface JobOptions {
  readonly jobTimeoutMs: number;
  readonly storm: { readonly compiles: number };
}

/** Runs jobs, one a graph, and notes on the graph what came of them. */
export class Jobs {
  readonly #clock: Clock;
  readonly #options: JobOptions;
  readonly #figures: QueueFigures;
  readonly #changed: (slot: Slot) => void;
  readonly #freed: () => void;
  readonly #slots = new Set<Slot>();
  #begun = 0;

  /** `changed` is called when a job of a graph has begun or is over, `freed` when one is over that was not done at once. */
  constructor(clock: Clock, options: JobOptions, figures: QueueFigures, changed: (slot: Slot) => void, freed: () => void) {
    this.#clock = clock;
    this.#options = options;
    this.#figures = figures;
    this.#changed = changed;
    this.#freed = freed;
  }

  /** How many are at work. */
  get size(): number {
    return this.#slots.size;
  }

  /** The number that the next job gets. */
  get next(): number {
    return this.#begun;
  }

  /** Begins a graph's job, over all edits that wait. */
  begin(slot: Slot): void {
    const run = slot.begin(this.#clock, this.#begun, this.#options.storm.compiles);
    this.#begun += 1;
    this.#slots.add(slot);
    this.#figures.waited(run.began.monotonic - slot.since.monotonic);
    this.#changed(slot);
    try {
      const pending = slot.job(run.abort.signal);
      if (pending === undefined) this.#finish(slot, run);
      else void this.#follow(slot, run, pending);
    } catch (error) {
      this.#finish(slot, run, toErrorInfo(error, "PLAN_INVALID"));
    }
  }

  /** Ends a graph's job before it is done; the edits wait on. */
  end(slot: Slot): void {
    const { run } = slot;
    if (run === undefined) return;
    this.#leave(slot, run);
    this.#figures.count("cancelled");
    run.abort.abort();
    this.#changed(slot);
  }

  endAll(): void {
    for (const slot of this.#slots) this.end(slot);
  }

  async #follow(slot: Slot, run: JobRun, pending: Promise<void>): Promise<void> {
    run.cancelTimer = this.#clock.after(this.#options.jobTimeoutMs, () => this.#timeOut(slot, run));
    try {
      await pending;
      if (this.#finish(slot, run)) this.#freed();
    } catch (error) {
      if (this.#finish(slot, run, toErrorInfo(error, "PLAN_INVALID"))) this.#freed();
    }
  }

  #timeOut(slot: Slot, run: JobRun): void {
    const { jobTimeoutMs } = this.#options;
    this.#figures.count("timedOut");
    run.abort.abort();
    this.#finish(
      slot,
      run,
      errorInfo("COMPILE_TIMED_OUT", `The compile was not done within ${jobTimeoutMs / 1000} s.`, { ms: jobTimeoutMs }),
    );
    this.#freed();
  }

  /** Says whether the job still counted (invariant 1). */
  #finish(slot: Slot, run: JobRun, error?: ErrorInfo): boolean {
    if (slot.run !== run) return false;
    this.#leave(slot, run);
    this.#figures.worked(this.#clock.monotonic() - run.began.monotonic);
    this.#figures.count(error === undefined ? "compiled" : "failed");
    if (error === undefined) this.#figures.count("covered", slot.cover(run.watermark)); // invariant 2
    else slot.fail(error, this.#clock);
    slot.answer(run.watermark);
    this.#changed(slot);
    return true;
  }

  #leave(slot: Slot, run: JobRun): void {
    run.cancelTimer?.();
    slot.run = undefined;
    this.#slots.delete(slot);
  }
}
