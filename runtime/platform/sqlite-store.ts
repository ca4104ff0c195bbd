import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { CachedResult, Checkpoint, CheckpointSummary, PendingResult } from "../checkpoint/checkpoint.js";
import { corrupted, decodeCheckpoint, decodeResult, decodeStored } from "../checkpoint/encoding.js";
import { exists, needed, noCheckpoint, noRun, wentOnElsewhere, storeClosed } from "../checkpoint/store-errors.js";
import { spill, unspill } from "../checkpoint/spill.js";
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
} from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { defaultLimits } from "../model/graph.js";
import type { StoredFiles } from "../model/file-version.js";
import type { TraceEvent } from "../trace/event.js";
import type { ChannelRecord, LostRecord } from "../checkpoint/channel-record.js";
import { lastSuperstepOf, placesIn } from "./sqlite/by-superstep.js";
import type { ChannelName } from "../model/ids.js";
import { Blobs } from "./sqlite/blobs.js";
import { ChannelHistories } from "./sqlite/channel-histories.js";
import { insertRows, type Inserted } from "./sqlite/checkpoint-rows.js";
import { checksum } from "./sqlite/checksum.js";
import { openDatabase, type OpenedDatabase } from "./sqlite/database.js";
import { Moment } from "./sqlite/moment.js";
import { Pages, type Place } from "./sqlite/pages.js";
import { Places } from "./sqlite/places.js";
import { hold, type Held } from "./sqlite/records.js";
import { integer, text, toRun, toSummary, type Row } from "./sqlite/rows.js";
import { isBusy, isConstraint, storeFailure } from "./sqlite/sqlite-errors.js";
import { prepareStatements, type Statements } from "./sqlite/statements.js";
import { Traces } from "./sqlite/traces.js";
import { buildersOn, dropRun, partOf, sizesOf, treeOf } from "./sqlite/whole-runs.js";
import { documentMatches, documentSum, findFaults, sumMatches } from "./sqlite/verify.js";

const DEFAULT_LIMIT = 100;
/** So much text is held back at most. */
const MOST_HELD = 4 * 1024 * 1024;
/** Above every row number: the first page. */
const NEWEST = Number.MAX_SAFE_INTEGER;

/**
 * Opens the store in `directory` (file `patchbay.db`), making both where needed. Several processes may have it open at once.
 * Throws `STORE` where it cannot be opened or written, `STORE_NEWER` for a file of a later version, `CORRUPTED` for no database.
 */
export function openSqliteStore(directory: string): CheckpointStore {
  const opened = openDatabase(directory);
  try {
    return new SqliteStore(opened);
  } catch (thrown) {
    opened.database.close();
    opened.release();
    throw storeFailure(thrown, `Cannot open the store in ${directory}`); // a table is missing
  }
}

// Invariants:
// 1. Every change is one transaction, begun IMMEDIATE, so that processes queue up instead of failing half-way.
// 2. No number of a row is remembered between calls: another process may have pruned it.
// 3. What is held back is written by whatever is called next, before it, in the order it was saved; what could not be written is held on.
class SqliteStore implements CheckpointStore {
  readonly #database: DatabaseSync;
  readonly #opened: OpenedDatabase;
  /** Tells the file from another one in its place. */
  readonly #inode: number | undefined;
  /** It was found that it can be written. */
  #mayWrite = false;
  readonly #sql: Statements;
  readonly #blobs: Blobs;
  readonly #pages: Pages;
  readonly #moment = new Moment();
  readonly #places: Places;
  readonly #traces: Traces;
  readonly #histories: ChannelHistories;
  /** Checkpoints that may be written later. */
  #held: Held[] = [];
  #heldCharacters = 0;

  constructor(opened: OpenedDatabase) {
    const { database, file } = opened;
    const sql = prepareStatements(database);
    this.#opened = opened;
    this.#database = database;
    this.#inode = statSync(file, { throwIfNoEntry: false })?.ino;
    this.#sql = sql;
    this.#blobs = new Blobs(sql);
    this.#pages = new Pages(sql, this.#moment);
    this.#places = new Places(sql, this.#moment);
    this.#traces = new Traces(sql, this.#pages, this.#blobs);
    this.#histories = new ChannelHistories(sql, this.#pages, (found, channel) => this.#whole(found.id, found, channel));
  }

