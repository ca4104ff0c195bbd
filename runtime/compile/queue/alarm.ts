import type { Clock } from "../../ports.js";

/** One timer, set for one time, that can be set anew. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #at: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings at a time of the monotonic clock (what has passed: as soon as may be), and at no other any more; undefined: never. */
  set(at: number | undefined): void {
    if (at === this.#at) return;
    this.#cancel?.();
    this.#at = at;
    this.#cancel = at === undefined ? undefined : this.#clock.after(Math.max(0, at - this.#clock.monotonic()), () => this.#fire());
  }

  #fire(): void {
    this.#at = undefined;
    this.#cancel = undefined;
    this.#ring();
  }
}
