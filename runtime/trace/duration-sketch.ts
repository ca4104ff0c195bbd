import { LogCollapsingLowestDenseDDSketch as Sketch } from "@datadog/sketches-js";

/** How far a percentile may be from the true one, as a part of it. */
export const RELATIVE_ERROR = 0.01;

/** At an error of one percent these reach from two nanoseconds to over a year. */
const BINS = 2048;

/**
 * The sketch counts nanoseconds, from 2: merging loses what stands under its key 0, which is 1. What is below counts as no time
 * at all.
 */
const UNITS = 1e6;
const SHORTEST = 2;

/** Many durations in bounded memory: the smallest, the mean and the greatest exactly, percentiles within `RELATIVE_ERROR`. */
export class DurationSketch {
  readonly #sketch = new Sketch({ relativeAccuracy: RELATIVE_ERROR, binLimit: BINS });
  #min = Number.POSITIVE_INFINITY;
  #max = 0;
  #sum = 0;

  /** Takes one duration, in milliseconds. */
  add(ms: number): void {
    const units = ms * UNITS;
    this.#sketch.accept(units < SHORTEST ? 0 : units);
    this.#min = Math.min(this.#min, ms);
    this.#max = Math.max(this.#max, ms);
    this.#sum += ms;
  }

  /** Takes all that another one has taken: the same as taking its durations one by one. */
  merge(other: DurationSketch): void {
    this.#sketch.merge(other.#sketch);
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#sum += other.#sum;
  }

  /** How many durations it has taken. */
  get count(): number {
    return this.#sketch.count;
  }

  /** Milliseconds; undefined before the first duration. */
  get min(): number | undefined {
    return this.count === 0 ? undefined : this.#min;
  }

  get mean(): number | undefined {
    return this.count === 0 ? undefined : this.#sum / this.count;
  }

  get max(): number | undefined {
    return this.count === 0 ? undefined : this.#max;
  }

  /** The duration that a share `q` (0 to 1) of the others does not exceed, in milliseconds. */
  quantile(q: number): number | undefined {
    if (this.count === 0) return undefined;
    return Math.min(Math.max(this.#sketch.getValueAtQuantile(q) / UNITS, this.#min), this.#max);
  }

  /** How many numbers it keeps: bounded, however many durations there were. */
  get size(): number {
    return this.#sketch.store.length();
  }
}
