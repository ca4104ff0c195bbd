import { PatchbayError } from "../../errors.js";
import type { TraceEvent } from "../../trace/event.js";
import type { CheckpointPlace, CheckpointStore, TraceEntry } from "../store.js";
import { traceEntries } from "../trace-entries.js";
import { endLine, LineSum } from "./lines.js";
import { outlineRun, type InnerOutline, type RunOutline } from "./outline.js";
import { ARCHIVE_FORMAT, type ArchiveHead, type ArchiveRecord } from "./record.js";
import { revisionsIn } from "./revisions.js";

/** How many trace events stand in one line at most. */
const LINE_EVENTS = 1000;

/**
 * The lines of the file that holds a run, with line ends, read from the store one after the other; the run may go on meanwhile, and the
 * file has it as it was when the first line was asked for. Throws `NOT_FOUND`, `CORRUPTED`, and `STORE` for a run that is inside another
 * or builds on one.
 */
export function* exportRun(store: CheckpointStore, id: string): Generator<string, void, void> {
  const outline = outlineRun(store, id);
  const { run } = outline;
  if (run.parent !== undefined) {
    throw new PatchbayError("STORE", `Run ${id} is inside run ${run.parent.run}: export that one.`, { run: id, around: run.parent.run });
  }
  const sum = new LineSum();
  const head: ArchiveHead = { patchbay: "run", format: ARCHIVE_FORMAT, run: id, graph: run.graph };
  yield sum.add(head);
  for (const record of withDocuments(store, recordsOf(store, outline))) yield sum.add(record);
  yield endLine(sum);
}

/** Each document stands before what first names its revision. */
function* withDocuments(store: CheckpointStore, records: Iterable<ArchiveRecord>): Generator<ArchiveRecord, void, void> {
  const known = new Set<string>();
  for (const record of records) {
    for (const revision of revisionsIn(record)) {
      if (known.has(revision)) continue;
      known.add(revision);
      const document = store.document(revision);
      if (document !== undefined) yield { type: "document", revision, ...document };
    }
    yield record;
  }
}

function* recordsOf(store: CheckpointStore, outline: RunOutline): Generator<ArchiveRecord, void, void> {
  const { head, ...run } = outline.run;
  yield { type: "run", run };
  yield* historyOf(store, outline);
  for (const [checkpoint, results] of outline.results) yield { type: "results", run: run.id, checkpoint, results };
  if (head !== null) yield { type: "head", run: run.id, checkpoint: head };
}

/** Checkpoints in the order they were saved, and events by their numbers: each of the first with those of the second that it brought. */
function* historyOf(store: CheckpointStore, outline: RunOutline): Generator<ArchiveRecord, void, void> {
  const run = outline.run.id;
  const saved = new Set<string>();
  const places = outline.places.values();
  const inside = innerByPlace(outline);
  for (const { checkpoint, events } of groupsOf(store, outline)) {
    if (saved.has(checkpoint)) {
      yield { type: "trace", run, checkpoint, events };
      continue;
    }
    for (const place of places) {
      saved.add(place.id);
      yield* placeRecords(store, run, place, place.id === checkpoint ? events : [], inside);
      if (place.id === checkpoint) break;
    }
  }
  for (const place of places) yield* placeRecords(store, run, place, [], inside);
}

function* placeRecords(
  store: CheckpointStore,
  run: string,
  { id, parent, gone }: CheckpointPlace,
  trace: readonly TraceEvent[],
  inside: ReadonlyMap<string, readonly InnerOutline[]>,
): Generator<ArchiveRecord, void, void> {
  yield gone ? { type: "gone", run, id, parent, trace } : { type: "checkpoint", checkpoint: store.load(id), trace };
  for (const { outline } of inside.get(id) ?? []) yield* recordsOf(store, outline);
}

/**
 * The runs inside, by the checkpoint that each is to stand after, in the order in which they began. One that a checkpoint covers stands
 * as early as it can, which is before that; one that none covers stands after all that would cover it.
 */
function innerByPlace({ places, inside }: RunOutline): ReadonlyMap<string, readonly InnerOutline[]> {
  const found = new Map<string, InnerOutline[]>();
  const own = new Map(places.map(({ id }, place) => [id, place]));
  const lastChild = new Map(places.map(({ parent }, place) => [parent, place]));
  let index = 0;
  for (const inner of inside) {
    index = Math.max(index, own.get(inner.since) ?? 0, inner.begun ? (lastChild.get(inner.since) ?? 0) : 0);
    const id = places[index]?.id;
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), inner]);
  }
  return found;
}

interface EventGroup {
  readonly checkpoint: string;
  readonly events: readonly TraceEvent[];
}

/** Events that follow one another and belong to one checkpoint. */
function* groupsOf(store: CheckpointStore, outline: RunOutline): Generator<EventGroup, void, void> {
  let checkpoint: string | undefined;
  let events: TraceEvent[] = [];
  for (const entry of entriesOf(store, outline)) {
    if (checkpoint !== undefined && (entry.checkpoint !== checkpoint || events.length >= LINE_EVENTS)) {
      yield { checkpoint, events };
      events = [];
    }
    checkpoint = entry.checkpoint;
    events.push(entry.event);
  }
  if (checkpoint !== undefined) yield { checkpoint, events };
}

/** What came after the run was looked at is no part of the file. */
function* entriesOf(store: CheckpointStore, { run, lastSeq }: RunOutline): Generator<TraceEntry, void, void> {
  for (const entry of traceEntries(store, run.id)) {
    if (entry.event.seq > lastSeq) return;
    yield entry;
  }
}
