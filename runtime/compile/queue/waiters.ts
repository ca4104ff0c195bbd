import type { Clock } from "../../ports.js";

interface Waiter<Result> {
  readonly resolve: (result: Result) => void;
  cancelTimer?: () => void;
}

/** Those who wait for one thing to come about, each as long as it cares to. */
export class Waiters<Result> {
  readonly #clock: Clock;
  readonly #all = new Set<Waiter<Result>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Resolves with what `settle` is given, or after `timeoutMs` with what `late` gives. */
  wait(timeoutMs: number, late: () => Result): Promise<Result> {
    return new Promise((resolve) => {
      const waiter: Waiter<Result> = { resolve };
      this.#all.add(waiter);
      if (timeoutMs === Number.POSITIVE_INFINITY) return;
      waiter.cancelTimer = this.#clock.after(timeoutMs, () => {
        this.#all.delete(waiter);
        resolve(late());
      });
    });
  }

  /** It has come about. */
  settle(result: Result): void {
    const all = [...this.#all];
    this.#all.clear();
    for (const { cancelTimer, resolve } of all) {
      cancelTimer?.();
      resolve(result);
    }
  }
}
