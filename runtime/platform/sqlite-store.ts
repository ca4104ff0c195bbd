import type { DatabaseSync } from "node:sqlite";
import type { CachedResult, Checkpoint, CheckpointSummary, PendingResult } from "../checkpoint/checkpoint.js";
import { corrupted, decodeCheckpoint, decodeStored, encodeCheckpoint, isBase, summarize } from "../checkpoint/encoding.js";
import { exists, needed, noCheckpoint, noRun, repeatedSeq, storeClosed } from "../checkpoint/store-errors.js";
import { spill, unspill } from "../checkpoint/spill.js";
import {
  CACHE_LIMIT,
  type CheckpointPlace,
  type CheckpointStore,
  type PageRequest,
  type RunSize,
  type StoredDocument,
  type StoredRun,
  type StoreFault,
  type TraceEntry,
  type TracePage,
} from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { defaultLimits } from "../model/graph.js";
import type { StoredFiles } from "../model/file-version.js";
import type { JsonValue } from "../model/json.js";
import type { TraceEvent } from "../trace/event.js";
import { Blobs } from "./sqlite/blobs.js";
import { checksum } from "./sqlite/checksum.js";
import { openDatabase } from "./sqlite/database.js";
import { integer, text, textOrNull, toRun, toSummary } from "./sqlite/rows.js";
import { isConstraint, isBusy, storeFailure } from "./sqlite/sqlite-errors.js";
import { prepareStatements, type Statements } from "./sqlite/statements.js";
import { dropRun, entriesOf, partOf, sizesOf, treeOf } from "./sqlite/whole-runs.js";
import { documentMatches, documentSum, findFaults, sumMatches } from "./sqlite/verify.js";

const DEFAULT_LIMIT = 100;
/** What a trace event holds in place of a large value whose checkpoint was pruned. */
const PRUNED: JsonValue = { "@pruned": true };
/** Above every row number: the first page. */
const NEWEST = Number.MAX_SAFE_INTEGER;

/**
 * Opens the store in `directory` (file `patchbay.db`), making both where needed. Several processes may have it open at once.
 * Throws `STORE` where it cannot be opened or written, `STORE_NEWER` for a file of a later version, `CORRUPTED` for no database.
 */
export function openSqliteStore(directory: string): CheckpointStore {
  const database = openDatabase(directory);
  return new SqliteStore(database, prepareStatements(database));
}

// Invariants:
// 1. Every change is one transaction, begun IMMEDIATE, so that processes queue up instead of failing half-way.
// 2. No number of a row is remembered between calls: another process may have pruned it.
class SqliteStore implements CheckpointStore {
  readonly #database: DatabaseSync;
  readonly #sql: Statements;
  readonly #blobs: Blobs;

  constructor(database: DatabaseSync, sql: Statements) {
    this.#database = database;
    this.#sql = sql;
    this.#blobs = new Blobs(sql);
  }

