import { getHeapStatistics } from "node:v8";

/** Milliseconds between two looks at the memory. */
const INTERVAL = 1000;
/** Share of the memory that may be in use between two calls. */
const HIGH = 0.75;

/** Tells when a process should be replaced: modules cannot be unloaded, and user code may keep what it should not. */
export class Wear {
  readonly #maxReloads: number;
  #lookedAt = 0;
  #told = false;

  constructor(maxReloads: number) {
    this.#maxReloads = maxReloads;
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
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    return used > HIGH * limit
      ? `${Math.round(used / 2 ** 20)} MB of its ${Math.round(limit / 2 ** 20)} MB of memory are in use`
      : undefined;
  }
}
