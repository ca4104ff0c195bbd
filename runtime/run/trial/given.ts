// What a node is given when it is run alone: as a run had it, at one of its checkpoints or when the node was due last.
import { ChannelState } from "../../channels/channel-state.js";
import type { Checkpoint, CheckpointSummary, Decision, SuperstepWrites } from "../../checkpoint/checkpoint.js";
import { Rebuilder } from "../../checkpoint/rebuild.js";
import type { CheckpointStore } from "../../checkpoint/store.js";
import type { NodeId } from "../../model/ids.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { Plan } from "../../plan/plan.js";

/** What one task of a node is to work on. */
export interface TrialInput {
  readonly node: NodeId;
  /** Channel -> its value; others have their defaults. */
  readonly values: JsonObject;
  /** What the task itself is given, as a sent task is. */
  readonly input?: JsonValue;
  /** The number of its superstep; absent: 1. */
  readonly superstep?: number;
  /** Answers to its questions, by key, given before they are asked. */
  readonly decisions?: Readonly<Record<string, Decision>>;
}

/** What a store is asked for it. */
export type GivenStore = Pick<CheckpointStore, "load" | "lineage" | "atOnce">;

/** The values at a checkpoint, and what the node's task was given there, where it was due. Throws `NOT_FOUND`, `CORRUPTED`. */
export function givenAt(store: GivenStore, checkpoint: string, node: NodeId): TrialInput {
  const { values } = new Rebuilder((id) => store.load(id)).rebuild(checkpoint);
  const { frontier } = store.load(checkpoint);
  const input = frontier.due.find((task) => task.node === node)?.input;
  return { node, values, superstep: frontier.superstep + 1, ...(input === undefined ? {} : { input }) };
}

/**
 * What the node was given when it was due last on the way to a checkpoint, that checkpoint included; undefined where it never was.
 * Throws `CORRUPTED`.
 */
export function lastGiven(store: GivenStore, plan: Plan, head: string, node: NodeId): TrialInput | undefined {
  return store.atOnce(() => {
    const line = store.lineage(head);
    for (const [place, summary] of line.entries()) {
      if (summary.due.includes(node)) return givenAt(store, summary.id, node);
      const passed = skips(summary, line[place + 1]) ? givenBetween(store, plan, store.load(summary.id), node) : undefined;
      if (passed !== undefined) return passed;
    }
    return undefined;
  });
}

/** Whether supersteps lie between a checkpoint and its parent that have none. */
function skips(summary: CheckpointSummary, parent: CheckpointSummary | undefined): boolean {
  return parent !== undefined && summary.superstep - parent.superstep > 1;
}

/** What it was given in a superstep that has no checkpoint before it: the values of the parent, with what was written since. */
function givenBetween(store: GivenStore, plan: Plan, checkpoint: Checkpoint, node: NodeId): TrialInput | undefined {
  const { parent, channels, frontier } = checkpoint;
  if (parent === null || channels.skipped !== undefined) return undefined;
  const last = { superstep: frontier.superstep, delta: channels.delta, routed: frontier.routed };
  const passed: readonly SuperstepWrites[] = [...(channels.earlier ?? []), last];
  const at = passed.findLastIndex(({ routed = [] }) => routed.some((task) => task.node === node));
  const found = passed[at];
  // Of the first, the parent says it by itself.
  if (found === undefined || at === 0) return undefined;
  const { values } = new Rebuilder((id) => store.load(id)).rebuild(parent);
  let state = ChannelState.of(plan.channels, values, 0);
  for (const { delta } of passed.slice(0, at)) state = state.fold(delta, 0);
  const input = found.routed?.find((task) => task.node === node)?.input;
  return { node, values: state.values(), superstep: found.superstep, ...(input === undefined ? {} : { input }) };
}
