import { ChannelState } from "../channels/channel-state.js";
import type { ChannelWrites, Checkpoint, PendingResult, StoredItems, StoredResult } from "../checkpoint/checkpoint.js";
import { Rebuilder } from "../checkpoint/rebuild.js";
import { rebuildItems } from "../checkpoint/rebuild-items.js";
import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import type { Plan } from "../plan/plan.js";
import { KeptItems } from "./kept-items.js";
import { withBegun, withNestedOnly, withoutFinished } from "./nested-entries.js";
import type { Snapshot } from "./snapshot.js";
import { inTaskOrder } from "./superstep.js";

/** What a checkpoint stands for under a plan. */
export interface LoadedCheckpoint {
  readonly snapshot: Snapshot;
  readonly items: KeptItems;
}

/** What a checkpoint stands for, with the results that were kept since. Its channels get `version`. Throws `NOT_FOUND`, `CORRUPTED`. */
export function loadCheckpoint(
  store: Pick<CheckpointStore, "load" | "results" | "nested">,
  checkpoint: Checkpoint,
  plan: Plan,
  version: number,
  rebuilder = new Rebuilder((each) => (each === checkpoint.id ? checkpoint : store.load(each))),
): LoadedCheckpoint {
  const { id } = checkpoint;
  const { values } = rebuilder.rebuild(id);
  const channels = ChannelState.of(plan.channels, values, version);
  const snapshot = { frontier: checkpoint.frontier, channels, lastWrites: lastWrites(store, checkpoint) };
  const pending = store.results(checkpoint.run, id);
  const items = pending.flatMap(itemsIn);
  const kept = new KeptItems(
    rebuildItems(checkpoint, (each) => store.load(each)),
    items,
  );
  return {
    snapshot: withRuns(withPending(snapshot, pending.filter(isResult), items.length > 0), store.nested(checkpoint.run, id), kept),
    items: kept,
  };
}

/** What the superstep wrote that finished last: a checkpoint between two others of one (a decision, a force, a failure) repeats no writes, they are its ancestor's. */
export function lastWrites(store: Pick<CheckpointStore, "load">, checkpoint: Checkpoint): ChannelWrites {
  let at = checkpoint;
  while (at.channels.delta.length === 0 && at.channels.base === undefined && at.parent !== null) at = store.load(at.parent);
  return at.channels.delta;
}

/** So do the runs that began inside its tasks, until those, or the items that they are for, have a result. */
function withRuns(snapshot: Snapshot, begun: readonly StoredRun[], kept: KeptItems): Snapshot {
  if (begun.length === 0 && snapshot.frontier.nested === undefined) return snapshot;
  const open = withoutFinished(withBegun(snapshot.frontier, begun));
  return { ...snapshot, frontier: withNestedOnly(open, ({ task, slot }) => slot === undefined || !kept.has(task, Number(slot))) };
}

/** Results that were saved after a checkpoint belong to the superstep that was open then. */
function withPending(snapshot: Snapshot, pending: readonly StoredResult[], begun: boolean): Snapshot {
  if (pending.length === 0 && !begun) return snapshot;
  // A task that is run again, as its first result was refused, has two: the newer counts.
  const newer = new Set(pending.map((result) => result.task));
  const results = [
    ...snapshot.frontier.results.filter((result) => !newer.has(result.task)),
    ...inTaskOrder(snapshot.frontier.due, pending),
  ];
  return { ...snapshot, frontier: { ...snapshot.frontier, open: true, results } };
}

function isResult(pending: PendingResult): pending is StoredResult {
  return !("kept" in pending);
}

function itemsIn(pending: PendingResult): readonly StoredItems[] {
  return "kept" in pending ? [pending.kept] : [];
}
