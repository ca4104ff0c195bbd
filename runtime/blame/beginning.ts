// Before the first known value: what a channel began with, or what the trace still tells where checkpoints were deleted.
import { reducers } from "../channels/reducers.js";
import { parseDocument } from "../document/parse.js";
import { sameJson } from "../document/same-json.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { ChannelRecord, ChannelWrite } from "../checkpoint/channel-record.js";
import type { TraceEvent } from "../trace/event.js";
import type { BlameStore } from "./blame-store.js";
import type { Change, KnownValue, Origin, Segment } from "./change.js";

import { familyOf, partsOf } from "./parts.js";

/**
 * The segment before the oldest base that is known; `changes`: what its supersteps did. Undefined where what is left of it does not
 * lead to the value there.
 */
export function firstSegment(
  store: BlameStore,
  record: ChannelRecord,
  changes: readonly Change[],
  channel: ChannelName,
): Segment | undefined {
  const events = record.anew === "first" ? store.eventsOf(record.checkpoint) : told(store, record);
  const start = startOf(store, record, events, channel);
  const segment = { start, changes: record.anew === "first" ? changes : toldIn(record, events, channel) };
  return leadsTo(segment, record.base) ? segment : undefined;
}

/** What the trace says of a channel, of all that led to a checkpoint, oldest first. */
export function toldChanges(store: BlameStore, record: ChannelRecord, channel: ChannelName): readonly Change[] {
  return toldIn(record, told(store, record), channel);
}

/** What the trace says of a channel, of supersteps of which the checkpoint after them says nothing. */
export function skippedChanges(store: BlameStore, record: ChannelRecord, channel: ChannelName): readonly Change[] {
  if (record.skipped === undefined) return [];
  const [from, to] = record.skipped;
  const events = told(store, record);
  const since = events.findLastIndex(({ type }) => type === "restored"); // what is before is of a branch that was left
  const within = events.slice(since + 1).filter(({ superstep }) => superstep >= from && superstep <= to);
  return within.flatMap((event) => changesIn(event, { by: "told", event, record }, channel));
}

function told(store: BlameStore, { run, checkpoint, traceSeq }: ChannelRecord): readonly TraceEvent[] {
  return store.trace(run, checkpoint).filter(({ seq }) => seq <= traceSeq);
}

function toldIn(record: ChannelRecord, events: readonly TraceEvent[], channel: ChannelName): readonly Change[] {
  const tellers = new Tellers(record, channel);
  return events.flatMap((event) => changesIn(event, tellers.of(event), channel));
}

/** Who is behind events: of the last superstep the checkpoint says more than they do. */
class Tellers {
  readonly #record: ChannelRecord;
  readonly #channel: ChannelName;
  /** Node -> how often it has written the channel in that superstep. */
  readonly #counts = new Map<string, number>();

  constructor(record: ChannelRecord, channel: ChannelName) {
    this.#record = record;
    this.#channel = channel;
  }

  of(event: TraceEvent): Origin {
    const { superstep } = this.#record;
    if (event.superstep !== superstep) return { by: "told", event };
    const known = event.type === "write" && this.#names(event) ? this.#next(event.node) : undefined;
    if (known === undefined) return { by: "told", event, record: this.#record };
    const { node, nth, task } = known;
    return { by: "write", record: this.#record, superstep, node, nth, ...(task === undefined ? {} : { task }) };
  }

  #names({ writes, cleared = [] }: Extract<TraceEvent, { type: "write" }>): boolean {
    return Object.hasOwn(writes, this.#channel) || cleared.includes(this.#channel);
  }

  /** The next write of a node that the checkpoint has. */
  #next(node: string): ChannelWrite | undefined {
    const count = this.#counts.get(node) ?? 0;
    this.#counts.set(node, count + 1);
    return this.#record.supersteps.at(-1)?.writes.filter((write) => write.node === node)[count];
  }
}

/** What an event says of a channel. */
function changesIn(event: TraceEvent, origin: Origin, channel: ChannelName): readonly Change[] {
  switch (event.type) {
    case "run-started":
    case "input":
      return written(origin, event.input, [], channel);
    case "write":
      return written(origin, event.writes, event.cleared ?? [], channel);
    case "edited":
      return written(origin, event.writes, [], channel);
    case "state-edited": {
      const value = own(event.values, channel);
      if (value !== undefined) return [{ origin, kind: "set", known: { value } }];
      return event.cleared?.includes(channel) === true ? [{ origin, kind: "clear" }] : [];
    }
    default:
      return [];
  }
}

function written(origin: Origin, writes: JsonObject, cleared: readonly string[], channel: ChannelName): readonly Change[] {
  const write = own(writes, channel);
  const change: readonly Change[] = write === undefined ? [] : [{ origin, kind: "write", write }];
  return cleared.includes(channel) ? [...change, { origin, kind: "clear" }] : change;
}

/** What the channel was before anything was written: what the run was started with, or its default. */
function startOf(store: BlameStore, record: ChannelRecord, events: readonly TraceEvent[], channel: ChannelName): KnownValue {
  const name = record.base?.reducer;
  if (name === undefined) return {};
  const given = givenAtStart(events, channel);
  const reducer = reducers[name];
  const held =
    given === undefined ? reducer.start(defaultOf(store, revisionAtStart(events) ?? record.revision, channel)) : reducer.restore(given);
  const value = reducer.view(held);
  return { reducer: name, ...(value === undefined ? {} : { value }) };
}

/** What the run was started with in a channel, beside its input. */
export function givenAtStart(events: readonly TraceEvent[], channel: ChannelName): JsonValue | undefined {
  for (const event of events) if (event.type === "run-started") return own(event.values ?? {}, channel);
  return undefined;
}

function revisionAtStart(events: readonly TraceEvent[]): string | undefined {
  for (const event of events) if (event.type === "run-started") return event.revision;
  return undefined;
}

function defaultOf(store: BlameStore, revision: string, channel: ChannelName): JsonValue | undefined {
  const stored = store.document(revision);
  return stored === undefined ? undefined : parseDocument(stored.text).graph.channels.get(channel)?.initial;
}

function leadsTo({ start, changes }: Segment, base: KnownValue | undefined): boolean {
  const parts = partsOf(familyOf(start.reducer), start);
  for (const change of changes) parts.take(change);
  return sameJson(parts.value(), base?.value);
}

function own<Value>(of: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
