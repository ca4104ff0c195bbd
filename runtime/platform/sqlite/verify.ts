import { decodeCheckpoint, isBase } from "../../checkpoint/encoding.js";
import type { Checkpoint } from "../../checkpoint/checkpoint.js";
import type { StoreFault } from "../../checkpoint/store.js";
import { blobHash, blobText } from "./blobs.js";
import { checksum } from "./checksum.js";
import { eventsIn } from "./stored-events.js";
import type { Pages } from "./pages.js";
import type { StoredRecord } from "./records.js";
import { integer, type Row, text, textOrNull } from "./rows.js";
import type { Statements } from "./statements.js";

/** Reads everything a run (or, with null, the store) holds and names what is damaged. */
export function findFaults(sql: Statements, pages: Pages, run: number | null): StoreFault[] {
  const faults: StoreFault[] = [];
  /** Revision -> the first checkpoint that names it. */
  const revisions = new Map<string, string>();
  for (const { no } of sql.everyPage.iterate(run)) {
    const records = pages.records(Number(no));
    for (const row of sql.checkpointsOf.all(no ?? null)) {
      const record = records[integer(row, "slot")];
      if (row["gone"] !== 0) continue;
      const held = record === undefined ? undefined : readable(record.checkpoint);
      addFault(faults, row, checkpointFault(row, record, held));
      if (held !== undefined && !revisions.has(held.revision)) revisions.set(held.revision, held.id);
    }
  }
  for (const row of sql.everyResult.iterate(run))
    addFault(faults, row, sumMatches(row) ? undefined : `has a damaged result of task ${text(row, "task")}`);
  for (const row of sql.everyNote.iterate(run))
    addFault(
      faults,
      row,
      eventsIn(`[${text(row, "json")}]`).length === 1 ? undefined : `has a damaged event, number ${integer(row, "seq")}`,
    );
  for (const row of sql.everyBlob.iterate(run))
    addFault(faults, row, blobHash(blobText(row) ?? "") === text(row, "hash") ? undefined : "holds a damaged large value");
  for (const [revision, id] of revisions) {
    const row = sql.document.get(revision);
    if (row !== undefined && !documentMatches(row)) addFault(faults, { id }, `names a damaged document (revision ${revision})`);
  }
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

function checkpointFault(row: Row, record: StoredRecord | undefined, held: Checkpoint | undefined): string | undefined {
  if (record === undefined) return "is damaged: its checksum does not match";
  if (record.checkpoint === "") return "has lost its contents";
  if (held === undefined) return "is not readable";
  if (integer(row, "base") === 0 && row["parent_gone"] !== 0) return "is a delta whose parent is gone";
  if (row["is_younger"] !== 1) return "is listed as built on one that is not older";
  const same =
    held.id === row["id"] && held.run === row["run"] && held.parent === textOrNull(row, "parent") && isBase(held) === (row["base"] === 1);
  return same ? undefined : "is listed with other facts than it holds";
}

function readable(json: string): Checkpoint | undefined {
  try {
    return decodeCheckpoint("", json);
  } catch {
    return undefined;
  }
}
