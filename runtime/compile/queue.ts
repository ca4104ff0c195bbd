// The compile queue: work that may take time, off the edit path.
//
// 1. `notify` costs the same whatever waits, awaits nothing and never throws; listeners hear of it afterwards, once for many.
// 2. A job covers the edits up to its watermark; success subtracts only those, anything else subtracts none. No edit is lost, none
//    is compiled twice (`queue/slot.ts`).
// 3. One job a graph, several graphs at once; the graph on screen first, then what somebody asked for, then the oldest edit.
// 4. A graph that is quiet is compiled too: age is watched by a timer on the monotonic clock. There is one timer for all graphs.
// 5. A job that hangs holds its place for a bounded time only; what it does later counts for nothing.
// 6. Every snapshot that is handed out stays as it is.
import type { Clock } from "../ports.js";
import { Alarm } from "./queue/alarm.js";
import { Announcer } from "./queue/announcer.js";
import type { Terms } from "./queue/due.js";
import type { CompileJob, QueueEntry, QueueOptions, QueueState, Triggers } from "./queue/entry.js";
import { QueueFigures } from "./queue/figures.js";
import { Jobs } from "./queue/jobs.js";
import { Line } from "./queue/line.js";
import { Slot } from "./queue/slot.js";
import { entryOf } from "./queue/snapshot.js";
import { Waiters } from "./queue/waiters.js";

export type { QueueEntry } from "./queue/entry.js";

const byDefault = { concurrency: 2, jobTimeoutMs: 60_000, pressure: 100, storm: { compiles: 60, windowMs: 10_000 } };

/** Compiles graphs when enough edits wait or the oldest has waited long enough. Starts started. */
export class CompileQueue {
  readonly #clock: Clock;
  readonly #inline: boolean;
  readonly #options: Required<Omit<QueueOptions, "mode">>;
  readonly #terms: Terms;
  readonly #slots = new Map<string, Slot>();
  /** Those with edits; the running ones are among them. */
  readonly #dirty = new Set<Slot>();
  readonly #line: Line;
  readonly #jobs: Jobs;
  readonly #alarm: Alarm;
  readonly #figures = new QueueFigures();
  readonly #drains: Waiters<{ readonly drained: boolean }>;
  readonly #stops: Waiters<{ readonly idle: boolean }>;
  readonly #changes = new Announcer();
  #registered = 0;
  #pumping = false;
  #resting = false;

  constructor(clock: Clock, { mode, ...options }: QueueOptions = {}) {
    this.#clock = clock;
    this.#inline = mode === "inline";
    this.#options = { ...byDefault, ...options };
    this.#terms = { started: true, drains: new Set(), storm: this.#inline ? undefined : this.#options.storm };
    this.#line = new Line(this.#terms);
    this.#jobs = new Jobs(
      clock,
      this.#options,
      this.#figures,
      (slot) => this.#place(slot, true),
      () => (this.#inline ? this.#pump() : this.#rest()),
    );
    this.#alarm = new Alarm(clock, () => this.#pump());
    this.#drains = new Waiters(clock);
    this.#stops = new Waiters(clock);
  }

