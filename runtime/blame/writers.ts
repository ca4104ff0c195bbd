// Tells who is behind the origins of changes: with the trace events that came with checkpoints, read for those that are asked about.
import { START, type ChannelName } from "../model/ids.js";
import type { ChannelRecord } from "../checkpoint/channel-record.js";
import type { TraceEvent } from "../trace/event.js";
import { givenAtStart } from "./beginning.js";
import type { Origin } from "./change.js";
import type { BlameStore } from "./blame-store.js";
import { insideOf, decisionsOf, replayedBy, taskIdOf } from "./task-facts.js";
import type { Writer } from "./writer.js";

type Written = Extract<Origin, { by: "write" }>;

/** Finds writers; what was read of a checkpoint is kept for the next. */
export class Writers {
  readonly #store: BlameStore;
  readonly #events = new Map<string, readonly TraceEvent[]>();
  readonly #known = new Map<string, Writer>();

  constructor(store: BlameStore) {
    this.#store = store;
  }

  /** Who is behind an origin. */
  of(origin: Origin): Writer {
    switch (origin.by) {
      case "write":
        return this.#writer(origin);
      case "end":
        return { kind: "end", superstep: origin.superstep, ...placeOf(origin.record) };
      case "told":
        return tellerOf(origin.event, origin.record);
      case "given":
      case "graph":
        return this.#giver(origin.record);
    }
  }

  /** Who gave a channel what it had before anything that is known of. `first`: the oldest checkpoint that is. */
  before(first: ChannelRecord | undefined, channel: ChannelName): Writer {
    if (first?.anew !== "first") return { kind: "deleted", superstep: first?.superstep ?? 0 };
    const place = { superstep: 0, ...placeOf(first) };
    if (givenAtStart(this.#eventsOf(first.checkpoint), channel) === undefined) return { kind: "default", ...place };
    const outer = this.#store.run(first.run)?.parent;
    return outer === undefined ? { kind: "start", ...place } : { kind: "outer", ...place, task: outer.task };
  }

  #writer(origin: Written): Writer {
    const { record, superstep, node, nth } = origin;
    const key = JSON.stringify([record.checkpoint, superstep, node, nth]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#found(origin);
    this.#known.set(key, found);
    return found;
  }

  #found(origin: Written): Writer {
    const { record, superstep, node } = origin;
    const events = this.#superstepEvents(record, superstep);
    const place = { superstep, ...placeOf(record) };
    for (const event of events) {
      if (event.type === "edited" && event.node === node) return { kind: "written-as", node, ...place, at: event.at, actor: event.actor };
      if (node !== START) continue;
      if (event.type === "input") return { kind: "input", ...place, at: event.at, actor: event.actor };
      if (event.type === "run-started") return { kind: "input", ...place, at: event.at };
    }
    if (node === START) return { kind: "input", ...place };
    const task = origin.task ?? taskIdOf(events, origin);
    const facts = { ...decisionsOf(events, this.#store, record, node), ...insideOf(events, task), ...replayedBy(events, task) };
    const at = events.findLast((event) => event.type === "write" && event.node === node)?.at ?? record.at;
    return { kind: "task", node, ...(task === undefined ? {} : { task }), ...place, at, ...facts };
  }

  #giver(record: ChannelRecord): Writer {
    const place = { superstep: record.superstep, ...placeOf(record) };
    for (const event of this.#eventsOf(record.checkpoint).toReversed()) {
      if (event.type === "state-edited") return { kind: "edit", ...place, superstep: event.superstep, at: event.at, actor: event.actor };
      if (event.type === "migrated") return { kind: "migration", ...place, at: event.at, modules: event.modules };
      if (event.type === "carried-over")
        return { kind: "graph", ...place, at: event.at, ...(event.actor === undefined ? {} : { actor: event.actor }) };
    }
    return { kind: "graph", ...place };
  }

  /** What the trace has of a superstep, as far as it came with its checkpoint or, while it was open, with those before. */
  #superstepEvents(record: ChannelRecord, superstep: number): readonly TraceEvent[] {
    let events = this.#eventsOf(record.checkpoint).filter((event) => event.superstep === superstep);
    let { parent } = record;
    while (parent !== null && record.anew !== "cut" && superstep === record.superstep && !events.some(begins)) {
      const before = this.#eventsOf(parent).filter((event) => event.superstep === superstep);
      events = [...before, ...events];
      const { parent: next, frontier } = this.#store.load(parent);
      if (!frontier.open) break;
      parent = next;
    }
    return events;
  }

  #eventsOf(checkpoint: string): readonly TraceEvent[] {
    const known = this.#events.get(checkpoint);
    if (known !== undefined) return known;
    const events = this.#store.eventsOf(checkpoint);
    this.#events.set(checkpoint, events);
    return events;
  }
}

/** Whether a superstep begins with an event: before it there is nothing of that one. */
function begins({ type }: TraceEvent): boolean {
  return type === "superstep-started" || type === "input" || type === "edited" || type === "run-started";
}

function placeOf({ checkpoint, at, revision }: ChannelRecord): Pick<Writer, "checkpoint" | "at" | "revision"> {
  return { checkpoint, at, revision };
}

/** Who is behind an event, where nothing else is left. */
function tellerOf(event: TraceEvent, record: ChannelRecord | undefined): Writer {
  const place = { superstep: event.superstep, ...(record === undefined ? {} : placeOf(record)), at: event.at };
  switch (event.type) {
    case "write":
      return { kind: "task", node: event.node, ...place };
    case "edited":
      return { kind: "written-as", node: event.node, actor: event.actor, ...place };
    case "state-edited":
      return { kind: "edit", actor: event.actor, ...place };
    case "input":
      return { kind: "input", actor: event.actor, ...place };
    default:
      return { kind: "input", ...place };
  }
}
