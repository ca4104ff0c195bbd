import type { SQLOutputValue } from "node:sqlite";
import type { CheckpointSummary, CheckpointTrigger, Frontier } from "../../checkpoint/checkpoint.js";
import { decodeStored } from "../../checkpoint/encoding.js";
import type { ParentTask, StoredRun } from "../../checkpoint/store.js";
import { PatchbayError } from "../../errors.js";

/** A row as `node:sqlite` returns it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A column that holds text. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw malformed(column);
  return value;
}

/** A column that holds text or nothing. */
export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

/** A column that holds a number. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw malformed(column);
  return value;
}

/** Columns of `toRun`, from `runs r` joined with its head `h`, its parent `o` and the checkpoint `s` since which it is there. */
export const runColumns = "r.id, r.graph, r.started_at, h.id AS head, o.id AS parent, r.task, r.slot, s.id AS since";

/** A run as the contract has it. */
export function toRun(row: Row): StoredRun {
  const run = { id: text(row, "id"), graph: text(row, "graph"), startedAt: integer(row, "started_at"), head: textOrNull(row, "head") };
  return row["parent"] === null ? run : { ...run, parent: toParent(row) };
}

function toParent(row: Row): ParentTask {
  const slot = textOrNull(row, "slot");
  return { run: text(row, "parent"), task: text(row, "task"), ...(slot === null ? {} : { slot }), since: text(row, "since") };
}

/** Columns of `toSummary`, from `checkpoints c` joined with its run `r` and parent `p`. */
export const summaryColumns =
  "c.id, r.id AS run, p.id AS parent, c.cause, c.at, c.revision, c.superstep, c.status, c.due, c.questions, c.bytes, c.trace_seq";

/** A checkpoint's summary as the contract has it. */
export function toSummary(row: Row): CheckpointSummary {
  const id = text(row, "id");
  return {
    id,
    run: text(row, "run"),
    parent: textOrNull(row, "parent"),
    trigger: text(row, "cause") as CheckpointTrigger,
    at: integer(row, "at"),
    revision: text(row, "revision"),
    superstep: integer(row, "superstep"),
    status: text(row, "status") as Frontier["status"],
    due: decodeStored(id, text(row, "due")) as string[],
    questions: integer(row, "questions"),
    bytes: integer(row, "bytes"),
    traceSeq: integer(row, "trace_seq"),
  };
}

function malformed(column: string): PatchbayError {
  return new PatchbayError("CORRUPTED", `The store has a row whose ${column} is not what this version writes.`, { column });
}
