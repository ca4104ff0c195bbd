import type { RunTally } from "../trace/tally.js";
import { LazyTally } from "./lazy-tally.js";
import type { Moment } from "./moment.js";
import { PastLine } from "./past-line.js";
import { Past } from "./past-moments.js";
import type { Position } from "./position.js";

/** A superstep of the past, at its end. */
export interface PastSuperstep {
  /** It may be an earlier one than was asked for: not every superstep is saved. */
  readonly superstep: number;
  /** Absent: it has none, and is held in memory. */
  readonly checkpoint?: string;
  readonly moment: Moment;
  /** The counts of all that led there. */
  tally(): RunTally;
}

/** The past of a run, for somebody who goes to and fro in it: the run does not move, and may go on meanwhile. */
export class LookIntoPast {
  readonly #position: Position;
  readonly #line: PastLine;
  readonly #past: Past;

  constructor(position: Position) {
    this.#position = position;
    this.#line = new PastLine(position.store, position.live);
    this.#past = new Past(position);
  }

  /** The supersteps that checkpoints on the way to where the run stands are in, ascending. */
  get saved(): readonly number[] {
    return this.#line.supersteps(this.#position.ledger.head);
  }

  /** The end of a superstep, or of the nearest one before it that is known. Throws `CORRUPTED`. */
  at(superstep: number): PastSuperstep | undefined {
    const { run, store, ledger, live } = this.#position;
    return store.atOnce(() => {
      const end = this.#line.at(superstep, ledger.head);
      if (end === undefined) return undefined;
      const moment = this.#past.moment(end);
      if ("checkpoint" in end) {
        const tally = () => new LazyTally(store, run, end.checkpoint).whole;
        return { superstep: end.superstep, checkpoint: end.checkpoint, moment, tally };
      }
      const checkpoint = live.checkpointOf(end.live);
      const tally = () => new LazyTally(store, run, live.ledBy(end.of), end.live.traceSeq).whole;
      return { superstep: end.superstep, ...(checkpoint === undefined ? {} : { checkpoint }), moment, tally };
    });
  }
}
