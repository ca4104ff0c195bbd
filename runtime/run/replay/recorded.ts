import type { ChannelWrites, StoredItems } from "../../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../../checkpoint/store.js";
import type { JsonValue } from "../../model/json.js";
import type { KeptResult } from "./kept-result.js";

/** What records are read from. */
export type RecordStore = Pick<CheckpointStore, "list" | "lastSuperstep" | "load" | "results" | "nested" | "trace">;

/** Where the values stand that a task found. */
export interface Beginning {
  readonly checkpoint: string;
  /** What supersteps wrote after that which no checkpoint has, oldest first. */
  readonly since: readonly ChannelWrites[];
}

/** A task that finished before. */
export interface RecordedTask extends KeptResult {
  readonly run: string;
  /** The checkpoint that has it; of a result that none has the one that it came after. */
  readonly checkpoint: string;
  /** Whether that checkpoint has its superstep finished. */
  readonly closed: boolean;
  /** Revision of the graph that it ran under. */
  readonly revision: string;
  readonly begun: Beginning;
  /** The checkpoints at which its superstep was open, and the one before. */
  readonly span: ReadonlySet<string>;
}

/** Finished items of a task that has not come to its end. */
export interface RecordedItems {
  /** Oldest first, as `KeptItems` takes them. */
  readonly items: readonly StoredItems[];
  /** What the task was given. */
  readonly input?: JsonValue;
  readonly revision: string;
  readonly begun: Beginning;
  /** Items for which people had decided something. */
  readonly decided: ReadonlySet<number>;
}
