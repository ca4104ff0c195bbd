import type { QueueEntry } from "./entry.js";
import { waitOf, type Terms } from "./due.js";
import type { Slot } from "./slot.js";

/** What is known of a graph that waits, as a value that stays as it is. */
export function entryOf(slot: Slot, terms: Terms, now: number): QueueEntry {
  const { failure, run } = slot;
  return Object.freeze({
    graph: slot.graph,
    reasons: Object.freeze(slot.reasons.texts),
    edits: slot.waiting,
    since: slot.since.wall,
    waits: waitOf(slot, terms, now),
    running: run !== undefined,
    ...(run === undefined ? {} : { runningSince: run.began.wall, covers: slot.covers }),
    failures: failure?.count ?? 0,
    ...(failure === undefined ? {} : { error: failure.error }),
    ...(failure === undefined || run !== undefined ? {} : { nextAttemptAt: failure.retryAt.wall }),
  });
}