  assertWritable(): void {
    if (this.#mayWrite) return this.#assertThere();
    this.#call("write to the store", () => {
      if (!this.#opened.isReadOnly) this.#alone(() => undefined);
      this.#mayWrite = !this.#opened.isReadOnly;
      if (!this.#mayWrite) throw new PatchbayError("STORE", `The store ${this.#opened.file} can be read, and not written.`);
    });
  }

  createRun(run: StoredRun, begin?: () => void): void {
    if (begin !== undefined)
      return this.atomically(() => {
        this.createRun(run);
        begin();
      });
    this.#write("create the run", () => {
      orTaken(
        () => this.#sql.insertRun.run(run.id, run.graph, run.startedAt, run.head),
        () => exists("run", run.id),
      );
      const { parent } = run;
      if (parent === undefined) return;
      const outer = this.#runNo(parent.run);
      this.#sql.insertNested.run(run.id, outer, parent.task, parent.slot ?? null, this.#checkpointNo(parent.since));
    });
  }

  run(id: string): StoredRun | undefined {
    return this.#read("read the run", () => {
      const row = this.#sql.run.get(id);
      return row === undefined ? undefined : toRun(row);
    });
  }

  runs(graph?: string, page: PageRequest = {}): readonly StoredRun[] {
    return this.#read("list the runs", () => {
      const before = page.after === undefined ? NEWEST : this.#runNo(page.after);
      const limit = limitOf(page);
      const rows = graph === undefined ? this.#sql.runs.all(before, limit) : this.#sql.runsOfGraph.all(before, limit, graph);
      return rows.map(toRun);
    });
  }

  nested(run: string, since?: string): readonly StoredRun[] {
    return this.#read("list the runs inside the run", () => {
      const no = this.#runNo(run);
      const rows = since === undefined ? this.#sql.nested.all(no) : this.#sql.nestedSince.all(no, this.#checkpointNo(since));
      return rows.map(toRun);
    });
  }

  save(checkpoint: Checkpoint, trace: readonly TraceEvent[], spillAbove = defaultLimits.spillAbove, later = false): number {
    const held = hold(checkpoint, trace, this.#blobs, spillAbove);
    if (!this.#database.isOpen) throw storeClosed();
    this.#held.push(held);
    this.#heldCharacters += held.text.length;
    const mayWait = later && held.needs.length === 0 && !held.large.isNew;
    if (mayWait && this.#heldCharacters <= MOST_HELD) return held.bytes;
    try {
      return this.#commitHeld("save the checkpoint");
    } catch (thrown) {
      if (this.#held.at(-1) !== held) throw thrown; // refused
      if (later) return held.bytes;
      this.#held.pop();
      this.#heldCharacters -= held.text.length;
      throw thrown;
    }
  }

  flush(): void {
    if (this.#held.length > 0) this.#commitHeld("save the checkpoints");
  }

  saveResult(run: string, parent: string, result: PendingResult, spillAbove = defaultLimits.spillAbove): void {
    const large = this.#blobs.collect(spillAbove);
    const body = JSON.stringify(spill(result, large.keep));
    this.#write("save the result", () => {
      const no = this.#checkpointNo(parent);
      large.insert();
      large.use(no);
      this.#sql.insertResult.run(this.#runNo(run), no, result.task, checksum(body), body);
    });
  }

  results(run: string, parent: string): readonly PendingResult[] {
    return this.#read("read the results", () => {
      const rows = this.#sql.results.all(this.#runNo(run), this.#checkpointNo(parent));
      return rows.map((row) => {
        if (!sumMatches(row)) throw corrupted(parent, "has a damaged result of a task");
        return this.#whole(parent, decodeResult(parent, text(row, "body")));
      });
    });
  }

  moveHead(run: string, checkpoint: string, trace: readonly TraceEvent[]): void {
    this.#write("move the run", () => {
      const runNo = this.#runNo(run);
      const no = this.#checkpointNo(checkpoint, runNo);
      this.#sql.moveHead.run(runNo, no);
      this.#insertNotes(run, no, trace);
    });
  }

  load(id: string): Checkpoint {
    return this.#read("load the checkpoint", () => {
      const placed = this.#places.of(id);
      if (placed === undefined) throw noCheckpoint(id);
      const record = this.#pages.record(placed);
      if (record === undefined) throw corrupted(id, "is damaged: its checksum does not match");
      if (record.checkpoint === "") throw corrupted(id, "has lost its contents");
      const checkpoint = decodeCheckpoint(id, record.checkpoint);
      // Whoever follows parents comes to an end.
      const isIt = checkpoint.id === id && checkpoint.parent === placed.parent && placed.isYounger;
      if (!isIt) throw corrupted(id, "is listed with other facts than it holds");
      return this.#whole(id, checkpoint);
    });
  }

  latest(run: string): Checkpoint | undefined {
    const stored = this.run(run);
    if (stored === undefined) throw noRun(run);
    return stored.head === null ? undefined : this.load(stored.head);
  }

  list(run: string, page: CheckpointPage = {}): readonly CheckpointSummary[] {
    return this.#read("list the checkpoints", () => {
      const no = this.#runNo(run);
      const before = page.after === undefined ? NEWEST : this.#placedNo(page.after);
      if (page.superstep !== undefined) return this.#summaries(this.#inSuperstep(no, page.superstep, before, limitOf(page)));
      return this.#summaries(this.#sql.list.all(no, before, limitOf(page)));
    });
  }

  lastSuperstep(run: string): number {
    return this.#read("list the checkpoints", () => lastSuperstepOf(this.#sql, this.#pages, this.#runNo(run)));
  }

  lineage(id: string): readonly CheckpointSummary[] {
    return this.#read("read the lineage", () => this.#summaries(this.#sql.lineage.all(this.#checkpointNo(id))));
  }

  channelHistory(id: string, channel: ChannelName, page: PageRequest = {}): readonly (ChannelRecord | LostRecord)[] {
    return this.#read("read the history of the channel", () => {
      const place = this.#places.of(page.after ?? id) ?? missing(page.after ?? id);
      const from = page.after === undefined ? place : this.#histories.before(place);
      return from === undefined ? [] : this.#histories.find(from, channel, limitOf(page));
    });
  }

  delete(id: string): void {
    this.#write("delete the checkpoint", () => {
      const row = this.#sql.checkpointNo.get(id);
      if (row === undefined) throw noCheckpoint(id);
      const no = integer(row, "no");
      const standing = this.#sql.headAt.get(no);
      if (standing !== undefined) throw needed(id, { run: text(standing, "id") });
      const delta = this.#sql.deltaOn.get(no);
      if (delta !== undefined) throw needed(id, { checkpoint: text(delta, "id") });
      const outer = this.#sql.neededBy.get(no);
      if (outer !== undefined) throw needed(id, { checkpoint: text(outer, "id") });
      this.#sql.deleteOne.run(no);
      this.#dropContents(integer(row, "run"));
    });
  }

  prune(run: string, keep: number, { spared = [], most = Number.MAX_SAFE_INTEGER }: PruneTerms = {}): number {
    const also = JSON.stringify(spared);
    return this.#write("prune the run", () => this.#prune(this.#runNo(run), Math.max(0, Math.floor(keep)), also, most));
  }

  builtOn(run: string): readonly string[] {
    return this.#read("read what builds on the run", () => buildersOn(this.#database, this.#runNo(run)));
  }

  verify(run?: string): readonly StoreFault[] {
    return this.#read("verify the store", () => findFaults(this.#sql, this.#pages, run === undefined ? null : this.#runNo(run)));
  }

  tree(run: string): readonly CheckpointPlace[] {
    return this.#read("read the tree of the run", () => treeOf(this.#database, this.#runNo(run)));
  }

  deleteRun(run: string): void {
    this.#write("delete the run", () => dropRun(this.#database, run, this.#runNo(run)));
  }

  sizes(): readonly RunSize[] {
    return this.#read("measure the runs", () => sizesOf(this.#database));
  }

  reclaim(): void {
    this.#read("give room back", () => {
      try {
        this.#database.exec("VACUUM");
      } catch (thrown) {
        if (!isBusy(thrown)) throw thrown;
      }
    });
  }

  /** One lock for all of them in place of one for each. */
  atOnce<Result>(work: () => Result): Result {
    return this.#read("read", () => {
      if (this.#database.isTransaction || this.#held.length > 0) return work();
      this.#sql.beginRead.run();
      try {
        return this.#moment.during(work);
      } finally {
        this.#sql.commit.run();
      }
    });
  }

  atomically<Result>(work: () => Result): Result {
    this.flush();
    try {
      return this.#transaction("do all of it", () => {
        const result = work();
        this.flush();
        return result;
      });
    } catch (thrown) {
      this.#letGo(); // what is held now is of this work
      throw thrown;
    }
  }

  saveCached({ key, at, expires, result }: CachedResult): void {
    const body = JSON.stringify(result);
    this.#write("keep the result", () => {
      this.#sql.insertCached.run(key, expires, checksum(body), body);
      this.#sql.deleteEnded.run(at);
      this.#sql.deleteOldest.run(CACHE_LIMIT);
    });
  }

  cached(key: string, now: number): CachedResult["result"] | undefined {
    return this.#read("look a result up", () => {
      const row = this.#sql.cached.get(key, now);
      return row === undefined || !sumMatches(row) ? undefined : (decodeStored(key, text(row, "body")) as CachedResult["result"]);
    });
  }

  saveDocument(revision: string, document: string, files: StoredFiles): void {
    const known = JSON.stringify(files);
    this.#write("save the document", () => this.#sql.insertDocument.run(revision, documentSum(document, known), document, known));
  }

  document(revision: string): StoredDocument | undefined {
    return this.#read("read the document", () => {
      const row = this.#sql.document.get(revision);
      if (row === undefined) return undefined;
      if (!documentMatches(row)) throw new PatchbayError("CORRUPTED", `The document of revision ${revision} is damaged.`, { revision });
      return { text: text(row, "text"), files: JSON.parse(text(row, "files")) as StoredFiles };
    });
  }

  trace(run: string, checkpoint?: string, last?: number): readonly TraceEvent[] {
    return this.#read("read the trace", () => {
      const no = this.#runNo(run);
      return checkpoint === undefined ? this.#traces.all(no) : this.#traces.lineage(no, this.#placedNo(checkpoint), last);
    });
  }

  traceStretches(run: string, checkpoint: string): readonly TraceStretch[] {
    return this.#read("read the trace", () => {
      const stretches = this.#traces.stretches(this.#runNo(run), this.#placedNo(checkpoint));
      return stretches.map((stretch) => ({ ...stretch, events: () => this.#read("read the trace", () => stretch.events()) }));
    });
  }

  eventsOf(checkpoint: string): readonly TraceEvent[] {
    return this.#read("read the trace", () => this.#traces.savedAt(this.#places.of(checkpoint) ?? missing(checkpoint)));
  }

  traceEntries(run: string, { after = 0, limit = TRACE_PAGE }: TracePage = {}): readonly TraceEntry[] {
    return this.#read("read the trace", () => this.#traces.entries(this.#runNo(run), after, Math.max(0, Math.floor(limit))));
  }

  appendTrace(run: string, checkpoint: string, trace: readonly TraceEvent[]): void {
    this.#write("append to the trace", () => this.#insertNotes(run, this.#checkpointNo(checkpoint), trace));
  }

  lastSeq(run: string): number {
    return this.#read("read the trace", () => integer(this.#runRow(run), "seq"));
  }

  close(): void {
    if (!this.#database.isOpen) return;
    try {
      this.flush();
      if (this.#pages.isAnyOpen) this.#tidy();
    } finally {
      this.#database.close(); // the last connection to close folds the write-ahead log into the file
      this.#opened.release();
    }
  }

  /** Where it cannot be written, whoever goes on with the runs does this. */
  #tidy(): void {
    try {
      this.#write("seal the pages", () => this.#pages.close());
      this.#call("give room back", () => this.#database.exec("PRAGMA incremental_vacuum"));
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError) || thrown.code !== "STORE") throw thrown;
    }
  }

  /** The outer run first: what it drops frees what it needed inside. */
  #prune(run: number, keep: number, spared: string, most: number): number {
    let deleted = Number(this.#sql.deleteUnkept.run(run, keep, spared, most).changes);
    if (deleted > 0) this.#dropContents(run);
    for (const inner of this.#sql.nested.all(run)) {
      if (deleted >= most) break;
      deleted += this.#prune(this.#runNo(text(inner, "id")), keep, spared, most - deleted);
    }
    return deleted;
  }

  /** With its large values in it again, or with those of one channel. */
  #whole<Stored extends object>(checkpoint: string, stored: Stored, only?: ChannelName): Stored {
    return unspill(
      stored,
      (key) => {
        const value = this.#blobs.read(key);
        if (value === undefined) throw corrupted(checkpoint, "has lost a large value, or it is damaged");
        return value;
      },
      only,
    );
  }

  /** Saves what is held: all or nothing. Returns the bytes of the last. */
  #commitHeld(action: string): number {
    return this.#transaction(action, () => {
      let bytes = 0;
      for (const chain of chainsOf(this.#held)) bytes = this.#saveChain(chain);
      return bytes;
    });
  }

  /** Checkpoints of one run, each on the one before it. Returns the bytes of the last. */
  #saveChain(chain: readonly [Held, ...Held[]]): number {
    const [{ run, parent: of }] = chain;
    const row = this.#runRow(run);
    const no = integer(row, "no");
    const parent = of === null ? null : this.#checkpointNo(of);
    let last: Inserted = { no: 0, bytes: 0 };
    const seq = lastSeq(run, integer(row, "seq"), chain);
    this.#pages.append(run, no, parent, chain, (some, before, place) => {
      last = insertRows(this.#sql, some, { run: no, parent: before, ...place });
      return last.no;
    });
    // What was kept of a later one's parent would have been kept after that was written (invariant 3).
    if (parent !== null) this.#sql.deleteResults.run(no, parent);
    if (parent !== null) this.#sql.coverNested.run(parent);
    this.#sql.advance.run(no, last.no, seq);
    return last.bytes;
  }

  /** Events that come without a checkpoint. */
  #insertNotes(id: string, checkpoint: number, trace: readonly TraceEvent[]): void {
    if (trace.length === 0) return;
    const row = this.#runRow(id);
    const run = integer(row, "no");
    let last = integer(row, "seq");
    for (const event of trace) {
      if (event.seq <= last) throw wentOnElsewhere(id);
      last = event.seq;
      this.#sql.insertTrace.run(run, event.seq, checkpoint, JSON.stringify(event));
    }
    this.#sql.setSeq.run(run, last);
  }

  #summaries(rows: readonly Row[]): CheckpointSummary[] {
    return rows.map((row) => toSummary(row, this.#pages.record(placeOf(row))?.checkpoint));
  }

  #inSuperstep(run: number, superstep: number, before: number, limit: number): readonly Row[] {
    const rows: Row[] = [];
    for (const { page, slot } of placesIn(this.#sql, this.#pages, run, superstep)) {
      if (rows.length >= limit) break;
      const row = this.#sql.summaryAt.get(page, slot);
      if (row !== undefined && integer(row, "no") < before) rows.push(row);
    }
    return rows;
  }

  #dropContents(run: number): void {
    this.#sql.deleteOrphanedResults.run(run);
    this.#sql.deleteNeeds.run(run);
    this.#sql.coverLost.run(run);
    this.#sql.deleteBlobUses.run(run);
    this.#sql.deleteUnusedBlobs.run();
    this.#pages.empty(run);
  }

  #runNo(id: string): number {
    return integer(this.#runRow(id), "no");
  }

  #runRow(id: string): Row {
    const row = this.#sql.runNo.get(id);
    if (row === undefined) throw noRun(id);
    return row;
  }

  /** Also of a checkpoint that was deleted: lists go on after it, and the trace that led there stays whole. */
  #placedNo(id: string): number {
    const row = this.#sql.placedNo.get(id);
    if (row === undefined) throw noCheckpoint(id);
    return integer(row, "no");
  }

  /** With `run`, only a checkpoint of that run counts. */
  #checkpointNo(id: string, run?: number): number {
    const row = this.#sql.checkpointNo.get(id);
    if (row === undefined || (run !== undefined && row["run"] !== run)) throw noCheckpoint(id);
    return integer(row, "no");
  }

  /** Invariant 3. What cannot be written now hinders no reading of what is there. */
  #read<Result>(action: string, work: () => Result): Result {
    const unwritten = this.#flushed();
    try {
      return this.#call(action, work);
    } catch (thrown) {
      throw unwritten ?? thrown;
    }
  }

  /** Why what is held cannot be written now. Throws where it was refused. */
  #flushed(): unknown {
    try {
      this.flush();
    } catch (thrown) {
      if (this.#held.length === 0) throw thrown;
      return thrown;
    }
    return undefined;
  }

  #write<Result>(action: string, work: () => Result): Result {
    this.flush();
    return this.#transaction(action, work);
  }

  #call<Result>(action: string, work: () => Result): Result {
    if (!this.#database.isOpen) throw storeClosed();
    try {
      return work();
    } catch (thrown) {
      throw storeFailure(thrown, `Cannot ${action}`);
    }
  }

  /** Within `atomically` a change is part of the transaction that is under way, and is still all or nothing. */
  #transaction<Result>(action: string, work: () => Result): Result {
    return this.#call(action, () => {
      this.#assertThere();
      try {
        const result = this.#database.isTransaction ? partOf(this.#database, work) : this.#alone(work);
        this.#letGo();
        return result;
      } catch (thrown) {
        this.#pages.forget();
        if (thrown instanceof PatchbayError) this.#letGo(); // refused for what it is, and would be again
        throw thrown;
      }
    });
  }

  /** What is written to a file that was deleted would be lost, and nobody would know. */
  #assertThere(): void {
    const { file } = this.#opened;
    if (statSync(file, { throwIfNoEntry: false })?.ino === this.#inode) return;
    throw new PatchbayError("STORE", `The store ${file} is gone: it was deleted, or another one was put in its place.`);
  }

  #alone<Result>(work: () => Result): Result {
    this.#sql.begin.run();
    try {
      const result = work();
      this.#sql.commit.run();
      return result;
    } catch (thrown) {
      if (this.#database.isTransaction) this.#sql.rollback.run();
      throw thrown;
    }
  }

  #letGo(): void {
    if (this.#held.length === 0) return;
    this.#held = [];
    this.#heldCharacters = 0;
  }
}

