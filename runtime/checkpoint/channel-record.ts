import type { ReducerName } from "../model/graph.js";
import type { ChannelName, NodeId } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import type { ChannelBase, ChannelWrites, Checkpoint, RoutedTask, SuperstepWrites } from "./checkpoint.js";

/** What one task of a superstep did to a channel; any of the three parts may be there, and they count in this order. */
export interface ChannelWrite {
  readonly node: NodeId;
  /** Which of the node's tasks in the superstep, from 0. */
  readonly nth: number;
  /** Absent where the checkpoint does not say: of supersteps before its last one, in what earlier versions have written. */
  readonly task?: string;
  /** What it wrote. */
  readonly write?: JsonValue;
  /** It left the channel without a value. */
  readonly cleared?: true;
  /** What a reducer of the user's made of all that the superstep wrote to it. */
  readonly folded?: JsonValue;
}

/** What one superstep did to a channel, in task order. */
export interface ChannelSuperstep {
  readonly superstep: number;
  readonly writes: readonly ChannelWrite[];
}

/** What a checkpoint says of one channel. */
export interface ChannelRecord extends Pick<Checkpoint, "run" | "parent" | "trigger" | "at" | "revision" | "traceSeq"> {
  readonly checkpoint: string;
  /** Supersteps finished by then. */
  readonly superstep: number;
  /** Those since its parent that did something to the channel, oldest first. */
  readonly supersteps: readonly ChannelSuperstep[];
  /** Those before that, since its parent, of which the trace alone has what they did to the channel; first and last. */
  readonly skipped?: readonly [from: number, to: number];
  /** The channel as a base has it; `reducer` is absent where the graph of then has no such channel. */
  readonly base?: { readonly value?: JsonValue; readonly reducer?: ReducerName };
  /** Values may be others than those that were written since the parent: there is none, it is gone, or a person, a migration or another graph gave some. */
  readonly anew?: "first" | "cut" | "given" | "graph";
}

/** A checkpoint of a lineage whose contents are deleted or damaged: nobody knows what it and those before it did. */
export interface LostRecord {
  readonly checkpoint: string;
  readonly lost: true;
}

/** What must be known of the parent of a base to tell what is new in it. */
export interface RecordBefore {
  readonly superstep: number;
  readonly revision: string;
}

/** Triggers of bases that have values which nobody wrote, unless a superstep finished with them. */
const givenBy: ReadonlySet<Checkpoint["trigger"]> = new Set(["edited", "migrated", "forced"]);

/** Whether values of a base may be others than those that were written, as far as it can tell by itself. */
export function isGivenAnew({ trigger, channels }: Pick<Checkpoint, "trigger" | "channels">): boolean {
  return channels.base !== undefined && givenBy.has(trigger);
}

/**
 * What a checkpoint says of a channel; undefined where it cannot have given it another value. `before` is asked for bases only; it
 * gives undefined where the parent is not known.
 */
export function channelRecord(
  checkpoint: Checkpoint,
  channel: ChannelName,
  before: () => RecordBefore | undefined,
): ChannelRecord | undefined {
  const { id, run, parent, trigger, at, revision, traceSeq, frontier } = checkpoint;
  const { base } = checkpoint.channels;
  const known = base === undefined || parent === null ? undefined : before();
  const supersteps = superstepsOf(checkpoint, channel, known?.superstep ?? Number.NEGATIVE_INFINITY);
  const anew = anewOf(checkpoint, channel, known);
  const skipped = skippedOf(checkpoint, channel);
  if (supersteps.length === 0 && anew === undefined && skipped === undefined) return undefined;
  const { superstep } = frontier;
  return {
    checkpoint: id,
    run,
    parent,
    trigger,
    at,
    revision,
    traceSeq,
    superstep,
    supersteps,
    ...(skipped === undefined ? {} : { skipped }),
    ...(base === undefined ? {} : { base: partOf(base, channel) }),
    ...(anew === undefined ? {} : { anew }),
  };
}

function anewOf(checkpoint: Checkpoint, channel: ChannelName, before: RecordBefore | undefined): ChannelRecord["anew"] {
  const { base } = checkpoint.channels;
  if (checkpoint.parent === null) return "first";
  if (base === undefined) return undefined;
  if (before === undefined) return "cut";
  if (isGivenAnew(checkpoint) && Object.hasOwn(base.reducers, channel)) return "given";
  return before.revision === checkpoint.revision ? undefined : "graph";
}

function skippedOf({ frontier, channels: { earlier = [], skipped } }: Checkpoint, channel: ChannelName): ChannelRecord["skipped"] {
  if (skipped?.names.includes(channel) !== true) return undefined;
  return [skipped.from, (earlier[0]?.superstep ?? frontier.superstep) - 1];
}

function partOf({ values, reducers }: ChannelBase, channel: ChannelName): NonNullable<ChannelRecord["base"]> {
  const [value, reducer] = [own(values, channel), own(reducers, channel)];
  return { ...(value === undefined ? {} : { value }), ...(reducer === undefined ? {} : { reducer }) };
}

/** What was finished since the parent, as far as it did something to the channel. */
function superstepsOf({ frontier, channels }: Checkpoint, channel: ChannelName, finishedBefore: number): readonly ChannelSuperstep[] {
  const { delta, earlier = [] } = channels;
  const { superstep, routed } = frontier;
  const all: readonly SuperstepWrites[] = [...earlier, { superstep, delta, routed }];
  return all.flatMap((each) => {
    if (each.superstep <= finishedBefore) return []; // a base repeats what the superstep before it wrote
    const writes = writesOf(each.delta, each.routed ?? [], channel);
    return writes.length === 0 ? [] : [{ superstep: each.superstep, writes }];
  });
}

/** The writes of the tasks stand last, one for one with those that were routed. */
function writesOf(delta: ChannelWrites, routed: readonly RoutedTask[], channel: ChannelName): readonly ChannelWrite[] {
  const first = delta.length - routed.length;
  return delta.flatMap(({ node, writes, cleared = [], folded = {} }, place) => {
    const [write, made] = [own(writes, channel), own(folded, channel)];
    const isCleared = cleared.includes(channel);
    if (write === undefined && made === undefined && !isCleared) return [];
    const task = place < first ? undefined : routed[place - first];
    const nth = delta.slice(0, place).filter((other) => other.node === node).length;
    return [
      {
        node,
        nth,
        ...(task?.node === node ? { task: task.task } : {}),
        ...(write === undefined ? {} : { write }),
        ...(isCleared ? { cleared: true as const } : {}),
        ...(made === undefined ? {} : { folded: made }),
      },
    ];
  });
}

/** The names of channels are anything, such as `toString`. */
function own<Value>(of: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
