import { shortMs } from "../model/figures.js";
import { counted } from "./lists.js";

/** How measured times lie. All in milliseconds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Median of the distances from the median: unlike the standard deviation, one slow run does not move it. */
  readonly deviation: number;
}

/** The spread of some times; there is one at least. */
export function spreadOf(times: readonly number[]): Spread {
  const median = medianOf(times);
  const deviation = medianOf(times.map((ms) => Math.abs(ms - median)));
  return { median, min: Math.min(...times), max: Math.max(...times), deviation };
}

/** A spread in one line, for people. */
export function spreadLine({ median, min, max, deviation }: Spread, runs: number, supersteps: number): string {
  const times = `median ${shortMs(median)} ± ${shortMs(deviation)}, from ${shortMs(min)} to ${shortMs(max)}`;
  return `${times} (${counted(runs, "run")} of ${counted(supersteps, "superstep")})`;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}
