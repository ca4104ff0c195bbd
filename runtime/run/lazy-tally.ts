import type { CheckpointStore } from "../checkpoint/store.js";
import type { LiveEvent } from "../trace/event.js";
import { RunTally } from "../trace/tally.js";

/** So many events are kept before they are counted, whether anybody looks or not. */
const MOST_KEPT = 5000;

/** The counts of a run, made of its stored trace when somebody looks for the first time: going to a checkpoint does not read all that led there. */
export class LazyTally {
  readonly #stored: (() => RunTally) | undefined;
  #whole: RunTally | undefined;
  /** What happened since, not counted yet. */
  #since: LiveEvent[] = [];

  /** Of what led to a checkpoint of a stored run, up to a number of its trace; without one, of a run that begins. */
  constructor(store?: CheckpointStore, run = "", checkpoint = "", until = store?.lastSeq(run) ?? 0) {
    if (store === undefined) {
      this.#whole = new RunTally();
      return;
    }
    this.#stored = () => new RunTally(store.trace(run, checkpoint).filter(({ seq }) => seq <= until));
  }

  /** Counts an event that happens now. */
  add(event: LiveEvent): void {
    if (this.#whole !== undefined) return this.#whole.add(event);
    this.#since.push(event);
    if (this.#since.length > MOST_KEPT) void this.whole;
  }

  get whole(): RunTally {
    if (this.#whole !== undefined) return this.#whole;
    const whole = this.#stored?.() ?? new RunTally();
    for (const event of this.#since) whole.add(event);
    this.#since = [];
    return (this.#whole = whole);
  }
}
