// Whether the stores of folders keep within what people allow them.
//
// 1. One warning in the life of a window, whatever grows: who has seen it knows.
import type { Clock } from "../../runtime/ports.js";

/** How often a folder is looked at, at most, in milliseconds. */
const LOOK_MS = 10_000;

/** A store that takes more than it may. */
export interface Excess {
  readonly directory: string;
  readonly bytes: number;
  readonly budget: number;
}

/** Looks at stores as runs write to them. */
export class StoreBudget {
  readonly #bytesOf: (directory: string) => number;
  readonly #budget: () => number | undefined;
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #looked = new Map<string, number>();
  #warned = false;

  /** `budget` gives bytes, or undefined for none. */
  constructor(bytesOf: (directory: string) => number, budget: () => number | undefined, clock: Pick<Clock, "monotonic">) {
    this.#bytesOf = bytesOf;
    this.#budget = budget;
    this.#clock = clock;
  }

  /** A run of a folder has moved: what is to be warned of, which is so once. */
  moved(directory: string): Excess | undefined {
    const now = this.#clock.monotonic();
    if (this.#warned || now - (this.#looked.get(directory) ?? Number.NEGATIVE_INFINITY) < LOOK_MS) return undefined;
    this.#looked.set(directory, now);
    const budget = this.#budget();
    const bytes = budget === undefined ? 0 : this.#bytesOf(directory);
    if (budget === undefined || bytes <= budget) return undefined;
    this.#warned = true; // invariant 1
    return { directory, bytes, budget };
  }
}
