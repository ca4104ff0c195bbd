// The compile queue: work that may take time, off the edit path.
//
// 1. `notify` costs constant time, awaits nothing and never throws.
// 2. A job covers the edits up to its watermark; success subtracts only those, failure subtracts none. No edit is lost, none
//    is compiled twice.
// 3. Serial for one graph; graphs do not wait for one another's timers.
// 4. A graph that is quiet is compiled too: age is watched by a timer on the monotonic clock.
// 5. Every snapshot that is handed out stays as it is.
import { toErrorInfo, type ErrorInfo } from "../errors.js";
import type { CompileSettings } from "../model/graph.js";
import type { Clock } from "../ports.js";

/** What waits for one graph. */
export interface QueueEntry {
  readonly graph: string;
  /** Why, one line for each change, without repeats. */
  readonly reasons: readonly string[];
  /** Edits not yet covered by a successful compile. */
  readonly edits: number;
  /** Milliseconds since the epoch of the oldest edit. */
  readonly since: number;
  readonly running: boolean;
  /** Failures in a row. */
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly nextAttemptAt?: number;
  readonly error?: ErrorInfo;
}

/** Compiles one graph as it stands when called. Rejects or throws when that fails. */
export type CompileJob = () => void | Promise<void>;

/** `timer`: jobs start from timers. `inline`: as soon as they are triggered, within `notify` (for tests and the command line). */
export interface QueueOptions {
  readonly mode?: "timer" | "inline";
}

type Triggers = Pick<CompileSettings, "sizeThreshold" | "staleAfterMs" | "staleMinEdits">;

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

interface Slot {
  readonly graph: string;
  job: CompileJob;
  triggers: Triggers;
  /** Edits noted and edits covered since registration: their difference waits. */
  noted: number;
  covered: number;
  reasons: readonly { readonly edit: number; readonly text: string }[];
  since: number;
  sinceMonotonic: number;
  running: Promise<void> | undefined;
  failures: number;
  retryAt: number | undefined;
  error: ErrorInfo | undefined;
  cancelTimer: (() => void) | undefined;
}

/** Compiles graphs when enough edits wait or the oldest has waited long enough. Starts started. */
export class CompileQueue {
  readonly #clock: Clock;
  readonly #inline: boolean;
  readonly #slots = new Map<string, Slot>();
  readonly #listeners = new Set<() => void>();
  #started = true;

  constructor(clock: Clock, options: QueueOptions = {}) {
    this.#clock = clock;
    this.#inline = options.mode === "inline";
  }

