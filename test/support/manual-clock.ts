import type { Clock } from "../../runtime/index.js";

/** A clock that stands until it is told to go on: timers fire in order of their time. */
export class ManualClock implements Clock {
  #now = 0;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  now(): number {
    return 1_700_000_000_000 + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  rest(): Promise<void> {
    return Promise.resolve();
  }

  /** Goes on by `ms`, firing what comes due on the way. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#now = next.at;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.callback();
    }
    this.#now = end;
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.length;
  }
}