  /**
   * Makes a graph known; who is known by that name already is forgotten. The returned function forgets it and what waits for it.
   * `never`: it has not been compiled, so that its first edit makes it due, however young.
   */
  register(graph: string, job: CompileJob, options: { readonly never?: boolean } = {}): () => void {
    const known = this.#slots.get(graph);
    if (known !== undefined) this.#forget(known);
    const slot = new Slot(graph, job, (this.#registered += 1));
    slot.never = options.never === true;
    this.#slots.set(graph, slot);
    return () => this.#forget(slot);
  }

  /** Notes one edit of a registered graph (invariant 1). */
  notify(graph: string, reasons: readonly string[], triggers: Triggers): void {
    const slot = this.#slots.get(graph);
    if (slot === undefined) return;
    slot.note(reasons, triggers, this.#clock);
    this.#figures.count("notified");
    this.#dirty.add(slot);
    this.#place(slot);
    if (this.#inline) this.#pump();
  }

  /** What waits for a graph has been undone: there is nothing to compile any more. A job at work is ended. */
  withdraw(graph: string): void {
    const slot = this.#slots.get(graph);
    if (slot === undefined || slot.waiting === 0) return;
    this.#withdraw(slot);
    this.#pump();
  }

  /**
   * Not now: ends the job of a graph (or of all) and keeps its edits. They wait for another edit, or for somebody who asks. What
   * `compileNow` promised resolves.
   */
  cancel(graph?: string): void {
    for (const slot of this.#some(graph)) {
      slot.held = true;
      this.#jobs.end(slot);
      slot.answer();
      this.#place(slot, true);
    }
    this.#pump();
  }

  /**
   * Compiles what waits for one graph, several or all now, whatever the triggers say, and though the queue be stopped. Resolves
   * when all of it has been tried, or was taken back by `cancel`, `withdraw` or `stop`.
   */
  async compileNow(scope?: string | readonly string[]): Promise<void> {
    const tried = this.#some(scope).map((slot) => {
      const asked = slot.ask();
      this.#place(slot, true);
      return asked;
    });
    this.#pump();
    await Promise.all(tried);
  }

  /** The graph that somebody looks at goes before all others; undefined: there is none. */
  prioritise(graph: string | undefined): void {
    const moved = [this.#line.onScreen, graph];
    this.#line.onScreen = graph;
    for (const slot of moved.flatMap((name) => this.#slots.get(name ?? "") ?? [])) this.#place(slot, true);
  }

  /** Starts after `stop`; does nothing when started. A `stop` that still waits resolves, and ends no job any more. */
  start(): void {
    if (this.#terms.started) return;
    this.#terms.started = true;
    this.#changes.request();
    this.#stops.settle({ idle: this.#jobs.size === 0 });
    this.#placeAll();
    this.#pump();
  }

  /**
   * No job starts any more, apart from those that somebody asks for later; edits are still noted. Resolves when those at work are
   * done, or after `timeoutMs` with `idle` false: then they are ended, and their edits wait.
   */
  async stop(timeoutMs = Number.POSITIVE_INFINITY): Promise<{ readonly idle: boolean }> {
    this.#terms.started = false;
    for (const slot of this.#dirty) slot.takeBack();
    this.#placeAll();
    this.#changes.request();
    this.#settle();
    if (this.#jobs.size === 0) return { idle: true };
    return this.#stops.wait(timeoutMs, () => {
      this.#jobs.endAll();
      this.#stops.settle({ idle: false });
      this.#settle();
      return { idle: false };
    });
  }

  /**
   * Compiles what waits, whatever the triggers say, and what comes to wait meanwhile. Resolves with `drained` true when nothing
   * waits and nothing runs; with false when the queue is stopped, when what is left was cancelled or has been tried and failed, or
   * after `timeoutMs`.
   */
  drain(timeoutMs = Number.POSITIVE_INFINITY): Promise<{ readonly drained: boolean }> {
    const since = { job: this.#jobs.next };
    this.#terms.drains.add(since);
    for (const slot of this.#dirty) slot.held = false;
    const drained = this.#drains.wait(timeoutMs, () => {
      this.#terms.drains.delete(since);
      this.#placeAll();
      return { drained: false };
    });
    this.#placeAll();
    this.#pump();
    return drained;
  }

  get started(): boolean {
    return this.#terms.started;
  }

  /** What waits: the graph on screen first, then the oldest edit first (invariant 6). */
  get backlog(): readonly QueueEntry[] {
    return this.state.backlog;
  }

  /** What waits for one graph. */
  entry(graph: string): QueueEntry | undefined {
    const slot = this.#slots.get(graph);
    return slot === undefined || slot.waiting === 0 ? undefined : entryOf(slot, this.#terms, this.#clock.monotonic());
  }

  /** Everything there is to know of the queue now (invariant 6). */
  get state(): QueueState {
    const now = this.#clock.monotonic();
    const waiting = [...this.#dirty].toSorted((a, b) => this.#line.compareAges(a, b));
    return Object.freeze({
      started: this.#terms.started,
      backlog: Object.freeze(waiting.map((slot) => entryOf(slot, this.#terms, now))),
      running: this.#jobs.size,
      pressure: { waiting: waiting.length, bound: this.#options.pressure, high: waiting.length > this.#options.pressure },
      counters: this.#figures.counters,
      latencies: this.#figures.latencies,
    });
  }

  /** Calls back after any change, once for many; the returned function ends that. */
  onDidChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  /** Calls back when more graphs come to wait than are usual: once, until it was half as many. The returned function ends that. */
  onDidPress(listener: (waiting: number) => void): () => void {
    let pressed = false;
    return this.onDidChange(() => {
      const [waiting, bound] = [this.#dirty.size, this.#options.pressure];
      const wasPressed = pressed;
      pressed = waiting > bound || (wasPressed && waiting > bound / 2);
      if (pressed && !wasPressed) listener(waiting);
    });
  }

  #some(scope: string | readonly string[] | undefined): readonly Slot[] {
    if (scope === undefined) return [...this.#dirty];
    const names = typeof scope === "string" ? [scope] : scope;
    return names.flatMap((name) => this.#slots.get(name) ?? []).filter((slot) => slot.waiting > 0);
  }

  #forget(slot: Slot): void {
    if (this.#slots.get(slot.graph) !== slot) return;
    this.#slots.delete(slot.graph);
    this.#withdraw(slot);
    this.#pump();
  }

  #withdraw(slot: Slot): void {
    this.#jobs.end(slot);
    this.#figures.count("withdrawn", slot.cover());
    slot.answer();
    this.#place(slot);
  }

  #place(slot: Slot, moved = false): void {
    if (slot.waiting === 0) this.#dirty.delete(slot);
    this.#line.place(slot, this.#clock.monotonic(), moved);
    this.#arm();
    this.#changes.request();
  }

  #placeAll(): void {
    for (const slot of this.#dirty) this.#place(slot);
  }

  /** Starts what is due, as far as there is room; but in one turn of the event loop no more jobs than may be at work: they may be long. */
  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#line.ripen(this.#clock.monotonic());
    for (let begun = 0; this.#jobs.size < this.#options.concurrency; begun += 1) {
      const { next } = this.#line;
      if (next === undefined) break;
      if (begun >= this.#options.concurrency && !this.#inline) {
        this.#rest();
        break;
      }
      this.#jobs.begin(next);
    }
    this.#pumping = false;
    this.#settle();
    this.#arm();
  }

  #rest(): void {
    if (this.#resting) return;
    this.#resting = true;
    void this.#goOnLater();
  }

  async #goOnLater(): Promise<void> {
    await this.#clock.rest();
    this.#resting = false;
    this.#pump();
  }

  /** Invariant 4. */
  #arm(): void {
    if (this.#pumping) return;
    const canBegin = this.#line.next !== undefined && this.#jobs.size < this.#options.concurrency && !this.#resting;
    this.#alarm.set(canBegin ? 0 : this.#line.nextDue);
  }

  /** Nothing is at work: those who waited for that are told. */
  #settle(): void {
    if (this.#jobs.size > 0) return;
    this.#stops.settle({ idle: true });
    if (this.#line.next !== undefined || this.#drains.size === 0) return;
    this.#terms.drains.clear();
    this.#placeAll();
    this.#drains.settle({ drained: this.#dirty.size === 0 });
  }
}
