// What the queue knows of one graph.
//
// 1. Edits are numbered. `covered` only grows, and only to a number that a job started with or that was withdrawn: so an edit
//    during a job is neither lost nor compiled twice.
// 2. `noted` costs the same whatever waits.
import type { ErrorInfo } from "../../errors.js";
import type { Clock } from "../../ports.js";
import type { CompileJob, Triggers } from "./entry.js";
import { Reasons } from "./reasons.js";
import { retryDelay } from "./retry.js";

/** A moment on both clocks, in milliseconds: the one is for people, the other for timers. */
interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/** This moment. */
function momentOf(clock: Clock): Moment {
  return { wall: clock.now(), monotonic: clock.monotonic() };
}

/** A job at work. It covers the edits up to `watermark`. */
export interface JobRun {
  readonly watermark: number;
  readonly began: Moment;
  readonly abort: AbortController;
  cancelTimer?: () => void;
}

interface Ask {
  readonly watermark: number;
  readonly tried: () => void;
}

/** The last failure, as long as none but failures followed. */
interface Failure {
  readonly count: number;
  readonly error: ErrorInfo;
  readonly retryAt: Moment;
}

const byDefault: Triggers = { sizeThreshold: 1, staleAfterMs: 2000, staleMinEdits: 1 };

/** The edits of one graph, and what became of them. */
export class Slot {
  readonly graph: string;
  readonly job: CompileJob;
  /** Orders what is equally old. */
  readonly place: number;
  readonly reasons = new Reasons();
  triggers = byDefault;
  /** Of the oldest edit that waits; stands for nothing when none does. */
  since: Moment = { wall: 0, monotonic: 0 };
  run: JobRun | undefined;
  failure: Failure | undefined;
  /** Nobody has compiled it: it counts as stale, however young its first edit is. */
  never = false;
  /** It was cancelled: only another edit or somebody who asks starts it. */
  held = false;
  /** The number of its last job among all of the queue. */
  lastJob = -1;
  /** When it is due, as last worked out; undefined: not by what waits now. */
  due: number | undefined;
  #noted = 0;
  #covered = 0;
  /** Of the oldest edit that the running job does not cover. */
  #nextSince: Moment | undefined;
  #asks: Ask[] = [];
  readonly #starts: number[] = [];

  constructor(graph: string, job: CompileJob, place: number) {
    this.graph = graph;
    this.job = job;
    this.place = place;
  }

  /** Edits that wait. */
  get waiting(): number {
    return this.#noted - this.#covered;
  }

  /** Edits that the running job covers. */
  get covers(): number {
    return this.run === undefined ? 0 : Math.max(0, this.run.watermark - this.#covered);
  }

  /** Whether somebody asked for what waits to be compiled. */
  get asked(): boolean {
    return this.#asks.length > 0;
  }

  /** When the last jobs began, on the monotonic clock, the oldest first. */
  get starts(): readonly number[] {
    return this.#starts;
  }

  /** Notes an edit (invariant 2). */
  note(reasons: readonly string[], triggers: Triggers, clock: Clock): void {
    if (this.#noted === this.#covered) this.since = momentOf(clock);
    else if (this.#noted === this.run?.watermark) this.#nextSince = momentOf(clock);
    this.#noted += 1;
    this.triggers = triggers;
    this.held = false;
    this.reasons.note(this.#noted, reasons);
  }

  /** Somebody wants what waits now compiled; resolves when it has been tried, or was taken back. */
  ask(): Promise<void> {
    this.held = false;
    return new Promise((tried) => this.#asks.push({ watermark: this.#noted, tried }));
  }

  /** Takes back what was asked, as far as `watermark`. */
  answer(watermark = Number.POSITIVE_INFINITY): void {
    const answered = this.#asks.filter((ask) => ask.watermark <= watermark);
    this.#asks = this.#asks.filter((ask) => ask.watermark > watermark);
    for (const { tried } of answered) tried();
  }

  /** Takes back what was asked beyond what the running job covers. */
  takeBack(): void {
    const covered = this.run?.watermark ?? 0;
    const asks = this.#asks;
    this.#asks = asks.filter((ask) => ask.watermark <= covered);
    for (const { watermark, tried } of asks) if (watermark > covered) tried();
  }

  /** A job begins, over all edits so far. `number` tells it from all other jobs; when the last `remembered` ones began is kept. */
  begin(clock: Clock, number: number, remembered: number): JobRun {
    this.lastJob = number;
    this.#starts.push(clock.monotonic());
    if (this.#starts.length > remembered) this.#starts.shift();
    this.run = { watermark: this.#noted, began: momentOf(clock), abort: new AbortController() };
    this.#nextSince = undefined;
    return this.run;
  }

  /** The job failed; its edits wait for another attempt. */
  fail(error: ErrorInfo, clock: Clock): void {
    const count = (this.failure?.count ?? 0) + 1;
    const delay = retryDelay(this.graph, count);
    this.failure = { count, error, retryAt: { wall: clock.now() + delay, monotonic: clock.monotonic() + delay } };
  }

  /** Edits up to `watermark` are done with; says how many of them were not yet (invariant 1). */
  cover(watermark = this.#noted): number {
    const edits = Math.max(0, watermark - this.#covered);
    this.#covered += edits;
    this.reasons.cover(this.#covered);
    this.failure = undefined;
    this.never = false;
    if (this.#nextSince !== undefined) this.since = this.#nextSince;
    this.#nextSince = undefined;
    return edits;
  }
}
