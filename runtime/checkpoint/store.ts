import type { StoredFiles } from "../model/file-version.js";
import type { ChannelName } from "../model/ids.js";
import type { TraceEvent } from "../trace/event.js";
import type { ChannelRecord, LostRecord } from "./channel-record.js";
import type { CachedResult, Checkpoint, CheckpointSummary, PendingResult } from "./checkpoint.js";

/** A run as a store lists it. */
export interface StoredRun {
  readonly id: string;
  /** Name of the graph: the document's file name without folder. */
  readonly graph: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The checkpoint the run stands at; moves when an earlier one is restored. */
  readonly head: string | null;
  /** Of a run inside a task of another run. */
  readonly parent?: ParentTask;
}

/** The task that a run is inside. */
export interface ParentTask {
  readonly run: string;
  readonly task: string;
  /** Tells the runs inside one task apart; absent where there is one. */
  readonly slot?: string;
  /** The checkpoint that the outer run stood at when this one began. */
  readonly since: string;
}

/** A page of a list, newest first. */
export interface PageRequest {
  /** At most this many. Default 100. */
  readonly limit?: number;
  /** Continue after this id. */
  readonly after?: string;
}

/** A page of the checkpoints of a run. What `after` names may have been deleted since. */
export interface CheckpointPage extends PageRequest {
  /** Only those in this superstep, finished or open. */
  readonly superstep?: number;
}

/** A graph revision: what its plan was made of. */
export interface StoredDocument {
  readonly text: string;
  /** The versions of the files that its nodes ran, where they were known. */
  readonly files: StoredFiles;
}

/** A checkpoint's place in the tree of its run. */
export interface CheckpointPlace {
  readonly id: string;
  readonly parent: string | null;
  /** It was deleted: nothing is left of it but its place. */
  readonly gone: boolean;
}

/** A trace event with the checkpoint that it belongs to: the one that it came with, or that the run stood at. */
export interface TraceEntry {
  readonly checkpoint: string;
  readonly event: TraceEvent;
}

/** A part of a trace. */
export interface TraceStretch {
  /** It has the same events whenever it has the same name; absent: that is not known. */
  readonly name?: string;
  /** No event in it has a higher number. */
  readonly last: number;
  /** Oldest first; a large value in them may read as null. */
  events(): readonly TraceEvent[];
}

/** What is pruned, and what not. */
export interface PruneTerms {
  /** These stay, too, with what they need. */
  readonly spared?: readonly string[];
  /** At most so many are deleted, the newest first: what is left is whole at any time. */
  readonly most?: number;
}

/** A page of a trace, oldest first. */
export interface TracePage {
  /** At most this many. Default 1,000. */
  readonly limit?: number;
  /** Continue after the event of this number. */
  readonly after?: number;
}

/** How many trace events a page has where it does not say. */
export const TRACE_PAGE = 1000;

/** What a run takes in the store, with the runs inside it. */
export interface RunSize {
  readonly run: string;
  /** How many checkpoints it has. */
  readonly checkpoints: number;
  /** Of its checkpoints, kept results and trace. A large value that several hold counts once, where it was saved first. */
  readonly bytes: number;
}

/** How many cached results a store keeps. */
export const CACHE_LIMIT = 10_000;

/** What `verify` found wrong with one stored thing. */
export interface StoreFault {
  readonly checkpoint: string;
  readonly message: string;
}

/**
 * Where runs and their history are kept. All calls are synchronous, as the default store is a local file; what a call
 * reported as saved survives a killed process. Errors are `PatchbayError`s: `STORE` (cannot read or write), `NOT_FOUND`,
 * `CORRUPTED` (a checksum does not match), `STORE_NEWER`, `RUN_ELSEWHERE` (another session has written the run: the number of a trace event
 * is used).
 */
export interface CheckpointStore {
  /** Throws `STORE` where nothing can be written, as it is open for reading alone. */
  assertWritable(): void;
  /** `begin`: what its beginning takes besides, all or nothing with it, so that no kill leaves a run without its first checkpoint. */
  createRun(run: StoredRun, begin?: () => void): void;
  run(id: string): StoredRun | undefined;
  /** Runs of a graph (or of all) that are inside no other, newest first. */
  runs(graph?: string, page?: PageRequest): readonly StoredRun[];
  /** The runs inside a run's tasks, oldest first; with `since` only those begun after that checkpoint that no later one covers. */
  nested(run: string, since?: string): readonly StoredRun[];

