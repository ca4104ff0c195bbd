import type { CheckpointSummary } from "../../checkpoint/checkpoint.js";
import { summarize } from "../../checkpoint/encoding.js";
import type { Checkpoint } from "../../checkpoint/checkpoint.js";
import type { StoreFault } from "../../checkpoint/store.js";
import { blobHash } from "./blobs.js";
import { checksum } from "./checksum.js";
import { integer, type Row, text, textOrNull, toSummary } from "./rows.js";
import type { Statements } from "./statements.js";

/** Reads everything a run (or, with null, the store) holds and names what is damaged. */
export function findFaults(sql: Statements, run: number | null): StoreFault[] {
  const faults: StoreFault[] = [];
  for (const row of sql.everyCheckpoint.iterate(run)) addFault(faults, row, checkpointFault(row));
  for (const row of sql.everyResult.iterate(run))
    addFault(faults, row, sumMatches(row) ? undefined : `has a damaged result of task ${text(row, "task")}`);
  for (const row of sql.everyBlob.iterate(run))
    addFault(faults, row, blobHash(text(row, "json")) === text(row, "hash") ? undefined : "holds a damaged large value");
  for (const row of sql.everyDocument.iterate(run))
    addFault(faults, row, documentMatches(row) ? undefined : `names a damaged document (revision ${text(row, "revision")})`);
  return faults;
}

/** Whether a body is what was saved. */
export function sumMatches(row: Row): boolean {
  return checksum(text(row, "body")) === text(row, "sum");
}

/** Whether a document and its files are what was saved. */
export function documentMatches(row: Row): boolean {
  return documentSum(text(row, "text"), text(row, "files")) === text(row, "sum");
}

/** Checksum of a document with its files; without any it is that of the text alone, as it was before files were kept. */
export function documentSum(document: string, files: string): string {
  return checksum(files === "{}" ? document : `${document}\0${files}`);
}

function addFault(faults: StoreFault[], row: Row, fault: string | undefined): void {
  if (fault === undefined) return;
  const checkpoint = text(row, "id");
  faults.push({ checkpoint, message: `Checkpoint ${checkpoint} ${fault}.` });
}

function checkpointFault(row: Row): string | undefined {
  if (textOrNull(row, "body") === null) return "has lost its contents";
  if (!sumMatches(row)) return "is damaged: its checksum does not match";
  if (integer(row, "base") === 0 && row["parent_gone"] !== 0) return "is a delta whose parent is gone";
  return sameSummary(row) ? undefined : "is listed with other facts than it holds";
}

/** Lists are read from columns of their own; damage there must show as well. */
function sameSummary(row: Row): boolean {
  const listed = toSummary(row);
  const held = summarize(JSON.parse(text(row, "body")) as Checkpoint, listed.bytes);
  return (Object.keys(listed) as (keyof CheckpointSummary)[]).every((key) => JSON.stringify(listed[key]) === JSON.stringify(held[key]));
}
