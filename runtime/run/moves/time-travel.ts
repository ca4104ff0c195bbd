import { superstepOf, type Checkpoint, type ReplayTerms } from "../../checkpoint/checkpoint.js";
import { PatchbayError } from "../../errors.js";
import { KeptItems } from "../kept-items.js";
import { LazyTally } from "../lazy-tally.js";
import type { End, LiveEnd } from "../live-history.js";
import { loadCheckpoint } from "../load.js";
import { LookIntoPast } from "../look-into-past.js";
import { takeBack } from "../nested-entries.js";
import type { Moment } from "../moment.js";
import { newestEvents } from "../newest-events.js";
import { pastMoments } from "../past-moments.js";
import { planOf, type Position } from "../position.js";
import { postponed } from "../questions.js";
import { placeInside, standingInside } from "../restore-inside.js";

/** Where a run has been, and going there. */
export class TimeTravel {
  readonly #at: Position;

  constructor(position: Position) {
    this.#at = position;
  }

  /**
   * Stands at the end of a superstep on the way to where it came from: so many back, or on where negative. Whether there is one.
   * Where that end has no checkpoint it gets one, on the branch that it is on. Throws `STORE`, `CORRUPTED`.
   */
  move(back: number): boolean {
    const { live, ledger, frontier, store } = this.#at;
    const tip = live.tipOf(ledger.head);
    const end = live.endAt(back, superstepOf(frontier), ledger.head, (id) => store.load(id));
    if (end === undefined) return false;
    if ("checkpoint" in end) this.#standAt(store.load(end.checkpoint));
    else this.#standAtLive(end);
    live.cameFrom(tip);
    return true;
  }

  /** Where `move` leads, so many back, looked at without going there. Throws `CORRUPTED`. */
  past(): Iterable<Moment> {
    return pastMoments(this.#at);
  }

  /** For somebody who goes to and fro in it. */
  look(): LookIntoPast {
    return new LookIntoPast(this.#at);
  }

  /** Stands at an earlier checkpoint of the run; what came after stays in the store. Throws `NOT_FOUND`, `CORRUPTED`. */
  restore(checkpoint: string, replay?: ReplayTerms): void {
    const { live, store, run } = this.#at;
    live.cameFrom(undefined);
    const found = store.load(checkpoint);
    if (found.run === run) this.#standAt(found, replay);
    else this.#standAround(checkpoint, replay);
  }

  #standAtLive({ live, of }: Extract<End, { live: unknown }>): void {
    const checkpoint = this.#at.live.checkpointOf(live) ?? this.#branch(live, of);
    this.#standAt(this.#at.store.load(checkpoint), undefined, { to: this.#at.live.ledBy(of), until: live.traceSeq });
  }

  /** A checkpoint for an end that has none. */
  #branch(end: LiveEnd, of: string): string {
    const { ledger, live } = this.#at;
    ledger.flush();
    const { place } = ledger;
    try {
      ledger.standAt(end.place);
      ledger.save(end.snapshot, { trigger: "back" }, end.plan, new KeptItems());
    } catch (error) {
      ledger.standAt(place);
      throw error;
    }
    live.branched(end, of, ledger.head);
    return ledger.head;
  }

  /** Stands around a run inside a task that is at an earlier checkpoint of its own. */
  #standAround(checkpoint: string, replay?: ReplayTerms): void {
    const { run, store, clock, ids } = this.#at;
    const { checkpoint: own, nested } = placeInside(run, checkpoint, { store, clock, ids });
    this.#standAt(store.load(own), replay);
    this.#at.frontier = standingInside(this.#at.frontier, nested, { store, clock });
    if (nested.slot !== undefined) this.#at.items.dropItem(nested.task, Number(nested.slot));
    takeBack({ ...this.#at.frontier, nested: [nested] }, store, clock);
    this.#at.save("paused");
  }

  /** `led`: the part of the trace that led there, of an end whose own checkpoint has none of it. */
  #standAt(found: Checkpoint, replay?: ReplayTerms, led = { to: found.id, until: Infinity }): void {
    const { run, store, trace, ledger, footing, clock, plan, plans } = this.#at;
    const { id: checkpoint, revision, at } = found;
    const then = planOf(revision, plan, plans);
    const { snapshot, items } = loadCheckpoint(store, found, then ?? plan, trace.seq);
    if (found.run !== run) throw new PatchbayError("NOT_FOUND", `Checkpoint ${checkpoint} is of another run.`, { checkpoint });
    ledger.flush();
    takeBack(snapshot.frontier, store, clock);
    footing.place({ ...snapshot, frontier: postponed(snapshot.frontier, clock.now() - at) }, then, revision, trace.seq);
    this.#at.items = items;
    this.#rewind(led.to, Math.min(led.until, trace.seq));
    const told = replay === undefined ? {} : { replay };
    trace.record({ type: "restored", superstep: superstepOf(snapshot.frontier), checkpoint, ...told });
    ledger.moveTo(checkpoint);
    this.#at.policy.forget();
    this.#at.ahead.by(replay);
  }

  /** The trace shows what led to a checkpoint, up to an event, and the tally counts it. */
  #rewind(checkpoint: string, until: number): void {
    const { run, store, trace } = this.#at;
    trace.rewind(() => newestEvents(store, run, checkpoint, until, trace.seq));
    this.#at.tally = new LazyTally(store, run, checkpoint, until);
  }
}
