import type { SQLOutputValue } from "node:sqlite";
import type { Checkpoint, CheckpointSummary } from "../../checkpoint/checkpoint.js";
import { decodeCheckpoint, summarize } from "../../checkpoint/encoding.js";
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

/** A column that holds a number or nothing. */
export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

/** A column that holds bytes. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw malformed(column);
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
export const summaryColumns = "c.id, r.id AS run, p.id AS parent, c.page, c.slot, c.bytes";

/** A checkpoint's summary as the contract has it, given its JSON; with `damaged` where that is lost. */
export function toSummary(row: Row, json: string | undefined): CheckpointSummary {
  const size = integer(row, "bytes");
  const checkpoint = json === undefined || json === "" ? undefined : readable(text(row, "id"), json);
  if (checkpoint !== undefined) return summarize(checkpoint, size);
  const known = { id: text(row, "id"), run: text(row, "run"), parent: textOrNull(row, "parent"), bytes: size };
  return {
    ...known,
    trigger: "superstep",
    at: 0,
    revision: "",
    superstep: 0,
    status: "running",
    due: [],
    questions: 0,
    traceSeq: 0,
    damaged: true,
  };
}

/** The checkpoint of a row; undefined where its JSON is no checkpoint, or that of another. */
function readable(id: string, json: string): Checkpoint | undefined {
  try {
    const checkpoint = decodeCheckpoint(id, json);
    return checkpoint.id === id ? checkpoint : undefined;
  } catch (thrown) {
    if (thrown instanceof PatchbayError && thrown.code === "CORRUPTED") return undefined;
    throw thrown;
  }
}

function malformed(column: string): PatchbayError {
  return new PatchbayError("CORRUPTED", `The store has a row whose ${column} is not what this version writes.`, { column });
}
