// What a run is made of in a file: one record a line, in an order in which any store can take them.
//
// 1. A checkpoint stands after its parent, after the runs inside its run that it covers, and after the checkpoints inside its tasks.
// 2. Trace events stand in the order of their numbers, with the checkpoint that they came with where they came with one.
// 3. Runs inside a run stand in the order in which they began, one that no checkpoint covers after all that would.
// 4. Kept results stand after all checkpoints of their run: one that is saved drops those that it covers.
import type { StoredFiles } from "../../model/file-version.js";
import type { TraceEvent } from "../../trace/event.js";
import type { Checkpoint, PendingResult } from "../checkpoint.js";
import type { StoredRun } from "../store.js";

/** The format that this version writes; it reads all up to it. */
export const ARCHIVE_FORMAT = 1;

/** The first line: what the file is, in a form that every later version can tell. */
export interface ArchiveHead {
  readonly patchbay: "run";
  readonly format: number;
  readonly run: string;
  /** Name of its graph. */
  readonly graph: string;
}

/** The last line. */
export interface ArchiveEnd {
  readonly type: "end";
  /** How many lines stand before this one. */
  readonly lines: number;
  /** SHA-256 of them, with their line ends, in hexadecimal. */
  readonly sha256: string;
}

/** What stands between head and end. */
export type ArchiveRecord =
  | { readonly type: "document"; readonly revision: string; readonly text: string; readonly files: StoredFiles }
  /** The run itself, or one inside its tasks, before anything of it. */
  | { readonly type: "run"; readonly run: Omit<StoredRun, "head"> }
  | { readonly type: "checkpoint"; readonly checkpoint: Checkpoint; readonly trace: readonly TraceEvent[] }
  /** The place of a checkpoint that was deleted, which lineages need. */
  | {
      readonly type: "gone";
      readonly run: string;
      readonly id: string;
      readonly parent: string | null;
      readonly trace: readonly TraceEvent[];
    }
  /** Events that came when the run stood at a checkpoint. */
  | { readonly type: "trace"; readonly run: string; readonly checkpoint: string; readonly events: readonly TraceEvent[] }
  | { readonly type: "results"; readonly run: string; readonly checkpoint: string; readonly results: readonly PendingResult[] }
  /** Where the run stands. */
  | { readonly type: "head"; readonly run: string; readonly checkpoint: string };
