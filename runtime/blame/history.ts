// The history of a channel, as what its checkpoints say of it: segments, each from a known value on.
//
// 1. A base has the values after what its supersteps wrote: these end the segment before it.
import type { ChannelRecord, ChannelSuperstep, ChannelWrite, LostRecord } from "../checkpoint/channel-record.js";
import { START, type ChannelName } from "../model/ids.js";
import { firstSegment, skippedChanges } from "./beginning.js";
import type { BlameStore } from "./blame-store.js";
import type { Change, Origin, Segment } from "./change.js";

/** How many records are asked for at first, and at most. */
const FEW = 4;
const MANY = 256;

/** What a lineage says of a channel, newest first, read as it is asked for. */
export function* recordsOf(store: BlameStore, checkpoint: string, channel: ChannelName): Generator<ChannelRecord | LostRecord, void, void> {
  let after: string | undefined;
  for (let limit = FEW; ; limit = Math.min(MANY, limit * 4)) {
    const page = store.channelHistory(checkpoint, channel, { limit, ...(after === undefined ? {} : { after }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit || "lost" in last) return;
    after = last.checkpoint;
  }
}

/** The segments of a history, newest first. */
export function* segmentsOf(
  store: BlameStore,
  records: Iterable<ChannelRecord | LostRecord>,
  channel: ChannelName,
): Generator<Segment, void, void> {
  let newestFirst: Change[] = [];
  let last: ChannelRecord | undefined;
  for (const record of records) {
    if ("lost" in record) break;
    last = record;
    const { base } = record;
    const changes = [...skippedChanges(store, record, channel), ...changesOf(record)];
    if (base !== undefined) {
      yield { start: base, changes: newestFirst.toReversed() };
      newestFirst = settingOf(record, changes);
    }
    newestFirst.push(...changes.toReversed()); // invariant 1
  }
  const first = last === undefined ? undefined : firstSegment(store, last, newestFirst.toReversed(), channel);
  if (first !== undefined) yield first;
}

/** The values of a base, where they need not be what was written: then they end the segment before it. */
function settingOf(record: ChannelRecord, changes: readonly Change[]): Change[] {
  const { anew, base = {}, skipped } = record;
  if (anew === "given" || anew === "graph") return [{ origin: { by: anew, record }, kind: "set", known: base }];
  // Of what reducers of the user's made the trace has nothing.
  const origin = skipped === undefined ? undefined : changes.at(-1)?.origin;
  return origin === undefined ? [] : [{ origin, kind: "set", known: base }];
}

/** The oldest checkpoint of a lineage that is known. */
export function oldestOf(records: Iterable<ChannelRecord | LostRecord>): ChannelRecord | undefined {
  let oldest: ChannelRecord | undefined;
  for (const record of records) if (!("lost" in record)) oldest = record;
  return oldest;
}

/** What the supersteps of a checkpoint did to the channel, oldest first. */
export function changesOf(record: ChannelRecord): readonly Change[] {
  return record.supersteps.flatMap((each) => changesIn(record, each));
}

function changesIn(record: ChannelRecord, { superstep, writes }: ChannelSuperstep): readonly Change[] {
  const origins = originsOf(record, superstep, writes);
  return writes.flatMap(({ write, cleared, folded }, place) => {
    const origin = origins[place];
    if (origin === undefined) return [];
    const changes: Change[] = [];
    if (write !== undefined) changes.push({ origin, kind: "write", write });
    if (cleared === true) changes.push({ origin, kind: "clear" });
    // What a reducer of the user's made comes first in a superstep, and is of all that wrote: the last of them counts.
    if (folded !== undefined) changes.push({ origin: origins.at(-1) ?? origin, kind: "set", known: { value: folded } });
    return changes;
  });
}

function originsOf(record: ChannelRecord, superstep: number, writes: readonly ChannelWrite[]): readonly Origin[] {
  return writes.map(({ node, nth, task }): Origin => {
    if (node === START && task === undefined) return { by: "end", record, superstep };
    return { by: "write", record, superstep, node, nth, ...(task === undefined ? {} : { task }) };
  });
}
