import { getHeapStatistics } from "node:v8";

/** Milliseconds between two looks at the memory. */
const INTERVAL = 100;
/** Share of the memory that may be in use between two calls. */
const HIGH = 0.75;

/** Tells when a process should be replaced: modules cannot be unloaded, and user code may keep what it should not. */
export class Wear {
  readonly #maxReloads: number;
  readonly #heapBytes: number;
  #lookedAt = -Infinity;
  #told = false;

  constructor(maxReloads: number, heapBytes: number) {
    this.#maxReloads = maxReloads;
    this.#heapBytes = heapBytes;
  }

  /** Why the process should be replaced, told once; asked after each call. */
  reason(reloads: number, now: number): string | undefined {
    if (this.#told) return undefined;
    const reason = reloads > this.#maxReloads ? `it has loaded ${reloads} changed modules` : this.#memory(now);
    this.#told = reason !== undefined;
    return reason;
  }

  #memory(now: number): string | undefined {
    if (now - this.#lookedAt < INTERVAL) return undefined;
    this.#lookedAt = now;
    const { used_heap_size: used } = getHeapStatistics();
    return used > HIGH * this.#heapBytes ? `${megabytes(used)} of its ${megabytes(this.#heapBytes)} of memory are in use` : undefined;
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
