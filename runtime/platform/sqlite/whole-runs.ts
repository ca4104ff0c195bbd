// What is done with runs as wholes: seldom, so that nothing is prepared for it beforehand.
import type { DatabaseSync } from "node:sqlite";
import { runNeeded } from "../../checkpoint/store-errors.js";
import type { CheckpointPlace, RunSize } from "../../checkpoint/store.js";
import { integer, text, textOrNull } from "./rows.js";

/** A run (parameter 1) and all those inside it. */
const family = "WITH RECURSIVE family (no) AS (SELECT ?1 UNION SELECT r.no FROM runs r JOIN family f ON r.parent = f.no)";
const theirCheckpoints = "(SELECT no FROM checkpoints WHERE run IN (SELECT no FROM family))";
const theirPages = "(SELECT no FROM pages WHERE run IN (SELECT no FROM family))";

/** In this order each finds what it is to delete. */
const deletions = [
  `DELETE FROM needs WHERE checkpoint IN ${theirCheckpoints} OR needed IN ${theirCheckpoints}`,
  `DELETE FROM blob_uses WHERE checkpoint IN ${theirCheckpoints}`,
  `DELETE FROM tail WHERE page IN ${theirPages}`,
  `DELETE FROM results WHERE parent IN ${theirCheckpoints} OR run IN (SELECT no FROM family)`,
  "DELETE FROM trace WHERE run IN (SELECT no FROM family)",
  "DELETE FROM pages WHERE run IN (SELECT no FROM family)",
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
  return rows.map((row) => ({ id: text(row, "id"), parent: textOrNull(row, "parent"), gone: integer(row, "gone") !== 0 }));
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

/** The runs, inside no other, that build on checkpoints of a run or of those inside it. */
export function buildersOn(database: DatabaseSync, run: number): readonly string[] {
  const rows = database
    .prepare(
      `${family}, builders (no) AS (SELECT DISTINCT c.run FROM checkpoints p JOIN checkpoints c ON c.parent = p.no AND c.run <> p.run
         WHERE p.run IN (SELECT no FROM family) AND c.run NOT IN (SELECT no FROM family)),
       around (no, parent) AS (SELECT r.no, r.parent FROM builders b JOIN runs r ON r.no = b.no
         UNION SELECT r.no, r.parent FROM around a JOIN runs r ON r.no = a.parent)
       SELECT r.id FROM around a JOIN runs r ON r.no = a.no WHERE a.parent IS NULL ORDER BY r.no`,
    )
    .all(run);
  return rows.map((row) => text(row, "id"));
}

/** The size of each run that is inside no other. */
export function sizesOf(database: DatabaseSync): readonly RunSize[] {
  const rows = database
    .prepare(
      `WITH RECURSIVE family (root, no) AS (SELECT no, no FROM runs WHERE parent IS NULL UNION ALL SELECT f.root, r.no FROM runs r JOIN family f ON r.parent = f.no),
       parts (run, checkpoints, bytes) AS (
         SELECT run, count(*), 0 FROM checkpoints WHERE gone = 0 GROUP BY run
         UNION ALL SELECT run, 0, sum(octet_length(body)) FROM pages WHERE codec > 0 GROUP BY run
         UNION ALL SELECT p.run, 0, sum(octet_length(t.body)) FROM pages p JOIN tail t ON t.page = p.no GROUP BY p.run
         UNION ALL SELECT c.run, 0, sum(octet_length(b.json) + coalesce(octet_length(b.packed), 0)) FROM (SELECT blob, min(checkpoint) AS first FROM blob_uses GROUP BY blob) u
           JOIN blobs b ON b.hash = u.blob JOIN checkpoints c ON c.no = u.first GROUP BY c.run
         UNION ALL SELECT run, 0, sum(octet_length(json)) FROM trace GROUP BY run
         UNION ALL SELECT run, 0, sum(octet_length(body)) FROM results GROUP BY run)
       SELECT r.id, coalesce(sum(p.checkpoints), 0) AS checkpoints, coalesce(sum(p.bytes), 0) AS bytes
       FROM family f JOIN runs r ON r.no = f.root LEFT JOIN parts p ON p.run = f.no GROUP BY f.root ORDER BY f.root`,
    )
    .all();
  return rows.map((row) => ({ run: text(row, "id"), checkpoints: integer(row, "checkpoints"), bytes: integer(row, "bytes") }));
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
