import { dueAt, type Terms } from "./due.js";
import { Heap } from "./heap.js";
import type { Slot } from "./slot.js";

/** The graphs that are due, in the order in which they are compiled, and those that will be. */
export class Line {
  readonly #terms: Terms;
  readonly #ready = new Heap<Slot>((a, b) => this.#goesBefore(a, b));
  readonly #later = new Heap<Slot>((a, b) => (a.due ?? 0) < (b.due ?? 0));
  #onScreen: string | undefined;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** The one that is compiled next, of those that are due. */
  get next(): Slot | undefined {
    return this.#ready.first;
  }

  /** When another one is due, on the monotonic clock. */
  get nextDue(): number | undefined {
    return this.#later.first?.due;
  }

  /** Puts a graph where it belongs. Where nothing has changed that costs a comparison; `moved`: its rank may have. */
  place(slot: Slot, now: number, moved = false): void {
    const due = dueAt(slot, this.#terms);
    if (due === slot.due && !moved) return;
    slot.due = due;
    const isReady = due !== undefined && due <= now;
    if (isReady) this.#ready.set(slot);
    else this.#ready.delete(slot);
    if (due !== undefined && !isReady) this.#later.set(slot);
    else this.#later.delete(slot);
  }

  /** Time has passed: what has come due is ready. */
  ripen(now: number): void {
    for (;;) {
      const { first } = this.#later;
      if (first?.due === undefined || first.due > now) return;
      this.#later.delete(first);
      this.#ready.set(first);
    }
  }

  /** The graph that goes before all others. Those whose rank that changes are placed anew by the caller. */
  set onScreen(graph: string | undefined) {
    this.#onScreen = graph;
  }

  get onScreen(): string | undefined {
    return this.#onScreen;
  }

  /** Below 0 where `a` is shown before `b`: the graph on screen first, then the oldest edit, then the graph that was registered first. */
  compareAges(a: Slot, b: Slot): number {
    const shown = Number(b.graph === this.#onScreen) - Number(a.graph === this.#onScreen);
    return shown || a.since.monotonic - b.since.monotonic || a.place - b.place;
  }

  #goesBefore(a: Slot, b: Slot): boolean {
    const ranked = this.#rank(a) - this.#rank(b);
    return (ranked || this.compareAges(a, b)) < 0;
  }

  #rank(slot: Slot): number {
    if (slot.graph === this.#onScreen) return 0;
    return slot.asked ? 1 : 2;
  }
}