  /** Saves a checkpoint, moves its run's head to it, appends the trace events, and drops the pending results and nested runs that it covers: all or nothing. Returns its size in bytes, which a store in memory only estimates. Values of channels above
   * `spillAbove` bytes of JSON are kept once, by their content, for all that hold them. `later`: it may be held back until `flush`, in
   * the memory of this process, and is where it cannot be written now; what is wrong with it may be thrown there. */
  save(checkpoint: Checkpoint, trace: readonly TraceEvent[], spillAbove?: number, later?: boolean): number;
  /** Writes what is held back; returns when it is safe. Every other call does so first. Throws `STORE` where it cannot be written: it is held then. */
  flush(): void;
  /** Keeps the result of one finished task, or finished items of one, of the superstep that is open after checkpoint `parent`. */
  saveResult(run: string, parent: string, result: PendingResult, spillAbove?: number): void;
  /** Results kept since checkpoint `parent`, in the order they were saved. */
  results(run: string, parent: string): readonly PendingResult[];
  /** Points a run's head at one of its checkpoints: what a restore does. Appends the trace events. */
  moveHead(run: string, checkpoint: string, trace: readonly TraceEvent[]): void;

  load(id: string): Checkpoint;
  /** The checkpoint a run stands at. */
  latest(run: string): Checkpoint | undefined;
  /** Checkpoints of a run on all its branches, newest first. Those of one superstep are found without reading what lies between. */
  list(run: string, page?: CheckpointPage): readonly CheckpointSummary[];
  /** The newest superstep that a checkpoint of a run is in, on any branch; -1: it has none. */
  lastSuperstep(run: string): number;
  /** From a checkpoint up to the first one, newest first. */
  lineage(id: string): readonly CheckpointSummary[];
  /**
   * From a checkpoint up to the first one, newest first, those that can have given a channel another value, the first one always
   * among them. One whose contents are gone ends it.
   */
  channelHistory(id: string, channel: ChannelName, page?: PageRequest): readonly (ChannelRecord | LostRecord)[];
  /** Deletes a checkpoint that nothing depends on; `STORE` names the dependant otherwise. */
  delete(id: string): void;
  /**
   * Deletes a run's checkpoints beyond the newest `keep` that no kept one needs, in it and in the runs inside it; returns how many. A
   * checkpoint needs those of the runs inside its open tasks.
   */
  prune(run: string, keep: number, terms?: PruneTerms): number;
  verify(run?: string): readonly StoreFault[];
  /** The runs, inside no other, that build on checkpoints of a run or of those inside it. */
  builtOn(run: string): readonly string[];
  /** Every checkpoint that a run ever had, deleted ones included, in the order in which they were saved. */
  tree(run: string): readonly CheckpointPlace[];

  /**
   * Deletes a run with all that is its own, and the runs inside it: all or nothing. Documents and cached results stay. `STORE` where it
   * is inside another run, or one that stays builds on its checkpoints.
   */
  deleteRun(run: string): void;
  /** The size of each run that is inside no other, oldest first. */
  sizes(): readonly RunSize[];
  /** Gives the room of what was deleted back to the disk, as far as nobody else is at work in the store. */
  reclaim(): void;
  /** Reads of one moment: calls of `work` that read see what is there now, whatever others write meanwhile. It must write nothing, nor wait. */
  atOnce<Result>(work: () => Result): Result;
  /** Does several of the calls above as one, all or nothing: where `work` throws, nothing of it was done. It must not wait for anything. */
  atomically<Result>(work: () => Result): Result;

  /** Keeps a result for later runs in place of one with the same key; drops those whose time is over, and the oldest beyond 10,000. */
  saveCached(entry: CachedResult): void;
  /** The result kept under a key, unless its time is over at `now` or it is damaged: then it is made anew. */
  cached(key: string, now: number): CachedResult["result"] | undefined;

  /** Keeps what a graph revision was made of; the first that is given for a revision stays. */
  saveDocument(revision: string, text: string, files: StoredFiles): void;
  document(revision: string): StoredDocument | undefined;
  /**
   * Trace events, oldest first (a large value that was pruned with its checkpoint reads as `{ "@pruned": true }`): with `checkpoint` (which may have been deleted) those of its lineage (what led to that moment), else all of the run in the
   * order they happened, abandoned branches included. `last`, beside a checkpoint: at least so many of the newest will do.
   */
  trace(run: string, checkpoint?: string, last?: number): readonly TraceEvent[];
  /** The trace of a checkpoint's lineage in parts, oldest first, so that what was made of a part need not be made again. */
  traceStretches(run: string, checkpoint: string): readonly TraceStretch[];
  /** The trace events that were saved with a checkpoint, oldest first. */
  eventsOf(checkpoint: string): readonly TraceEvent[];
  /** As `trace` of the whole run, page by page, with what each event belongs to. */
  traceEntries(run: string, page?: TracePage): readonly TraceEntry[];
  /** Appends trace events outside a checkpoint; they belong to `checkpoint`, where the run stood. */
  appendTrace(run: string, checkpoint: string, trace: readonly TraceEvent[]): void;
  /** Number of the run's newest trace event, abandoned branches included: a resumed run counts on from it. 0 before the first. */
  lastSeq(run: string): number;

  close(): void;
}