  createRun(run: StoredRun): void {
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

  save(checkpoint: Checkpoint, trace: readonly TraceEvent[], spillAbove = defaultLimits.spillAbove): number {
    const large = this.#blobs.collect(spillAbove);
    const body = encodeCheckpoint(spill(checkpoint, large.keep));
    const events = trace.map((event) => spill(event, large.keep));
    return this.#write("save the checkpoint", () => {
      const bytes = Buffer.byteLength(body) + large.insert();
      const run = this.#runNo(checkpoint.run);
      const parent = checkpoint.parent === null ? null : this.#checkpointNo(checkpoint.parent);
      const no = this.#insertCheckpoint(checkpoint, run, parent, bytes);
      this.#sql.insertBody.run(no, checksum(body), body);
      large.use(no);
      this.#insertTrace(checkpoint.run, run, no, events);
      for (const nested of checkpoint.frontier.nested ?? []) this.#sql.insertNeed.run(no, nested.checkpoint);
      if (parent !== null) this.#sql.deleteResults.run(run, parent);
      if (parent !== null) this.#sql.coverNested.run(parent);
      this.#sql.moveHead.run(run, no);
      return bytes;
    });
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
        return this.#whole(parent, decodeStored(parent, text(row, "body")) as PendingResult);
      });
    });
  }

  moveHead(run: string, checkpoint: string, trace: readonly TraceEvent[]): void {
    this.#write("move the run", () => {
      const runNo = this.#runNo(run);
      const no = this.#checkpointNo(checkpoint, runNo);
      this.#sql.moveHead.run(runNo, no);
      this.#insertTrace(run, runNo, no, trace);
    });
  }

  load(id: string): Checkpoint {
    return this.#read("load the checkpoint", () => {
      const row = this.#sql.body.get(id);
      if (row === undefined) throw noCheckpoint(id);
      if (textOrNull(row, "body") === null) throw corrupted(id, "has lost its contents");
      if (!sumMatches(row)) throw corrupted(id, "is damaged: its checksum does not match");
      return this.#whole(id, decodeCheckpoint(id, text(row, "body")));
    });
  }

  latest(run: string): Checkpoint | undefined {
    const stored = this.run(run);
    if (stored === undefined) throw noRun(run);
    return stored.head === null ? undefined : this.load(stored.head);
  }

  list(run: string, page: PageRequest = {}): readonly CheckpointSummary[] {
    return this.#read("list the checkpoints", () => {
      const before = page.after === undefined ? NEWEST : this.#checkpointNo(page.after);
      return this.#sql.list.all(this.#runNo(run), before, limitOf(page)).map(toSummary);
    });
  }

  lineage(id: string): readonly CheckpointSummary[] {
    return this.#read("read the lineage", () => this.#sql.lineage.all(this.#checkpointNo(id)).map(toSummary));
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

  prune(run: string, keep: number): number {
    return this.#write("prune the run", () => this.#prune(this.#runNo(run), Math.max(0, Math.floor(keep))));
  }

  verify(run?: string): readonly StoreFault[] {
    return this.#read("verify the store", () => findFaults(this.#sql, run === undefined ? null : this.#runNo(run)));
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

  atomically<Result>(work: () => Result): Result {
    return this.#write("do all of it", work);
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

  trace(run: string, checkpoint?: string): readonly TraceEvent[] {
    return this.#read("read the trace", () => {
      const no = this.#runNo(run);
      const rows = checkpoint === undefined ? this.#sql.trace.all(no) : this.#sql.traceOfLineage.all(this.#checkpointNo(checkpoint), no);
      const recall = (key: string): JsonValue => this.#blobs.read(key) ?? PRUNED;
      return rows.map((row) => unspill(decodeStored(checkpoint ?? run, text(row, "json")) as TraceEvent, recall));
    });
  }

  traceEntries(run: string, page: TracePage = {}): readonly TraceEntry[] {
    const recall = (key: string): JsonValue => this.#blobs.read(key) ?? PRUNED;
    return this.#read("read the trace", () => entriesOf(this.#database, this.#runNo(run), page, recall));
  }

  appendTrace(run: string, checkpoint: string, trace: readonly TraceEvent[]): void {
    this.#write("append to the trace", () => this.#insertTrace(run, this.#runNo(run), this.#checkpointNo(checkpoint), trace));
  }

  lastSeq(run: string): number {
    return this.#read("read the trace", () => this.#lastSeq(this.#runNo(run)));
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close(); // the last connection to close folds the write-ahead log into the file
  }

  /** The outer run first: what it drops frees what it needed inside. */
  #prune(run: number, keep: number): number {
    let deleted = Number(this.#sql.deleteUnkept.run(run, keep).changes);
    if (deleted > 0) this.#dropContents(run);
    for (const inner of this.#sql.nested.all(run)) deleted += this.#prune(this.#runNo(text(inner, "id")), keep);
    return deleted;
  }

  /** With its large values in it again. */
  #whole<Stored extends object>(checkpoint: string, stored: Stored): Stored {
    return unspill(stored, (key) => {
      const value = this.#blobs.read(key);
      if (value === undefined) throw corrupted(checkpoint, "has lost a large value, or it is damaged");
      return value;
    });
  }

  #insertCheckpoint(checkpoint: Checkpoint, run: number, parent: number | null, bytes: number): number {
    const { id, trigger, at, revision, superstep, status, due, questions, traceSeq } = summarize(checkpoint, bytes);
    const base = isBase(checkpoint) ? 1 : 0;
    const insert = () =>
      this.#sql.insertCheckpoint.run(
        id,
        run,
        parent,
        base,
        trigger,
        at,
        revision,
        superstep,
        status,
        JSON.stringify(due),
        questions,
        bytes,
        traceSeq,
      );
    return Number(orTaken(insert, () => exists("checkpoint", id)).lastInsertRowid);
  }

  #insertTrace(id: string, run: number, checkpoint: number, trace: readonly TraceEvent[]): void {
    let last = trace.length === 0 ? 0 : this.#lastSeq(run);
    for (const event of trace) {
      if (event.seq <= last) throw repeatedSeq(id);
      last = event.seq;
      this.#sql.insertTrace.run(run, event.seq, checkpoint, JSON.stringify(event));
    }
  }

  #lastSeq(run: number): number {
    return Number(this.#sql.lastSeq.get(run)?.["seq"] ?? 0);
  }

  #dropContents(run: number): void {
    this.#sql.deleteBodies.run(run);
    this.#sql.deleteOrphanedResults.run(run);
    this.#sql.deleteNeeds.run(run);
    this.#sql.coverLost.run(run);
    this.#sql.deleteBlobUses.run(run);
    this.#sql.deleteUnusedBlobs.run();
  }

  #runNo(id: string): number {
    const row = this.#sql.runNo.get(id);
    if (row === undefined) throw noRun(id);
    return integer(row, "no");
  }

  /** With `run`, only a checkpoint of that run counts. */
  #checkpointNo(id: string, run?: number): number {
    const row = this.#sql.checkpointNo.get(id);
    if (row === undefined || (run !== undefined && row["run"] !== run)) throw noCheckpoint(id);
    return integer(row, "no");
  }

  #read<Result>(action: string, work: () => Result): Result {
    if (!this.#database.isOpen) throw storeClosed();
    try {
      return work();
    } catch (thrown) {
      throw storeFailure(thrown, `Cannot ${action}`);
    }
  }

  /** Within `atomically` a change is part of the transaction that is under way, and is still all or nothing. */
  #write<Result>(action: string, work: () => Result): Result {
    return this.#read(action, () => {
      if (this.#database.isTransaction) return partOf(this.#database, work);
      this.#sql.begin.run();
      try {
        const result = work();
        this.#sql.commit.run();
        return result;
      } catch (thrown) {
        if (this.#database.isTransaction) this.#sql.rollback.run();
        throw thrown;
      }
    });
  }
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
