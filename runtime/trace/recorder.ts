import type { Clock } from "../ports.js";
import type { TraceDraft, TraceEvent } from "./event.js";

const TAIL_LIMIT = 5000;

/** Numbers and times the events of one run; keeps a bounded tail in memory and what the store does not have yet. */
export class TraceRecorder {
  readonly #clock: Clock;
  readonly #listeners = new Set<(event: TraceEvent) => void>();
  #seq: number;
  #tail: TraceEvent[];
  #unsaved: TraceEvent[] = [];

  /** `tail`: the events of the lineage so far; `seq`: the last number that the run has used. */
  constructor(clock: Clock, tail: readonly TraceEvent[] = [], seq = tail.at(-1)?.seq ?? 0) {
    this.#clock = clock;
    this.#seq = seq;
    this.#tail = tail.slice(-TAIL_LIMIT);
  }

  record(draft: TraceDraft): TraceEvent {
    this.#seq += 1;
    const event: TraceEvent = { ...draft, seq: this.#seq, at: this.#clock.now() }; // the engine is quick at a spread that comes first
    this.#unsaved.push(event);
    this.#tail.push(event);
    if (this.#tail.length > 2 * TAIL_LIMIT) this.#tail = this.#tail.slice(-TAIL_LIMIT);
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  /** The newest events of the lineage, oldest first: at least the last 5,000 where there are so many. */
  get tail(): readonly TraceEvent[] {
    return this.#tail.slice();
  }

  /** What has not been saved, which counts as saved from now on. */
  takeUnsaved(): readonly TraceEvent[] {
    const unsaved = this.#unsaved;
    this.#unsaved = [];
    return unsaved;
  }

  /** Goes on from another moment of the history; numbers keep growing. */
  rewind(tail: readonly TraceEvent[]): void {
    this.#tail = tail.slice(-TAIL_LIMIT);
  }

  /** Calls back with each new event; the returned function ends that. */
  onEvent(listener: (event: TraceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
