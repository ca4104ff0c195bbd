// The last compiles of one graph.
//
// 1. Bounded: at most `HISTORY_LIMIT` records; only the newest has all its reasons, the others the first of them.
// 2. What is handed out stays as it is.
import type { CompileRecord } from "./compile-record.js";

/** How many compiles of a graph are remembered. */
export const HISTORY_LIMIT = 100;

/** How many reasons of an older compile are kept. */
const OLDER_REASONS = 20;

/** How many failures of the same kind are kept in a row. */
const FAILURES_IN_A_ROW = 3;

/** Remembers the last compiles of a graph. */
export class CompileHistory {
  /** Oldest first: a new one is appended, and the array is handed out in a copy. */
  readonly #records: CompileRecord[];
  #shown: readonly CompileRecord[] | undefined;

  /** `past`: records of an earlier session, newest first. */
  constructor(past: readonly CompileRecord[] = []) {
    this.#records = past.slice(0, HISTORY_LIMIT).toReversed();
  }

  /** Newest first (invariant 2). */
  get records(): readonly CompileRecord[] {
    this.#shown ??= this.#records.toReversed();
    return this.#shown;
  }

  /** Takes the newest one. */
  add(record: CompileRecord): void {
    const before = this.#records.pop();
    if (before !== undefined) this.#records.push(shortened(before));
    this.#records.push(record);
    if (this.#records.length > HISTORY_LIMIT) this.#records.shift();
    this.#shown = undefined;
  }

  /** Takes a refusal; one of the same changes as the newest record is the same refusal, seen again at another edit. */
  addRefusal(record: CompileRecord): void {
    const last = this.#records.at(-1);
    if (last !== undefined && sameFailure(last, record)) this.#records.pop();
    this.add(record);
  }

  /** Takes a failure; one that is tried again and again does not push all else out. */
  addFailure(record: CompileRecord): void {
    const last = this.#records.slice(-FAILURES_IN_A_ROW);
    if (last.length === FAILURES_IN_A_ROW && last.every((each) => sameFailure(each, record))) this.#records.pop();
    this.add(record);
  }
}

/** A record with this many reasons at most; the last then says how many there are beside (invariant 1). */
export function shortened(record: CompileRecord, limit = OLDER_REASONS): CompileRecord {
  const { reasons } = record;
  if (reasons.length <= limit) return record;
  const rest = `and ${reasons.length - limit + 1} more`;
  return { ...record, reasons: [...reasons.slice(0, limit - 1), rest] };
}

function sameFailure(a: CompileRecord, b: CompileRecord): boolean {
  return (
    a.error?.code === b.error?.code &&
    a.revision === b.revision &&
    a.reasons.length === b.reasons.length &&
    a.reasons.every((reason, index) => reason === b.reasons[index])
  );
}
