import type { Clock } from "../runtime/ports.js";
import type { Disposable } from "./dispose.js";

/**
 * Turns a burst of requests into few deliveries: at most one each `interval` milliseconds, the first at once (with `after`: so many
 * milliseconds later, out of the way of what asked for it), and always one after the last request.
 */
export class Coalescer implements Disposable {
  readonly #clock: Pick<Clock, "monotonic" | "after">;
  readonly #interval: number;
  readonly #deliver: () => void;
  readonly #after: number;
  #last = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #disposed = false;

  constructor(clock: Pick<Clock, "monotonic" | "after">, interval: number, deliver: () => void, after = 0) {
    this.#clock = clock;
    this.#interval = interval;
    this.#deliver = deliver;
    this.#after = after;
  }

  request(): void {
    if (this.#disposed || this.#cancel !== undefined) return;
    const wait = Math.max(this.#after, this.#last + this.#interval - this.#clock.monotonic());
    if (wait <= 0) this.#fire();
    else this.#cancel = this.#clock.after(wait, () => this.#fire());
  }

  /** Forgets a delivery that waits: what it would have told has been told otherwise. */
  reset(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  dispose(): void {
    this.#disposed = true;
    this.reset();
  }

  #fire(): void {
    this.#cancel = undefined;
    this.#last = this.#clock.monotonic();
    this.#deliver();
  }
}
