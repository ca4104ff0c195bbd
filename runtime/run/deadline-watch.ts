import type { Clock } from "../ports.js";

/** Calls back once when a deadline has come; one at a time. */
export class DeadlineWatch {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #cancel = (): void => {};

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** Watches another deadline, in milliseconds since the epoch, or none. */
  set(deadline: number | undefined): void {
    this.#cancel();
    this.#cancel = deadline === undefined ? () => {} : this.#clock.after(Math.max(0, deadline - this.#clock.now()), this.#onDue);
  }
}
