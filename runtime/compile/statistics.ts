import { isRecompile, savedMicros, type CompileRecord } from "./compile-record.js";

/** How long compiles of one class took, in microseconds. Percentiles are exact: of the records, the nearest that is not below. */
export interface CompileDurations {
  readonly count: number;
  readonly last: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
}

/** What compiles that are remembered came to. */
export interface CompileStatistics {
  /** How many records this is about. */
  readonly compiles: number;
  /** Absent: there was none. */
  readonly soft?: CompileDurations;
  readonly hard?: CompileDurations;
  /** Changes that the strategy refused, and compiles that failed. */
  readonly refused: number;
  readonly failed: number;
  /** Share of the recompiles that were patched in: soft ones among those that edits and saved files set off and that succeeded. Absent: there was none. */
  readonly hitRate?: number;
  /** Sum over the measured soft recompiles of what a full compile took when last measured, less what they took. Absent: none was measured. */
  readonly savedMicros?: number;
  /** Soft recompiles for which no full compile of a graph about as large had been measured; they are not in `savedMicros`. */
  readonly notMeasured: number;
}

/** The statistics of some records, newest first. */
export function compileStatistics(records: readonly CompileRecord[]): CompileStatistics {
  const done = records.filter(({ success }) => success);
  const soft = done.filter((record) => record.class === "soft");
  const hard = done.filter((record) => record.class === "hard");
  const changed = done.filter(isRecompile);
  const saved = soft.flatMap((record) => savedMicros(record) ?? []);
  const refused = records.filter(({ error }) => error?.code === "HARD_REFUSED").length;
  return {
    compiles: records.length,
    ...durations("soft", soft),
    ...durations("hard", hard),
    refused,
    failed: records.length - done.length - refused,
    ...(changed.length === 0 ? {} : { hitRate: changed.filter((record) => record.class === "soft").length / changed.length }),
    ...(saved.length === 0 ? {} : { savedMicros: sum(saved) }),
    notMeasured: soft.length - saved.length,
  };
}

/** The value of a sorted list that a share of them does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function durations<Name extends string>(name: Name, records: readonly CompileRecord[]): { readonly [K in Name]?: CompileDurations } {
  const [last] = records;
  if (last === undefined) return {};
  const micros = records.map((record) => record.micros).toSorted((a, b) => a - b);
  const found: CompileDurations = {
    count: micros.length,
    last: last.micros,
    mean: sum(micros) / micros.length,
    p50: percentile(micros, 0.5),
    p95: percentile(micros, 0.95),
  };
  return { [name]: found } as { readonly [K in Name]?: CompileDurations };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
