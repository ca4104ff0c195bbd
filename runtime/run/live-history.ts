// The ends of supersteps that have no checkpoint, as the run that drove through them has them in memory.
//
// 1. An end belongs to the checkpoint that was saved after it: on another branch it never was.
// 2. What is held is bounded, by number and by what was written; the oldest go first. Snapshots share what was not written.
import type { Checkpoint } from "../checkpoint/checkpoint.js";
import { PatchbayError } from "../errors.js";
import { weighWrites } from "../checkpoint/weigh-writes.js";
import type { Plan } from "../plan/plan.js";
import type { LedgerPlace } from "./ledger.js";
import type { Snapshot } from "./snapshot.js";

/** How many ends are held, and how many bytes of writes they may have, roughly. */
const MOST_ENDS = 2_000;
const MOST_BYTES = 64 * 2 ** 20;

/** The end of a superstep that has no checkpoint. */
export interface LiveEnd {
  readonly snapshot: Snapshot;
  /** What it would have been saved under. */
  readonly plan: Pick<Plan, "revision" | "limits">;
  readonly place: LedgerPlace;
  /** The last trace event that precedes it. */
  readonly traceSeq: number;
}

/** Where a run can stand: at a checkpoint, or at a live end, which has the checkpoint `of` behind it. */
export type End =
  | { readonly superstep: number; readonly checkpoint: string }
  | { readonly superstep: number; readonly live: LiveEnd; readonly of: string };

/** The live ends of one run. */
export class LiveHistory {
  /** Since the last checkpoint. */
  #open: LiveEnd[] = [];
  /** Checkpoint -> the ends between its parent and it, oldest first (invariant 1). */
  readonly #saved = new Map<string, readonly LiveEnd[]>();
  /** Checkpoint of a live end -> the one that has the trace that led there. */
  readonly #led = new Map<string, string>();
  /** What has got a checkpoint of its own, by stepping back. */
  readonly #branches = new WeakMap<LiveEnd, string>();
  #count = 0;
  #bytes = 0;
  /** Where the run came from that was stepped back, until it moves. */
  #tip: string | undefined;

  /** Where a run came from that stands at this checkpoint. */
  tipOf(head: string): string {
    return this.#tip ?? head;
  }

  /** The run has been stepped back, or on again, on the way to that checkpoint; undefined: it has been taken elsewhere. */
  cameFrom(tip: string | undefined): void {
    this.#tip = tip;
  }

  /** A superstep has ended and is not saved. */
  add(end: LiveEnd): void {
    this.#tip = undefined;
    this.#open.push(end);
    this.#count += 1;
    this.#bytes += weightOf(end);
    while (this.#count > MOST_ENDS || this.#bytes > MOST_BYTES) this.#dropOldest(); // invariant 2
  }

  /** What is open is behind this checkpoint now. */
  saved(checkpoint: string): void {
    this.#tip = undefined;
    if (this.#open.length === 0) return;
    this.#saved.set(checkpoint, this.#open);
    this.#open = [];
  }

  /** A live end of a checkpoint has got a checkpoint of its own: those before it are behind that, too. */
  branched(end: LiveEnd, of: string, checkpoint: string): void {
    this.#branches.set(end, checkpoint);
    this.#led.set(checkpoint, this.ledBy(of));
    const ends = this.#saved.get(of) ?? [];
    const before = ends.slice(0, ends.indexOf(end));
    if (before.length === 0) return;
    this.#saved.set(checkpoint, before);
    this.#count += before.length;
    this.#bytes += before.reduce((bytes, each) => bytes + weightOf(each), 0);
  }

  /** The ends between a checkpoint and the one before it, oldest first. */
  endsBehind(checkpoint: string): readonly LiveEnd[] {
    return this.#saved.get(checkpoint) ?? [];
  }

  /** The checkpoint that has the trace of what led to one, of those that were saved by stepping back; else itself. */
  ledBy(checkpoint: string): string {
    return this.#led.get(checkpoint) ?? checkpoint;
  }

  /** The checkpoint that a live end has got. */
  checkpointOf(end: LiveEnd): string | undefined {
    return this.#branches.get(end);
  }

  /**
   * The end of a superstep on the way to where the run came from: so many back from where it stands, or on where negative; undefined
   * where there is none in reach. `now`: the superstep that it stands in; `head`: the checkpoint.
   */
  endAt(back: number, now: number, head: string, load: (id: string) => Checkpoint): End | undefined {
    const tip = this.tipOf(head);
    const newer: End[] = [{ superstep: Infinity, checkpoint: tip }];
    let left = back;
    if (back < 0 && head === tip) return undefined;
    for (const end of this.upFrom(back > 0 ? head : tip, load)) {
      if (end.superstep >= now && back > 0) continue;
      if (end.superstep <= now && back < 0) break;
      if (back < 0) newer.push(end);
      else if ((left -= 1) === 0) return end;
    }
    // The newest of these is the tip itself, which may be in the middle of a superstep.
    return back < 0 ? newer.at(Math.max(back, -newer.length)) : undefined;
  }

  /** Where the run can stand on the way to a checkpoint, newest first: each superstep once. It ends where a checkpoint was deleted. */
  *upFrom(tip: string, load: (id: string) => Checkpoint): Iterable<End> {
    let below = Infinity;
    for (let id: string | null = tip; id !== null;) {
      const there: Checkpoint | undefined = id === tip ? load(id) : loadKept(id, load);
      if (there === undefined) return;
      const { frontier, parent }: Checkpoint = there;
      if (!frontier.open && frontier.superstep < below) {
        below = frontier.superstep;
        yield { superstep: below, checkpoint: id };
      }
      for (const live of (this.#saved.get(id) ?? []).toReversed()) {
        const { superstep } = live.snapshot.frontier;
        if (superstep >= below) continue;
        below = superstep;
        yield { superstep, live, of: id };
      }
      id = parent;
    }
  }

  #dropOldest(): void {
    const [first] = this.#saved;
    const [oldest, ...others] = first?.[1] ?? this.#open;
    if (first === undefined) this.#open = others;
    else if (others.length === 0) this.#saved.delete(first[0]);
    else this.#saved.set(first[0], others);
    this.#count -= 1;
    this.#bytes = oldest === undefined ? 0 : this.#bytes - weightOf(oldest);
  }
}

function loadKept(id: string, load: (id: string) => Checkpoint): Checkpoint | undefined {
  try {
    return load(id);
  } catch (thrown) {
    if (thrown instanceof PatchbayError && thrown.code === "NOT_FOUND") return undefined;
    throw thrown;
  }
}

function weightOf({ snapshot }: LiveEnd): number {
  return weighWrites(snapshot.lastWrites);
}
