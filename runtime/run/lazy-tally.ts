// The counts of a run, made of its stored trace when somebody looks for the first time: going to a checkpoint does not read all that led
// there.
//
// 1. What happens until somebody looks is counted apart and added then: a run that nobody looks at holds counts, not events.
// 2. What a part of a stored trace came to is remembered: whoever goes from checkpoint to checkpoint has each part counted once.
import type { CheckpointStore, TraceStretch } from "../checkpoint/store.js";
import type { LiveEvent } from "../trace/event.js";
import { RunTally } from "../trace/tally.js";

/** Counts of so many nodes are remembered of one store; the oldest go first. */
const REMEMBERED = 20_000;

/** Counts that may begin with those of what is stored. */
export class LazyTally {
  /** Of what led to where this begins; undefined: it is counted already, or there is nothing. */
  #stored: (() => RunTally) | undefined;
  /** Of all, or of what happened since. */
  #tally = new RunTally();

  /** Of what led to a checkpoint of a stored run, up to a number of its trace; without one, of a run that begins. */
  constructor(store?: CheckpointStore, run = "", checkpoint = "", until = store?.lastSeq(run) ?? 0) {
    if (store !== undefined) this.#stored = () => countsOf(store, run, checkpoint, until);
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

function countsOf(store: CheckpointStore, run: string, checkpoint: string, until: number): RunTally {
  const whole = new RunTally();
  const known = knownOf(store);
  for (const stretch of store.traceStretches(run, checkpoint)) {
    if (stretch.name !== undefined && stretch.last <= until) whole.merge(known.of(stretch.name, stretch));
    else for (const event of stretch.events()) if (event.seq <= until) whole.add(event);
  }
  return whole;
}

/** What the parts of one store's traces came to. Invariant 2. */
class KnownCounts {
  readonly #tallies = new Map<string, RunTally>();
  #nodes = 0;

  of(name: string, stretch: TraceStretch): RunTally {
    const known = this.#tallies.get(name);
    if (known !== undefined) return known;
    const tally = new RunTally(stretch.events());
    this.#tallies.set(name, tally);
    this.#nodes += tally.nodes.size;
    for (const [oldest, { nodes }] of this.#tallies) {
      if (this.#nodes <= REMEMBERED) break;
      this.#tallies.delete(oldest);
      this.#nodes -= nodes.size;
    }
    return tally;
  }
}

const stores = new WeakMap<CheckpointStore, KnownCounts>();

function knownOf(store: CheckpointStore): KnownCounts {
  let known = stores.get(store);
  if (known === undefined) stores.set(store, (known = new KnownCounts()));
  return known;
}
