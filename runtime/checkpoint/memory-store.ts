import type { JsonValue } from "../model/json.js";
import type { StoredFiles } from "../model/file-version.js";
import { weigh } from "../model/weigh.js";
import type { ChannelName } from "../model/ids.js";
import type { TraceEvent } from "../trace/event.js";
import { channelRecord, type ChannelRecord, type LostRecord } from "./channel-record.js";
import { superstepOf, type CachedResult, type Checkpoint, type CheckpointSummary, type PendingResult } from "./checkpoint.js";
import { assertRooted, decodeCheckpoint, decodeResult, decodeStored, encodeCheckpoint, isBase, summarize } from "./encoding.js";
import { exists, needed, noCheckpoint, noRun, wentOnElsewhere, runNeeded, storeClosed } from "./store-errors.js";
import {
  CACHE_LIMIT,
  TRACE_PAGE,
  type CheckpointPage,
  type CheckpointPlace,
  type CheckpointStore,
  type PageRequest,
  type PruneTerms,
  type RunSize,
  type StoredDocument,
  type StoredRun,
  type StoreFault,
  type TraceEntry,
  type TracePage,
  type TraceStretch,
} from "./store.js";

const DEFAULT_LIMIT = 100;

interface Entry {
  readonly id: string;
  readonly parent: string | null;
  readonly run: string;
  /** How many checkpoints of its run were saved before it. */
  readonly place: number;
  readonly base: boolean;
  readonly bytes: number;
  /** The checkpoints of the runs inside its open tasks. */
  readonly needs: readonly string[];
  /** Those that were saved with it. */
  readonly events: readonly TraceEvent[];
  /** Undefined once deleted: the entry stays, so that lineages and traces stay whole. */
  body: Checkpoint | undefined;
}

interface RunEntry {
  readonly run: Omit<StoredRun, "head">;
  head: string | null;
  /** In the order they were saved. */
  readonly checkpoints: Entry[];
  /** Superstep -> the checkpoints in it, in the order they were saved. */
  readonly bySuperstep: Map<number, Entry[]>;
  readonly trace: { readonly checkpoint: string; readonly events: readonly TraceEvent[] }[];
  /** Parent -> task -> result. */
  readonly results: Map<string, Map<string, PendingResult>>;
  /** Checkpoint -> the runs inside tasks begun since, until a checkpoint covers them. */
  readonly begun: Map<string, string[]>;
}

/**
 * A store that lasts as long as the program: for tests, and for runs that nobody resumes. Same contract as the others.
 *
 * What a run saves never changes, so it is kept as it is, sharing what did not change with all other moments. It is encoded when it
 * is read, so that no reader gets what another store would lose. Sizes are of memory, roughly.
 */
export class MemoryStore implements CheckpointStore {
  readonly #runs = new Map<string, RunEntry>();
  readonly #checkpoints = new Map<string, Entry>();
  readonly #documents = new Map<string, StoredDocument>();
  /** Oldest first. */
  readonly #cache = new Map<string, { readonly expires: number | null; readonly body: string }>();
  #open = true;

  assertWritable(): void {
    this.#use();
  }

