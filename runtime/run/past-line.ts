// The supersteps on the way that led to where a run stands, found by their numbers.
//
// 1. The way is read once: where the run has gone on since, only what is new on it is.
// 2. A superstep whose end is neither stored nor held in memory is not there; what was before it is.
import { superstepOf, type Checkpoint } from "../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import type { End, LiveHistory } from "./live-history.js";

/** So many checkpoints are followed back to one that is known before the way is read as a whole. */
const NEAR = 64;

/** A checkpoint on the way, by the superstep that it is in, finished or open. */
interface Stone {
  readonly id: string;
  readonly superstep: number;
}

/** The way to one checkpoint after the other, each further on than the one before, or elsewhere. */
export class PastLine {
  readonly #store: Pick<CheckpointStore, "load" | "lineage">;
  readonly #live: LiveHistory;
  /** Oldest first. */
  #line: Stone[] = [];

  constructor(store: Pick<CheckpointStore, "load" | "lineage">, live: LiveHistory) {
    this.#store = store;
    this.#live = live;
  }

  /** The supersteps that checkpoints on the way are in, ascending, each once. */
  supersteps(head: string): readonly number[] {
    this.#follow(head);
    return [...new Set(this.#line.map(({ superstep }) => superstep))];
  }

  /** The end of a superstep on the way, or else of the nearest one before it that there is. */
  at(superstep: number, head: string): End | undefined {
    this.#follow(head);
    let best: End | undefined;
    for (let index = this.#after(superstep); index >= 0; index -= 1) {
      const stone = this.#line[index];
      if (stone === undefined) continue;
      // Ends that were not saved are behind the checkpoint that was saved next.
      const live = this.#live.endsBehind(stone.id).findLast(({ snapshot }) => snapshot.frontier.superstep <= superstep);
      if (live !== undefined && live.snapshot.frontier.superstep > (best?.superstep ?? -1))
        best = { superstep: live.snapshot.frontier.superstep, live, of: stone.id };
      if (stone.superstep > superstep) continue;
      if (best !== undefined && best.superstep >= stone.superstep) return best;
      const { frontier } = this.#store.load(stone.id);
      if (!frontier.open) return { superstep: frontier.superstep, checkpoint: stone.id };
    }
    return best;
  }

  /** The index of the first checkpoint beyond a superstep; of the last where there is none. */
  #after(superstep: number): number {
    let [low, high] = [0, this.#line.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#line[middle]?.superstep ?? 0) > superstep) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Invariant 1. */
  #follow(head: string): void {
    if (this.#line.at(-1)?.id === head) return;
    const fresh: Stone[] = [];
    const known = new Map(this.#line.slice(-NEAR).map(({ id }, place) => [id, Math.max(0, this.#line.length - NEAR) + place]));
    for (let id: string | null = head; id !== null && fresh.length < NEAR;) {
      const place = known.get(id);
      if (place !== undefined) {
        this.#line.length = place + 1;
        this.#line.push(...fresh.toReversed());
        return;
      }
      if (known.size === 0) break;
      const found: Checkpoint = this.#store.load(id);
      fresh.push({ id, superstep: superstepOf(found.frontier) });
      id = found.parent;
    }
    this.#line = this.#store
      .lineage(head)
      .map(({ id, superstep }) => ({ id, superstep }))
      .toReversed();
  }
}