  /** Makes a graph known. The returned function forgets it and what waits for it. */
  register(graph: string, job: CompileJob): () => void {
    const triggers = { sizeThreshold: 1, staleAfterMs: 2000, staleMinEdits: 1 };
    const slot: Slot = {
      graph,
      job,
      triggers,
      noted: 0,
      covered: 0,
      reasons: [],
      since: 0,
      sinceMonotonic: 0,
      running: undefined,
      failures: 0,
      retryAt: undefined,
      error: undefined,
      cancelTimer: undefined,
    };
    this.#slots.set(graph, slot);
    return () => {
      slot.cancelTimer?.();
      if (this.#slots.get(graph) === slot) this.#slots.delete(graph);
      this.#changed();
    };
  }

  /** Notes one edit of a registered graph (invariant 1). */
  notify(graph: string, reasons: readonly string[], triggers: Triggers): void {
    const slot = this.#slots.get(graph);
    if (slot === undefined) return;
    if (slot.noted === slot.covered) {
      slot.since = this.#clock.now();
      slot.sinceMonotonic = this.#clock.monotonic();
    }
    slot.noted += 1;
    slot.triggers = triggers;
    slot.reasons = [...slot.reasons, ...reasons.map((text) => ({ edit: slot.noted, text }))];
    this.#schedule(slot);
    this.#changed();
  }

  /** Drops what waits for a graph: its document went back to what the plan says. */
  cancel(graph: string): void {
    const slot = this.#slots.get(graph);
    if (slot === undefined || slot.noted === slot.covered) return;
    this.#cover(slot, slot.noted);
    this.#changed();
  }

  /** Compiles what waits for a graph (or all) now, whatever the triggers say. Resolves when it has been tried. */
  async compileNow(graph?: string): Promise<void> {
    const wanted = [...this.#slots.values()].filter((slot) => graph === undefined || slot.graph === graph);
    await Promise.all(wanted.filter((slot) => slot.running !== undefined || slot.noted > slot.covered).map((slot) => this.#run(slot)));
  }

  /** Starts after `stop`; does nothing when started. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (const slot of this.#slots.values()) this.#schedule(slot);
  }

  /** No job starts any more; a running one goes on. Edits are still noted. */
  stop(): void {
    this.#started = false;
    for (const slot of this.#slots.values()) this.#clearTimer(slot);
  }

  /** Resolves when nothing waits and nothing runs, apart from graphs whose last compile failed. */
  async drain(): Promise<void> {
    for (;;) {
      const open = [...this.#slots.values()].filter(
        (slot) => slot.running !== undefined || (slot.noted > slot.covered && slot.failures === 0),
      );
      if (open.length === 0) return;
      await Promise.all(open.map((slot) => slot.running ?? this.#run(slot)));
    }
  }

  /** What waits, oldest first (invariant 5). */
  get backlog(): readonly QueueEntry[] {
    return [...this.#slots.values()]
      .filter((slot) => slot.noted > slot.covered || slot.running !== undefined)
      .toSorted((a, b) => a.sinceMonotonic - b.sinceMonotonic)
      .map(entryOf);
  }

  /** Calls back after any change of the backlog; the returned function ends that. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #schedule(slot: Slot): void {
    if (!this.#started || slot.running !== undefined || slot.noted === slot.covered) return;
    const wait = this.#waitOf(slot);
    this.#clearTimer(slot);
    if (wait === undefined) return;
    if (this.#inline && wait === 0) void this.#run(slot);
    else slot.cancelTimer = this.#clock.after(wait, () => void this.#run(slot));
  }

  /** Milliseconds until the graph is due; undefined: not by the edits that wait now. */
  #waitOf(slot: Slot): number | undefined {
    const now = this.#clock.monotonic();
    if (slot.retryAt !== undefined) return Math.max(0, slot.retryAt - now);
    const waiting = slot.noted - slot.covered;
    if (waiting >= slot.triggers.sizeThreshold) return 0;
    if (waiting < slot.triggers.staleMinEdits) return undefined;
    return Math.max(0, slot.sinceMonotonic + slot.triggers.staleAfterMs - now);
  }

  #run(slot: Slot): Promise<void> {
    if (slot.running !== undefined) return slot.running; // invariant 3
    this.#clearTimer(slot);
    return this.#attempt(slot, slot.noted);
  }

  async #attempt(slot: Slot, watermark: number): Promise<void> {
    let settle = (): void => undefined;
    slot.running = new Promise<void>((resolve) => (settle = resolve));
    this.#changed();
    try {
      const pending = slot.job();
      if (pending !== undefined) await pending;
      this.#cover(slot, watermark);
    } catch (error) {
      this.#failed(slot, toErrorInfo(error, "PLAN_INVALID"));
    }
    slot.running = undefined;
    settle();
    this.#schedule(slot);
    this.#changed();
  }

  #cover(slot: Slot, watermark: number): void {
    slot.covered = Math.max(slot.covered, watermark);
    slot.reasons = slot.reasons.filter((reason) => reason.edit > slot.covered);
    slot.failures = 0;
    slot.retryAt = undefined;
    slot.error = undefined;
    if (slot.noted === slot.covered) this.#clearTimer(slot);
    else {
      slot.since = this.#clock.now();
      slot.sinceMonotonic = this.#clock.monotonic();
    }
  }

  #failed(slot: Slot, error: ErrorInfo): void {
    slot.failures += 1;
    slot.error = error;
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (slot.failures - 1));
    slot.retryAt = this.#clock.monotonic() + delay * jitter(slot);
  }

  #clearTimer(slot: Slot): void {
    slot.cancelTimer?.();
    slot.cancelTimer = undefined;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** 0.8 to 1.2, from the graph's name and the count of failures: spreads retries of many graphs, and is the same in every run. */
function jitter(slot: Slot): number {
  let hash = slot.failures;
  for (let i = 0; i < slot.graph.length; i += 1) hash = (Math.imul(hash, 31) + slot.graph.charCodeAt(i)) | 0;
  return 0.8 + ((hash >>> 0) % 401) / 1000;
}

function entryOf(slot: Slot): QueueEntry {
  return {
    graph: slot.graph,
    reasons: [...new Set(slot.reasons.map((reason) => reason.text))],
    edits: slot.noted - slot.covered,
    since: slot.since,
    running: slot.running !== undefined,
    failures: slot.failures,
    // The wall-clock time of the next attempt is for people; the timer itself runs on the monotonic clock.
    ...(slot.retryAt === undefined ? {} : { nextAttemptAt: slot.since + (slot.retryAt - slot.sinceMonotonic) }),
    ...(slot.error === undefined ? {} : { error: slot.error }),
  };
}