/** Checkpoints in the order they were saved, cut where one is not the child of the one before it. */
function chainsOf(all: readonly Held[]): readonly (readonly [Held, ...Held[]])[] {
  const chains: [Held, ...Held[]][] = [];
  for (const held of all) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    if (chain !== undefined && last?.run === held.run && last.id === held.parent) chain.push(held);
    else chains.push([held]);
  }
  return chains;
}

/** The number of the last event of a chain, or of those before it. Throws `RUN_ELSEWHERE` where they do not ascend. */
function lastSeq(run: string, before: number, chain: readonly Held[]): number {
  let last = before;
  for (const { seqs } of chain) {
    if (seqs === undefined) continue;
    if (seqs[0] <= last) throw wentOnElsewhere(run);
    last = seqs[1];
  }
  return last;
}

function placeOf(row: Row): Place {
  return { page: integer(row, "page"), slot: integer(row, "slot") };
}

function missing(checkpoint: string): never {
  throw noCheckpoint(checkpoint);
}

function orTaken<Result>(insert: () => Result, taken: () => PatchbayError): Result {
  try {
    return insert();
  } catch (thrown) {
    throw isConstraint(thrown) ? taken() : thrown;
  }
}

function limitOf(page: PageRequest): number {
  return Math.max(0, Math.floor(page.limit ?? DEFAULT_LIMIT));
}
