// What is done with runs as wholes: seldom, so that nothing is prepared for it beforehand.
import type { DatabaseSync } from "node:sqlite";
import { decodeStored } from "../../checkpoint/encoding.js";
import { unspill } from "../../checkpoint/spill.js";
import { runNeeded } from "../../checkpoint/store-errors.js";
import { TRACE_PAGE, type CheckpointPlace, type RunSize, type TraceEntry, type TracePage } from "../../checkpoint/store.js";
import type { JsonValue } from "../../model/json.js";
import type { TraceEvent } from "../../trace/event.js";
import { integer, text, textOrNull } from "./rows.js";

/** A run (parameter 1) and all those inside it. */
const family = "WITH RECURSIVE family (no) AS (SELECT ?1 UNION SELECT r.no FROM runs r JOIN family f ON r.parent = f.no)";
const theirCheckpoints = "(SELECT no FROM checkpoints WHERE run IN (SELECT no FROM family))";

/** In this order each finds what it is to delete. */
const deletions = [
  `DELETE FROM needs WHERE checkpoint IN ${theirCheckpoints} OR needed IN ${theirCheckpoints}`,
  `DELETE FROM blob_uses WHERE checkpoint IN ${theirCheckpoints}`,
  `DELETE FROM bodies WHERE checkpoint IN ${theirCheckpoints}`,
  `DELETE FROM results WHERE parent IN ${theirCheckpoints} OR run IN (SELECT no FROM family)`,
  "DELETE FROM trace WHERE run IN (SELECT no FROM family)",
  "DELETE FROM checkpoints WHERE run IN (SELECT no FROM family)",
  "DELETE FROM runs WHERE no IN (SELECT no FROM family)",
] as const;

/** Every checkpoint that a run ever had. */
export function treeOf(database: DatabaseSync, run: number): readonly CheckpointPlace[] {
  const rows = database
    .prepare(
      "SELECT c.id, p.id AS parent, c.gone FROM checkpoints c LEFT JOIN checkpoints p ON p.no = c.parent WHERE c.run = ?1 ORDER BY c.no",
    )
    .all(run);
  return rows.map((row) => ({ id: text(row, "id"), parent: textOrNull(row, "parent"), gone: integer(row, "gone") === 1 }));
}

/** Deletes a run and those inside it, within a transaction. Throws `STORE` where something else needs it. */
export function dropRun(database: DatabaseSync, id: string, no: number): void {
  const outer = database.prepare("SELECT o.id FROM runs r JOIN runs o ON o.no = r.parent WHERE r.no = ?1").get(no);
  if (outer !== undefined) throw runNeeded(id, { around: text(outer, "id") });
  const builder = database.prepare(
    `${family} SELECT r.id FROM checkpoints p JOIN checkpoints c ON c.parent = p.no JOIN runs r ON r.no = c.run
     WHERE p.run IN (SELECT no FROM family) AND c.run NOT IN (SELECT no FROM family) LIMIT 1`,
  );
  const dependant = builder.get(no);
  if (dependant !== undefined) throw runNeeded(id, { builtOnBy: text(dependant, "id") });
  database.exec("PRAGMA defer_foreign_keys = ON"); // a run and its checkpoints refer to each other
  for (const deletion of deletions) database.prepare(`${family} ${deletion}`).run(no);
  database.exec("DELETE FROM blobs WHERE NOT EXISTS (SELECT 1 FROM blob_uses u WHERE u.blob = blobs.hash)");
}

/** The size of each run that is inside no other. */
export function sizesOf(database: DatabaseSync): readonly RunSize[] {
  const rows = database
    .prepare(
      `WITH RECURSIVE family (root, no) AS (SELECT no, no FROM runs WHERE parent IS NULL UNION ALL SELECT f.root, r.no FROM runs r JOIN family f ON r.parent = f.no),
       parts (run, checkpoints, bytes) AS (
         SELECT run, count(*), sum(bytes) FROM checkpoints WHERE gone = 0 GROUP BY run
         UNION ALL SELECT run, 0, sum(octet_length(json)) FROM trace GROUP BY run
         UNION ALL SELECT run, 0, sum(octet_length(body)) FROM results GROUP BY run)
       SELECT r.id, coalesce(sum(p.checkpoints), 0) AS checkpoints, coalesce(sum(p.bytes), 0) AS bytes
       FROM family f JOIN runs r ON r.no = f.root LEFT JOIN parts p ON p.run = f.no GROUP BY f.root ORDER BY f.root`,
    )
    .all();
  return rows.map((row) => ({ run: text(row, "id"), checkpoints: integer(row, "checkpoints"), bytes: integer(row, "bytes") }));
}

/** A page of a run's trace. `recall` gives the large values. */
export function entriesOf(
  database: DatabaseSync,
  run: number,
  { after = 0, limit = TRACE_PAGE }: TracePage,
  recall: (key: string) => JsonValue,
): readonly TraceEntry[] {
  const rows = database
    .prepare(
      "SELECT c.id, t.json FROM trace t JOIN checkpoints c ON c.no = t.checkpoint WHERE t.run = ?1 AND t.seq > ?2 ORDER BY t.seq LIMIT ?3",
    )
    .all(run, after, Math.max(0, Math.floor(limit)));
  return rows.map((row) => {
    const checkpoint = text(row, "id");
    return { checkpoint, event: unspill(decodeStored(checkpoint, text(row, "json")) as TraceEvent, recall) };
  });
}

/** A part of a transaction that is under way: all or nothing by itself. */
export function partOf<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec("SAVEPOINT part");
  try {
    const result = work();
    database.exec("RELEASE part");
    return result;
  } catch (thrown) {
    if (database.isTransaction) database.exec("ROLLBACK TO part; RELEASE part");
    throw thrown;
  }
}
