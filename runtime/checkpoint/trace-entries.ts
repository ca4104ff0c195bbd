import type { CheckpointStore, TraceEntry } from "./store.js";

/** The events of a run after a number, each with what it belongs to, read page by page: a trace can be longer than memory. Throws `NOT_FOUND`. */
export function* traceEntries(store: Pick<CheckpointStore, "traceEntries">, run: string, after = 0): Generator<TraceEntry, void, void> {
  for (let last: number | undefined = after; last !== undefined;) {
    const page = store.traceEntries(run, { after: last });
    yield* page;
    last = page.at(-1)?.event.seq;
  }
}
