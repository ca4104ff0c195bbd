// The counts of a run, made of its stored trace when somebody looks for the first time: going to a checkpoint does not read all that led
// there.
//
// 1. What happens until somebody looks is counted apart and added then: a run that nobody looks at holds counts, not events.
import type { CheckpointStore } from "../checkpoint/store.js";
import type { LiveEvent } from "../trace/event.js";
import { RunTally } from "../trace/tally.js";

/** Counts that may begin with those of what is stored. */
export class LazyTally {
  /** Of what led to where this begins; undefined: it is counted already, or there is nothing. */
  #stored: (() => RunTally) | undefined;
  /** Of all, or of what happened since. */
  #tally = new RunTally();

  /** Of what led to a checkpoint of a stored run, up to a number of its trace; without one, of a run that begins. */
  constructor(store?: CheckpointStore, run = "", checkpoint = "", until = store?.lastSeq(run) ?? 0) {
    if (store !== undefined) this.#stored = () => new RunTally(store.trace(run, checkpoint).filter(({ seq }) => seq <= until));
  }

  /** Counts an event that happens now. */
  add(event: LiveEvent): void {
    this.#tally.add(event);
  }

  get whole(): RunTally {
    const before = this.#stored?.();
    if (before === undefined) return this.#tally;
    before.merge(this.#tally);
    this.#stored = undefined;
    return (this.#tally = before);
  }
}
