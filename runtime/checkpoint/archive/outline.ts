import { PatchbayError } from "../../errors.js";
import type { PendingResult } from "../checkpoint.js";
import { noRun } from "../store-errors.js";
import type { CheckpointPlace, CheckpointStore, StoredRun } from "../store.js";

/**
 * What there is of a run at one moment, and of the runs inside it. What it names can be read later, while the run goes on: histories only
 * grow. What changes in place is held.
 */
export interface RunOutline {
  readonly run: StoredRun;
  readonly places: readonly CheckpointPlace[];
  readonly lastSeq: number;
  /** Checkpoint -> results kept since. */
  readonly results: ReadonlyMap<string, readonly PendingResult[]>;
  /** The runs inside its tasks, oldest first. */
  readonly inside: readonly InnerOutline[];
}

/** A run inside a task. */
export interface InnerOutline {
  readonly outline: RunOutline;
  /** The checkpoint of the run around it since which it is there. */
  readonly since: string;
  /** No checkpoint covers it yet. */
  readonly begun: boolean;
}

/** Outlines a run. Throws `NOT_FOUND`, and `STORE` for one that builds on another run. */
export function outlineRun(store: CheckpointStore, id: string): RunOutline {
  const run = store.run(id);
  if (run === undefined) throw noRun(id);
  const places = store.tree(id);
  assertWhole(id, places);
  const live = places.filter(({ gone }) => !gone).map((place) => place.id);
  const results = live.map((place) => [place, store.results(id, place)] as const).filter(([, kept]) => kept.length > 0);
  const begun = new Set(live.flatMap((place) => store.nested(id, place).map((inner) => inner.id)));
  const inside = store.nested(id).map((inner) => ({
    outline: outlineRun(store, inner.id),
    since: inner.parent?.since ?? "",
    begun: begun.has(inner.id),
  }));
  return { run, places, lastSeq: store.lastSeq(id), results: new Map(results), inside };
}

function assertWhole(run: string, places: readonly CheckpointPlace[]): void {
  const own = new Set(places.map(({ id }) => id));
  const foreign = places.find(({ parent }) => parent !== null && !own.has(parent));
  if (foreign === undefined) return;
  throw new PatchbayError("STORE", `Run ${run} builds on a checkpoint of another run, ${foreign.parent}: it is not whole by itself.`, {
    run,
  });
}