  createRun(run: StoredRun, begin?: () => void): void {
    this.#use();
    if (this.#runs.has(run.id)) throw exists("run", run.id);
    const { head, ...facts } = run;
    const { parent } = facts;
    if (parent !== undefined) {
      const { begun } = this.#run(parent.run);
      this.#checkpoint(parent.since);
      begun.set(parent.since, [...(begun.get(parent.since) ?? []), run.id]);
    }
    this.#runs.set(run.id, { run: facts, head, checkpoints: [], bySuperstep: new Map(), trace: [], results: new Map(), begun: new Map() });
    try {
      begin?.();
    } catch (thrown) {
      this.#dropRun(run.id);
      throw thrown;
    }
  }

  run(id: string): StoredRun | undefined {
    this.#use();
    const entry = this.#runs.get(id);
    return entry === undefined ? undefined : toRun(entry);
  }

  runs(graph?: string, page: PageRequest = {}): readonly StoredRun[] {
    this.#use();
    if (page.after !== undefined) this.#run(page.after);
    const newestFirst = [...this.#runs.values()].reverse();
    return pageOf(
      newestFirst,
      page,
      (entry) => entry.run.id,
      ({ run }) => run.parent === undefined && (graph === undefined || run.graph === graph),
    ).map(toRun);
  }

  nested(run: string, since?: string): readonly StoredRun[] {
    const { begun } = this.#run(run);
    if (since !== undefined) return (begun.get(since) ?? []).map((id) => toRun(this.#run(id)));
    return [...this.#runs.values()].filter((entry) => entry.run.parent?.run === run).map(toRun);
  }

  save(checkpoint: Checkpoint, trace: readonly TraceEvent[]): number {
    assertRooted(checkpoint);
    const run = this.#run(checkpoint.run);
    if (checkpoint.parent !== null) this.#checkpoint(checkpoint.parent);
    if (this.#checkpoints.has(checkpoint.id)) throw exists("checkpoint", checkpoint.id);
    appendTo(run, checkpoint.id, trace);
    const bytes = sizeOf(checkpoint);
    const { id, parent } = checkpoint;
    const needs = (checkpoint.frontier.nested ?? []).map((nested) => nested.checkpoint);
    const place = run.checkpoints.length;
    const entry: Entry = {
      id,
      parent,
      run: checkpoint.run,
      place,
      base: isBase(checkpoint),
      needs,
      events: trace,
      bytes,
      body: checkpoint,
    };
    this.#checkpoints.set(checkpoint.id, entry);
    run.checkpoints.push(entry);
    const superstep = superstepOf(checkpoint.frontier);
    const inIt = run.bySuperstep.get(superstep);
    if (inIt === undefined) run.bySuperstep.set(superstep, [entry]);
    else inIt.push(entry);
    if (checkpoint.parent !== null) run.results.delete(checkpoint.parent);
    if (checkpoint.parent !== null) run.begun.delete(checkpoint.parent);
    run.head = checkpoint.id;
    return bytes;
  }

  flush(): void {
    this.#use();
  }

  saveResult(run: string, parent: string, result: PendingResult): void {
    const entry = this.#run(run);
    this.#checkpoint(parent);
    const results = entry.results.get(parent) ?? new Map<string, PendingResult>();
    results.delete(result.task); // a repeated result counts as the newest
    results.set(result.task, result);
    entry.results.set(parent, results);
  }

  results(run: string, parent: string): readonly PendingResult[] {
    const entry = this.#run(run);
    this.#checkpoint(parent);
    return [...(entry.results.get(parent)?.values() ?? [])].map((result) => decodeResult(parent, JSON.stringify(result)));
  }

  moveHead(run: string, checkpoint: string, trace: readonly TraceEvent[]): void {
    const entry = this.#run(run);
    if (this.#checkpoint(checkpoint).run !== run) throw noCheckpoint(checkpoint);
    appendTo(entry, checkpoint, trace);
    entry.head = checkpoint;
  }

  load(id: string): Checkpoint {
    return decodeCheckpoint(id, encodeCheckpoint(this.#checkpoint(id).body));
  }

  latest(run: string): Checkpoint | undefined {
    const { head } = this.#run(run);
    return head === null ? undefined : this.load(head);
  }

  list(run: string, { superstep, after, limit = DEFAULT_LIMIT }: CheckpointPage = {}): readonly CheckpointSummary[] {
    const { checkpoints, bySuperstep } = this.#run(run);
    const before = after === undefined ? Infinity : this.#placed(after).place;
    const among = superstep === undefined ? checkpoints : (bySuperstep.get(superstep) ?? []);
    const found: CheckpointSummary[] = [];
    for (let at = among.findLastIndex(({ place }) => place < before); at >= 0 && found.length < Math.floor(limit); at -= 1)
      found.push(...among.slice(at, at + 1).flatMap(listed));
    return found;
  }

  lastSuperstep(run: string): number {
    const { bySuperstep } = this.#run(run);
    let last = -1;
    for (const [superstep, entries] of bySuperstep)
      if (superstep > last && entries.some(({ body }) => body !== undefined)) last = superstep;
    return last;
  }

  lineage(id: string): readonly CheckpointSummary[] {
    this.#checkpoint(id);
    return [...this.#up(id)].flatMap(listed);
  }

  channelHistory(
    id: string,
    channel: ChannelName,
    { after, limit = DEFAULT_LIMIT }: PageRequest = {},
  ): readonly (ChannelRecord | LostRecord)[] {
    const found: (ChannelRecord | LostRecord)[] = [];
    const { parent: next } = this.#checkpoint(after ?? id);
    for (const { id: checkpoint, parent, body } of this.#up(after === undefined ? id : next)) {
      if (found.length >= Math.floor(limit)) break;
      if (body === undefined) return [...found, { checkpoint, lost: true }];
      else {
        const record = channelRecord(body, channel, () => this.#before(parent));
        if (record !== undefined) found.push(JSON.parse(JSON.stringify(record)) as ChannelRecord);
      }
    }
    return found;
  }

  delete(id: string): void {
    const entry = this.#checkpoint(id);
    for (const { run, head } of this.#runs.values()) if (head === id) throw needed(id, { run: run.id });
    for (const other of this.#checkpoints.values()) {
      if (other.body === undefined) continue;
      if ((other.parent === id && !other.base) || other.needs.includes(id)) throw needed(id, { checkpoint: other.id });
    }
    this.#drop(entry);
  }

  prune(run: string, keep: number, { spared = [], most = Infinity }: PruneTerms = {}): number {
    const entry = this.#run(run);
    const live = entry.checkpoints.filter(({ body }) => body !== undefined);
    const asked = live.filter(({ id }) => spared.includes(id));
    const kept = this.#kept(entry, [...asked, ...live.slice(Math.max(0, live.length - Math.max(0, Math.floor(keep))))]);
    const going = live.filter((checkpoint) => !kept.has(checkpoint));
    const dropped = going.slice(Math.max(0, going.length - most));
    for (const checkpoint of dropped) this.#drop(checkpoint);
    return this.nested(run).reduce(
      (count, inner) => (count < most ? count + this.prune(inner.id, keep, { spared, most: most - count }) : count),
      dropped.length,
    );
  }

  builtOn(id: string): readonly string[] {
    const { run } = this.#run(id);
    const family = new Set(this.#family(run.id));
    const builders = [...this.#checkpoints.values()].filter(({ run: of, parent }) => {
      const under = parent === null ? undefined : this.#checkpoints.get(parent)?.run;
      return !family.has(of) && under !== undefined && family.has(under);
    });
    return [...new Set(builders.map(({ run: of }) => this.#outermost(of)))];
  }

  verify(run?: string): readonly StoreFault[] {
    if (run !== undefined) this.#run(run);
    this.#use();
    return []; // memory has no bytes that others could damage
  }

  tree(run: string): readonly CheckpointPlace[] {
    return this.#run(run).checkpoints.map(({ id, parent, body }) => ({ id, parent, gone: body === undefined }));
  }

  deleteRun(id: string): void {
    const { run } = this.#run(id);
    if (run.parent !== undefined) throw runNeeded(id, { around: run.parent.run });
    const family = new Set(this.#family(id));
    for (const { run: of, parent } of this.#checkpoints.values()) {
      const builtOn = parent === null ? undefined : this.#checkpoints.get(parent)?.run;
      if (!family.has(of) && builtOn !== undefined && family.has(builtOn)) throw runNeeded(id, { builtOnBy: of });
    }
    for (const each of family) this.#dropRun(each);
  }

  sizes(): readonly RunSize[] {
    this.#use();
    const outermost = [...this.#runs.values()].filter(({ run }) => run.parent === undefined);
    return outermost.map(({ run }) => {
      const parts = this.#family(run.id).map((id) => sizeOfRun(this.#run(id)));
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
      return { run: run.id, checkpoints: parts.reduce((sum, part) => sum + part.checkpoints, 0), bytes };
    });
  }

  reclaim(): void {
    this.#use(); // memory is given back by itself
  }

  atOnce<Result>(work: () => Result): Result {
    return work();
  }

  atomically<Result>(work: () => Result): Result {
    this.#use();
    const runs = [...this.#runs].map(([id, entry]) => [id, copyOf(entry)] as const);
    const checkpoints = [...this.#checkpoints].map(([id, entry]) => ({ id, entry, body: entry.body }));
    const [documents, cache] = [[...this.#documents], [...this.#cache]];
    try {
      return work();
    } catch (thrown) {
      refill(this.#runs, runs);
      for (const { entry, body } of checkpoints) entry.body = body;
      refill(
        this.#checkpoints,
        checkpoints.map(({ id, entry }) => [id, entry]),
      );
      refill(this.#documents, documents);
      refill(this.#cache, cache);
      throw thrown;
    }
  }

  saveCached({ key, at, expires, result }: CachedResult): void {
    this.#use();
    this.#cache.delete(key);
    this.#cache.set(key, { expires, body: JSON.stringify(result) });
    for (const [other, entry] of this.#cache) {
      if ((entry.expires ?? Infinity) <= at || this.#cache.size > CACHE_LIMIT) this.#cache.delete(other);
    }
  }

  cached(key: string, now: number): CachedResult["result"] | undefined {
    this.#use();
    const entry = this.#cache.get(key);
    if (entry === undefined || (entry.expires ?? Infinity) <= now) return undefined;
    return decodeStored(key, entry.body) as CachedResult["result"];
  }

  saveDocument(revision: string, text: string, files: StoredFiles): void {
    this.#use();
    if (!this.#documents.has(revision)) this.#documents.set(revision, { text, files });
  }

  document(revision: string): StoredDocument | undefined {
    this.#use();
    return this.#documents.get(revision);
  }

  trace(run: string, checkpoint?: string): readonly TraceEvent[] {
    const { trace } = this.#run(run);
    if (checkpoint === undefined) return trace.flatMap(({ events }) => events);
    this.#placed(checkpoint);
    const lineage = new Set([...this.#up(checkpoint)].map(({ id }) => id));
    return trace.filter((entry) => lineage.has(entry.checkpoint)).flatMap(({ events }) => events);
  }

  traceStretches(run: string, checkpoint: string): readonly TraceStretch[] {
    const events = this.trace(run, checkpoint);
    return [{ last: events.at(-1)?.seq ?? 0, events: () => events }];
  }

  eventsOf(checkpoint: string): readonly TraceEvent[] {
    return this.#checkpoint(checkpoint).events;
  }

  traceEntries(run: string, { after = 0, limit = TRACE_PAGE }: TracePage = {}): readonly TraceEntry[] {
    const entries: TraceEntry[] = [];
    for (const { checkpoint, events } of this.#run(run).trace) {
      if ((events.at(-1)?.seq ?? 0) <= after) continue;
      for (const event of events) {
        if (entries.length >= limit) return entries;
        if (event.seq > after) entries.push({ checkpoint, event });
      }
    }
    return entries;
  }

  appendTrace(run: string, checkpoint: string, trace: readonly TraceEvent[]): void {
    const entry = this.#run(run);
    this.#checkpoint(checkpoint);
    appendTo(entry, checkpoint, trace);
  }

  lastSeq(run: string): number {
    return lastSeqOf(this.#run(run));
  }

  close(): void {
    this.#open = false;
  }

  /** A checkpoint and its ancestors, deleted ones included. */
  *#up(from: string | null): Iterable<Entry> {
    for (let id = from; id !== null;) {
      const entry = this.#checkpoints.get(id);
      if (entry === undefined) return;
      yield entry;
      id = entry.parent;
    }
  }

  #before(parent: string | null): { readonly superstep: number; readonly revision: string } | undefined {
    const body = parent === null ? undefined : this.#checkpoints.get(parent)?.body;
    return body === undefined ? undefined : { superstep: body.frontier.superstep, revision: body.revision };
  }

  /** A run and all those inside it, the outermost first. */
  #family(run: string): readonly string[] {
    return [run, ...this.nested(run).flatMap(({ id }) => this.#family(id))];
  }

  #outermost(run: string): string {
    const { parent } = this.#run(run).run;
    return parent === undefined ? run : this.#outermost(parent.run);
  }

  /** What a prune keeps: what is given, every head, what other runs build on, and the chains below them down to a base. */
  #kept(run: RunEntry, given: readonly Entry[]): ReadonlySet<Entry> {
    const heads = [...this.#runs.values()].flatMap(({ head }) => (head === null ? [] : [this.#checkpoint(head)]));
    const elsewhere = [...this.#checkpoints.values()].filter(({ run: of, body }) => of !== run.run.id && body !== undefined);
    const around = elsewhere.flatMap(({ needs }) => needs.flatMap((id) => this.#checkpoints.get(id) ?? []));
    const kept = new Set<Entry>();
    for (const start of [...given, ...heads, ...elsewhere, ...around]) {
      for (const entry of this.#up(start.id)) {
        if (kept.has(entry)) break;
        kept.add(entry);
        if (entry.base) break;
      }
    }
    return kept;
  }

  #dropRun(id: string): void {
    const { run, checkpoints } = this.#run(id);
    for (const { id: checkpoint } of checkpoints) this.#checkpoints.delete(checkpoint);
    this.#runs.delete(id);
    if (run.parent === undefined) return;
    const { run: outer, since } = run.parent;
    const begun = this.#runs.get(outer)?.begun;
    const others = begun?.get(since)?.filter((each) => each !== id) ?? [];
    if (others.length > 0) begun?.set(since, others);
    else begun?.delete(since);
  }

  #drop(entry: Entry): void {
    entry.body = undefined;
    for (const run of this.#runs.values()) {
      run.results.delete(entry.id);
      run.begun.delete(entry.id);
    }
  }

  #run(id: string): RunEntry {
    this.#use();
    const entry = this.#runs.get(id);
    if (entry === undefined) throw noRun(id);
    return entry;
  }

  #checkpoint(id: string): Entry & { body: Checkpoint } {
    const entry = this.#placed(id);
    if (entry.body === undefined) throw noCheckpoint(id);
    return entry as Entry & { body: Checkpoint };
  }

  /** Also one that was deleted. */
  #placed(id: string): Entry {
    this.#use();
    const entry = this.#checkpoints.get(id);
    if (entry === undefined) throw noCheckpoint(id);
    return entry;
  }

  #use(): void {
    if (!this.#open) throw storeClosed();
  }
}

/** What every checkpoint takes, roughly, beside the values that came with it. */
const FRAME_BYTES = 256;

function sizeOf({ channels: { delta, earlier = [], base }, items = [] }: Checkpoint): number {
  let bytes = FRAME_BYTES;
  for (const stored of items) bytes += weigh(stored.items as unknown as JsonValue, Infinity);
  for (const { writes } of [...earlier.flatMap((each) => each.delta), ...delta]) bytes += weigh(writes, Infinity);
  return base === undefined ? bytes : bytes + weigh(base.values, Infinity);
}

function sizeOfRun({ checkpoints, trace, results }: RunEntry): { readonly checkpoints: number; readonly bytes: number } {
  const live = checkpoints.filter(({ body }) => body !== undefined);
  const kept = [...results.values()].flatMap((each) => [...each.values()]);
  const rest = [...trace.flatMap(({ events }) => events), ...kept] as unknown as readonly JsonValue[];
  const bytes = live.reduce((sum, each) => sum + each.bytes, 0) + rest.reduce<number>((sum, each) => sum + weigh(each, Infinity), 0);
  return { checkpoints: live.length, bytes };
}

/** What changes in place is copied; what a run saved never changes. */
function copyOf(run: RunEntry): RunEntry {
  return {
    ...run,
    checkpoints: [...run.checkpoints],
    bySuperstep: new Map([...run.bySuperstep].map(([superstep, entries]) => [superstep, [...entries]])),
    trace: [...run.trace],
    results: new Map([...run.results].map(([parent, results]) => [parent, new Map(results)])),
    begun: new Map(run.begun),
  };
}

function refill<Value>(map: Map<string, Value>, entries: readonly (readonly [string, Value])[]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

function listed({ body, bytes }: Entry): readonly CheckpointSummary[] {
  return body === undefined ? [] : [summarize(body, bytes)];
}

function toRun({ run, head }: RunEntry): StoredRun {
  return { ...run, head };
}

function lastSeqOf({ trace }: RunEntry): number {
  return trace.at(-1)?.events.at(-1)?.seq ?? 0;
}

/** Kept in the order of `seq`, which only grows, so that the last event has the largest. */
function appendTo(run: RunEntry, checkpoint: string, trace: readonly TraceEvent[]): void {
  let last = lastSeqOf(run);
  for (const { seq } of trace) {
    if (seq <= last) throw wentOnElsewhere(run.run.id);
    last = seq;
  }
  if (trace.length > 0) run.trace.push({ checkpoint, events: trace });
}

function pageOf<Item>(
  newestFirst: readonly Item[],
  page: PageRequest,
  idOf: (item: Item) => string,
  included: (item: Item) => boolean,
): Item[] {
  const start = page.after === undefined ? 0 : newestFirst.findIndex((item) => idOf(item) === page.after) + 1;
  return newestFirst
    .slice(start)
    .filter(included)
    .slice(0, Math.max(0, Math.floor(page.limit ?? DEFAULT_LIMIT)));
}
