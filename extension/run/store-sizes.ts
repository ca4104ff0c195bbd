import type { RunSize } from "../../runtime/checkpoint/store.js";
import type { Clock } from "../../runtime/ports.js";
import type { Stores } from "./stores.js";

/** Adding up goes through all that is stored: above this size only who asks for it waits for that. */
const QUICK_BYTES = 32 * 2 ** 20;
/** Milliseconds of rest for each millisecond of adding up. */
const REST = 9;

interface Known {
  /** What was added up is true enough until then, on the monotonic clock. */
  readonly until: number;
  readonly sizes: ReadonlyMap<string, number>;
}

/** What runs take in the stores of folders. */
export class StoreSizes {
  readonly #stores: Pick<Stores, "existing" | "bytes">;
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #known = new Map<string, Known>();

  constructor(stores: Pick<Stores, "existing" | "bytes">, clock: Pick<Clock, "monotonic">) {
    this.#stores = stores;
    this.#clock = clock;
  }

  /** Bytes of each run with those inside it, as last added up: anew where that is quick, a tenth of the time at most. */
  of(directory: string): ReadonlyMap<string, number> {
    const known = this.#known.get(directory);
    const fresh = known !== undefined && this.#clock.monotonic() < known.until;
    if (!fresh && this.#stores.bytes(directory) <= QUICK_BYTES) this.measure(directory);
    return this.#known.get(directory)?.sizes ?? new Map<string, number>();
  }

  /** The same, added up now. Throws `STORE`, `CORRUPTED`. */
  measure(directory: string): readonly RunSize[] {
    const began = this.#clock.monotonic();
    const sizes = this.#stores.existing(directory)?.sizes() ?? [];
    const ended = this.#clock.monotonic();
    this.#known.set(directory, { until: ended + REST * (ended - began), sizes: new Map(sizes.map(({ run, bytes }) => [run, bytes])) });
    return sizes;
  }
}
