import type { ChannelRecord } from "../checkpoint/channel-record.js";
import { sameJson } from "../document/same-json.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import { skippedChanges, toldChanges } from "./beginning.js";
import type { BlameStore } from "./blame-store.js";
import type { Change, Origin, Segment } from "./change.js";
import { changesOf, recordsOf, segmentsOf } from "./history.js";
import { familyOf, partsOf } from "./parts.js";

/** The last write of a channel: what was written, and where that comes from. Without an origin: nobody wrote it. */
export interface LastWrite {
  readonly origin?: Origin;
  readonly value?: JsonValue;
  /** The first checkpoint that is known. */
  readonly first?: ChannelRecord;
}

/** The last write of a channel in the lineage of a checkpoint. Reads no more than it takes to find it. */
export function lastWrite(store: BlameStore, checkpoint: string, channel: ChannelName): LastWrite {
  let first: ChannelRecord | undefined;
  for (const record of recordsOf(store, checkpoint, channel)) {
    if ("lost" in record) break;
    first = record;
    if (record.anew === "cut") break;
    const given = isGiven(store, record, channel);
    if (given !== undefined) return valued(given, record.base?.value);
    const written = changesOf(record).findLast(({ origin }) => origin.by === "write") ?? skippedChanges(store, record, channel).at(-1);
    if (written !== undefined) return writtenBy(written);
  }
  if (first === undefined) return {};
  if (first.anew === "first") {
    const start = segmentAt(store, first, channel)?.start.value;
    return { first, ...(start === undefined ? {} : { value: start }) };
  }
  const change = toldChanges(store, first, channel).at(-1) ?? changesOf(first).at(-1);
  return change === undefined ? { first } : { ...writtenBy(change), first };
}

function writtenBy(change: Change): LastWrite {
  if (change.kind === "write") return { origin: change.origin, value: change.write };
  return valued(change.origin, change.kind === "set" ? change.known.value : undefined);
}

function valued(origin: Origin, value: JsonValue | undefined): LastWrite {
  return { origin, ...(value === undefined ? {} : { value }) };
}

/** Whether a base has a value that was given: it says so, or it is another than what was written comes to. */
function isGiven(store: BlameStore, record: ChannelRecord, channel: ChannelName): Origin | undefined {
  const { anew } = record;
  if (anew !== "given" && anew !== "graph") return undefined;
  const origin: Origin = { by: anew, record };
  for (const event of store.eventsOf(record.checkpoint)) {
    if (event.type === "state-edited" && (Object.hasOwn(event.values, channel) || event.cleared?.includes(channel) === true)) return origin;
  }
  const before = segmentAt(store, record, channel);
  return before !== undefined && sameJson(valueBefore(before, record), record.base?.value) ? undefined : origin;
}

/** The segment that ends with a base. */
function segmentAt(store: BlameStore, record: ChannelRecord, channel: ChannelName): Segment | undefined {
  const segments = segmentsOf(store, recordsOf(store, record.checkpoint, channel), channel);
  segments.next(); // the one that begins with it
  return segments.next().value ?? undefined;
}

/** What a segment comes to before the values of a base are set. */
function valueBefore({ start, changes }: Segment, { checkpoint }: ChannelRecord): JsonValue | undefined {
  const parts = partsOf(familyOf(start.reducer), start);
  for (const change of changes) {
    const { origin } = change;
    if ((origin.by === "given" || origin.by === "graph") && origin.record.checkpoint === checkpoint) break;
    parts.take(change);
  }
  return parts.value();
}
