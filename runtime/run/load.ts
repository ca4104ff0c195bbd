import { ChannelState } from "../channels/channel-state.js";
import type { StoredResult } from "../checkpoint/checkpoint.js";
import { rebuild } from "../checkpoint/rebuild.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import type { Plan } from "../plan/plan.js";
import type { Snapshot } from "./snapshot.js";

/** What a checkpoint stands for under a plan. */
export interface LoadedCheckpoint {
  readonly snapshot: Snapshot;
  /** Revision of the graph that it was made under. */
  readonly revision: string;
  readonly run: string;
  /** When it was made, in milliseconds since the epoch. */
  readonly at: number;
}

/** Loads a checkpoint with the results that were kept since. Its channels get `version`. Throws `NOT_FOUND`, `CORRUPTED`. */
export function loadCheckpoint(store: CheckpointStore, id: string, plan: Plan, version: number): LoadedCheckpoint {
  const { checkpoint, values } = rebuild(id, (each) => store.load(each));
  const channels = ChannelState.of(plan.channels, values, version);
  const snapshot = { frontier: checkpoint.frontier, channels, lastWrites: checkpoint.channels.delta };
  return {
    snapshot: withPending(snapshot, store.results(checkpoint.run, id)),
    revision: checkpoint.revision,
    run: checkpoint.run,
    at: checkpoint.at,
  };
}

/** Results that were saved after a checkpoint belong to the superstep that was open then. */
function withPending(snapshot: Snapshot, pending: readonly StoredResult[]): Snapshot {
  if (pending.length === 0) return snapshot;
  const known = new Set(snapshot.frontier.results.map((result) => result.task));
  const results = [...snapshot.frontier.results, ...pending.filter((result) => !known.has(result.task))];
  return { ...snapshot, frontier: { ...snapshot.frontier, open: true, results } };
}
