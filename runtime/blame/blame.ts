// Who gave a channel the value that it has, or a place in it.
//
// 1. Of a channel the last write counts, also one that wrote what was there already; of a place in it the last change by which what
//    is there became another.
// 2. A message is followed by its id, an item of a set by what it is, another item of a list by its place, a property by its name.
import { noCheckpoint, noRun } from "../checkpoint/store-errors.js";
import { parseDocument } from "../document/parse.js";
import { PatchbayError } from "../errors.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import type { BlameStore } from "./blame-store.js";
import { readPath, settled, valueAt, type Path } from "./channel-path.js";
import { pointerTo } from "../model/json-pointer.js";
import { oldestOf, recordsOf, segmentsOf } from "./history.js";
import { lastChanges } from "./last-changes.js";
import { lastWrite } from "./last-write.js";
import type { Writer } from "./writer.js";
import { Writers } from "./writers.js";

/** What is asked. */
export interface BlameQuery {
  readonly run: string;
  readonly channel: ChannelName;
  /** Where in the channel: a JSON Pointer, or the dotted form (`.items[0].price`, `[-1]`). Default: all of it. */
  readonly path?: string;
  /** A checkpoint of the run. Default: where it stands. */
  readonly checkpoint?: string;
}

/** A place in a channel, and who gave it its value. */
export interface Blamed {
  /** JSON Pointer in the channel; "" is all of it. */
  readonly path: string;
  /** What is there; absent: nothing. */
  readonly value?: JsonValue;
  readonly writer: Writer;
}

/** What is found. */
export interface Blame extends Blamed {
  readonly run: string;
  readonly channel: ChannelName;
  /** The checkpoint that it is asked of. */
  readonly checkpoint: string;
}

/**
 * Who gave a channel of a run, or a place in it, the value that it has. Costs what the history since then has of that channel. Throws
 * `NOT_FOUND` where there is no such run, checkpoint, channel or place, `USAGE` for a path that cannot be read.
 */
export function blame(store: BlameStore, query: BlameQuery): Blame {
  const asked = readQuery(store, query);
  const { run, channel, checkpoint, path } = asked;
  const [found] = path.length === 0 ? [blameWhole(store, asked)] : blamePlaces(store, asked, (end) => [settled(end, path)]);
  if (found === undefined) throw noPlace(asked);
  return { run, channel, checkpoint, ...found };
}

/** As `blame`, for each item or property of what is there; none where it has no parts. */
export function blameParts(store: BlameStore, query: BlameQuery): readonly Blamed[] {
  const asked = readQuery(store, query);
  return blamePlaces(store, asked, (end) => partsAt(end, settled(end, asked.path)));
}

interface Asked {
  readonly run: string;
  readonly channel: ChannelName;
  readonly checkpoint: string;
  readonly path: Path;
}

function readQuery(store: BlameStore, { run, channel, path = "", checkpoint }: BlameQuery): Asked {
  const stored = store.run(run);
  if (stored === undefined) throw noRun(run);
  const at = checkpoint ?? stored.head;
  if (at === null) throw new PatchbayError("NOT_FOUND", `Run ${run} has no checkpoint.`, { run });
  if (at !== stored.head && store.load(at).run !== run) throw noCheckpoint(at);
  return { run, channel, checkpoint: at, path: readPath(path) };
}

/** Invariant 1, of a channel. */
function blameWhole(store: BlameStore, asked: Asked): Blamed | undefined {
  const { channel, checkpoint } = asked;
  const { origin, value, first } = lastWrite(store, checkpoint, channel);
  if (origin === undefined && first?.base?.reducer === undefined) throw noChannel(store, asked);
  const writers = new Writers(store);
  const writer = origin === undefined ? writers.before(first, channel) : writers.of(origin);
  return { path: "", ...(value === undefined ? {} : { value }), writer };
}

/** Invariant 1, of places. */
function blamePlaces(store: BlameStore, asked: Asked, select: (end: JsonValue | undefined) => readonly Path[]): readonly Blamed[] {
  const { channel, checkpoint } = asked;
  const records = (): ReturnType<typeof recordsOf> => recordsOf(store, checkpoint, channel);
  const found = lastChanges(segmentsOf(store, records(), channel), select).filter(
    ({ value, origin }) => value !== undefined || origin !== undefined, // else it never was there
  );
  const isWhole = found.length > 0 && found.every(({ origin }) => origin !== undefined);
  const oldest = isWhole ? undefined : oldestOf(records());
  if (found.length === 0 && oldest?.base?.reducer === undefined) throw noChannel(store, asked);
  const writers = new Writers(store);
  return found.map(({ path, value, origin }) => {
    const writer = origin === undefined ? writers.before(oldest, channel) : writers.of(origin);
    return { path: pointerTo(path), ...(value === undefined ? {} : { value }), writer };
  });
}

/** The paths of the items or properties of what is at a path. */
function partsAt(end: JsonValue | undefined, path: Path): readonly Path[] {
  const value = valueAt(end, path);
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).map((step) => [...path, step]);
}

function noPlace({ channel, path }: Asked): PatchbayError {
  const place = `${channel}${pointerTo(path)}`;
  return new PatchbayError("NOT_FOUND", `There is nothing at ${place}, and there never was.`, { channel, path: pointerTo(path) });
}

function noChannel(store: BlameStore, { channel, checkpoint }: Asked): PatchbayError {
  const document = store.document(store.load(checkpoint).revision);
  const names = document === undefined ? [] : [...parseDocument(document.text).graph.channels.keys()].toSorted();
  return new PatchbayError("NOT_FOUND", `The run has no channel "${channel}". It has ${names.join(", ") || "none"}.`, { channel });
}
