import type { Clock } from "../ports.js";

interface Timer {
  /** By this clock's own time. */
  readonly due: number;
  readonly callback: () => void;
  cancel: () => void;
}

/** Time that can be held: meanwhile nothing that waits for it comes due. What people read (`now`) goes on. */
export class HoldableClock implements Clock {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();
  readonly #holds = new Set<object>();
  /** Milliseconds that the other clock is ahead, without the hold that lasts. */
  #behind = 0;
  /** By the other clock, while it is held. */
  #heldSince = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return (this.#holds.size > 0 ? this.#heldSince : this.#clock.monotonic()) - this.#behind;
  }

  rest(): Promise<void> {
    return this.#clock.rest();
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { due: this.monotonic() + ms, callback, cancel: () => {} };
    this.#timers.add(timer);
    if (this.#holds.size === 0) this.#arm(timer, ms);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  }

  /** Holds it until the returned function is called, and all others of that kind. */
  hold(): () => void {
    const hold = {};
    if (this.#holds.size === 0) {
      this.#heldSince = this.#clock.monotonic();
      for (const timer of this.#timers) timer.cancel();
    }
    this.#holds.add(hold);
    return () => {
      if (this.#holds.delete(hold) && this.#holds.size === 0) this.#goOn();
    };
  }

  #goOn(): void {
    this.#behind += this.#clock.monotonic() - this.#heldSince;
    const now = this.monotonic();
    for (const timer of this.#timers) this.#arm(timer, Math.max(0, timer.due - now));
  }

  #arm(timer: Timer, ms: number): void {
    timer.cancel = this.#clock.after(ms, () => {
      this.#timers.delete(timer);
      timer.callback();
    });
  }
}
