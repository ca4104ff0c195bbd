import type { DatabaseSync } from "node:sqlite";
import { runColumns, summaryColumns } from "./rows.js";

const runsFrom = `SELECT ${runColumns} FROM runs r LEFT JOIN checkpoints h ON h.no = r.head
  LEFT JOIN runs o ON o.no = r.parent LEFT JOIN checkpoints s ON s.no = r.since`;
/** A run inside run 1: it is newer, and has all that says where; what has not is damaged, and stands by itself. */
const inside = "r.parent = ?1 AND r.no > ?1 AND r.task IS NOT NULL AND s.no IS NOT NULL";
const placeColumns = `c.page, c.slot, p.id AS parent, coalesce(c.parent < c.no, 1) AS is_younger
  FROM checkpoints c LEFT JOIN checkpoints p ON p.no = c.parent`;
const summaryJoins = "JOIN runs r ON r.no = c.run LEFT JOIN checkpoints p ON p.no = c.parent";

/** The checkpoint of parameter 1 and all its ancestors, deleted ones included. A parent is older: where it is not, the store is damaged, and this ends. */
const lineageOf = `up (no, parent) AS (
  SELECT no, parent FROM checkpoints WHERE no = ?1
  UNION ALL SELECT c.no, c.parent FROM up JOIN checkpoints c ON c.no = up.parent AND c.no < up.no)`;

/** What a prune of run 1 to 2 checkpoints keeps: the newest, those of list 3, every head, what other runs build on, and the chains below them down to a base. */
const keptOf = `kept (no) AS (
  SELECT no FROM (SELECT no FROM checkpoints WHERE run = ?1 AND gone = 0 ORDER BY no DESC LIMIT ?2)
  UNION SELECT no FROM checkpoints WHERE id IN (SELECT value FROM json_each(?3)) AND run = ?1 AND gone = 0
  UNION SELECT h.no FROM checkpoints h JOIN runs r ON r.head = h.no WHERE h.run = ?1
  UNION SELECT c.no FROM pages g JOIN checkpoints p ON p.no = g.parent JOIN checkpoints c ON c.page = g.no AND c.slot = 0
    WHERE g.run <> ?1 AND p.run = ?1 AND c.gone = 0
  UNION SELECT n.needed FROM checkpoints p JOIN needs n ON n.needed = p.no JOIN checkpoints c ON c.no = n.checkpoint
    WHERE p.run = ?1 AND c.run <> ?1 AND c.gone = 0
  UNION SELECT c.parent FROM kept JOIN checkpoints c ON c.no = kept.no WHERE c.base = 0 AND c.parent IS NOT NULL)`;

/** So many checkpoints are inserted by one statement, where there are so many. */
export const ROWS_AT_ONCE = 16;

/** Inserts a chain of checkpoints of run 1 in page 2 from slot 3 on: row 4, whose parent is 5, and those after it. Then of each its id, base and bytes. */
function insertCheckpoints(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const [id, base, bytes] = [6, 7, 8].map((parameter) => `?${parameter + 3 * index}`);
    const parent = index === 0 ? "?5" : `?4 + ${index - 1}`;
    return `(?4 + ${index}, ${id}, ?1, ${parent}, ?2, ?3 + ${index}, ${base}, ${bytes})`;
  });
  return `INSERT INTO checkpoints (no, id, run, parent, page, slot, base, bytes) VALUES ${rows.join(", ")}`;
}

const sources = {
  begin: "BEGIN IMMEDIATE",
  beginRead: "BEGIN",
  commit: "COMMIT",
  rollback: "ROLLBACK",

  insertRun: "INSERT INTO runs (id, graph, started_at, head) VALUES (?1, ?2, ?3, (SELECT no FROM checkpoints WHERE id = ?4 AND gone = 0))",
  insertNested: "UPDATE runs SET parent = ?2, task = ?3, slot = ?4, since = ?5, pending = 1 WHERE id = ?1",
  nested: `${runsFrom} WHERE ${inside} ORDER BY r.no`,
  nestedSince: `${runsFrom} WHERE ${inside} AND r.since = ?2 AND r.pending = 1 ORDER BY r.no`,
  coverNested: "UPDATE runs SET pending = 0 WHERE since = ?1 AND pending = 1",
  coverLost: "UPDATE runs SET pending = 0 WHERE pending = 1 AND since IN (SELECT no FROM checkpoints WHERE run = ?1 AND gone = 1)",
  run: `${runsFrom} WHERE r.id = ?1`,
  runNo: "SELECT no, seq FROM runs WHERE id = ?1",
  advance: "UPDATE runs SET head = ?2, seq = ?3 WHERE no = ?1",
  setSeq: "UPDATE runs SET seq = ?2 WHERE no = ?1",
  runs: `${runsFrom} WHERE r.no < ?1 AND r.parent IS NULL ORDER BY r.no DESC LIMIT ?2`,
  runsOfGraph: `${runsFrom} WHERE r.graph = ?3 AND r.no < ?1 AND r.parent IS NULL ORDER BY r.no DESC LIMIT ?2`,
  moveHead: "UPDATE runs SET head = ?2 WHERE no = ?1",

  lastCheckpoint: "SELECT coalesce(max(no), 0) AS no FROM checkpoints",
  insertCheckpoint: insertCheckpoints(1),
  insertCheckpoints: insertCheckpoints(ROWS_AT_ONCE),
  insertNeed: "INSERT OR IGNORE INTO needs (checkpoint, needed) SELECT ?1, no FROM checkpoints WHERE id = ?2 AND gone = 0",
  checkpointNo: "SELECT no, run FROM checkpoints WHERE id = ?1 AND gone = 0",
  place: `SELECT c.no, ${placeColumns} WHERE c.id = ?1 AND c.gone = 0`,
  placesFrom: `SELECT c.id, ${placeColumns} WHERE c.page = ?1 AND c.no >= ?2 AND c.gone = 0 ORDER BY c.no LIMIT 64`,
  placeOf: "SELECT page, slot FROM checkpoints WHERE no = ?1",
  placedNo: "SELECT no FROM checkpoints WHERE id = ?1",

  page: "SELECT codec, sum FROM pages WHERE no = ?1",
  pageBody: "SELECT codec, body FROM pages WHERE no = ?1",
  pageParent: "SELECT run, parent, channels, codec, sum, seq FROM pages WHERE no = ?1",
  pagesOf: "SELECT no FROM pages WHERE run = ?1 ORDER BY no",
  pagesAfter: "SELECT no FROM pages WHERE run = ?1 AND (codec = 0 OR seq > ?2) ORDER BY no",
  idsOf:
    "SELECT slot, id FROM checkpoints WHERE page = (SELECT no FROM pages WHERE no = ?1) AND run = (SELECT run FROM pages WHERE no = ?1)",
  basesOf: "SELECT slot FROM checkpoints WHERE page = ?1 AND base = 1",
  pagesIn: "SELECT no FROM pages WHERE run = ?1 AND high >= ?2 AND low <= ?2 ORDER BY no DESC",
  highest: "SELECT max(high) AS high FROM pages WHERE run = ?1 AND high < ?2",
  newestPage: "SELECT no, codec FROM pages WHERE run = ?1 ORDER BY no DESC LIMIT 1",
  openPages: "SELECT no FROM pages WHERE run = ?1 AND codec = 0",
  insertPage: "INSERT INTO pages (run, parent) VALUES (?1, ?2)",
  sealPage: "UPDATE pages SET codec = ?2, sum = ?3, body = ?4, channels = ?5, seq = ?6, low = ?7, high = ?8 WHERE no = ?1",
  deletePage: "DELETE FROM pages WHERE no = ?1",
  lastSlot: "SELECT max(slot) AS slot FROM tail WHERE page = ?1",
  tailRecord: "SELECT sum, body FROM tail WHERE page = ?1 AND slot = ?2",
  tailRecords: "SELECT slot, sum, body FROM tail WHERE page = ?1 ORDER BY slot",
  insertTail: "INSERT INTO tail (page, slot, sum, body) VALUES (?1, ?2, ?3, ?4)",
  setTail: "UPDATE tail SET sum = ?3, body = ?4 WHERE page = ?1 AND slot = ?2",
  deleteTail: "DELETE FROM tail WHERE page = ?1",
  unemptied: "SELECT page, slot FROM checkpoints WHERE run = ?1 AND gone = 1",
  markEmptied: "UPDATE checkpoints SET gone = 2 WHERE run = ?1 AND gone = 1",

  list: `SELECT ${summaryColumns} FROM checkpoints c ${summaryJoins} WHERE c.run = ?1 AND c.gone = 0 AND c.no < ?2 ORDER BY c.no DESC LIMIT ?3`,
  summaryAt: `SELECT c.no, ${summaryColumns} FROM checkpoints c ${summaryJoins} WHERE c.page = ?1 AND c.slot = ?2 AND c.gone = 0`,
  lineage: `WITH RECURSIVE ${lineageOf} SELECT ${summaryColumns} FROM up JOIN checkpoints c ON c.no = up.no ${summaryJoins} WHERE c.gone = 0 ORDER BY c.no DESC`,

  headAt: "SELECT id FROM runs WHERE head = ?1 LIMIT 1",
  deltaOn: "SELECT id FROM checkpoints WHERE parent = ?1 AND base = 0 AND gone = 0 LIMIT 1",
  neededBy: "SELECT c.id FROM needs n JOIN checkpoints c ON c.no = n.checkpoint WHERE n.needed = ?1 AND c.gone = 0 LIMIT 1",
  deleteNeeds: "DELETE FROM needs WHERE checkpoint IN (SELECT no FROM checkpoints WHERE run = ?1 AND gone = 1)",
  deleteOne: "UPDATE checkpoints SET gone = 1 WHERE no = ?1",
  deleteUnkept: `WITH RECURSIVE ${keptOf} UPDATE checkpoints SET gone = 1 WHERE no IN (
    SELECT no FROM checkpoints WHERE run = ?1 AND gone = 0 AND no NOT IN (SELECT no FROM kept) ORDER BY no DESC LIMIT ?4)`,
  deleteOrphanedResults: "DELETE FROM results WHERE parent IN (SELECT no FROM checkpoints WHERE run = ?1 AND gone = 1)",

  insertResult: "INSERT OR REPLACE INTO results (run, parent, task, sum, body) VALUES (?1, ?2, ?3, ?4, ?5)",
  results: "SELECT sum, body FROM results WHERE run = ?1 AND parent = ?2 ORDER BY no",
  deleteResults: "DELETE FROM results WHERE run = ?1 AND parent = ?2",

  insertTrace: "INSERT INTO trace (run, seq, checkpoint, json) VALUES (?1, ?2, ?3, ?4)",
  notesAfter: `SELECT c.id, t.json FROM trace t JOIN checkpoints c ON c.no = t.checkpoint WHERE t.run = ?1 AND t.seq > ?2 AND t.seq <= ?3
    ORDER BY t.seq LIMIT ?4`,
  notes:
    "SELECT t.json, t.seq, c.page, c.slot FROM trace t JOIN checkpoints c ON c.no = t.checkpoint WHERE t.run = ?1 AND t.seq > ?2 ORDER BY t.seq",

  // A replaced row gets a new number: the lowest numbers are the oldest results.
  insertCached: "INSERT OR REPLACE INTO cache (key, expires, sum, body) VALUES (?1, ?2, ?3, ?4)",
  deleteEnded: "DELETE FROM cache WHERE expires <= ?1",
  deleteOldest: "DELETE FROM cache WHERE no <= (SELECT max(no) FROM cache) - ?1",
  cached: "SELECT sum, body FROM cache WHERE key = ?1 AND (expires IS NULL OR expires > ?2)",

  blob: "SELECT json, codec, sum, packed FROM blobs WHERE hash = ?1",
  hasBlob: "SELECT 1 FROM blobs WHERE hash = ?1",
  insertBlob: "INSERT INTO blobs (hash, json, codec, sum, packed) VALUES (?1, '', ?2, ?3, ?4)",
  useBlob: "INSERT OR IGNORE INTO blob_uses (blob, checkpoint) VALUES (?1, ?2)",
  deleteBlobUses: "DELETE FROM blob_uses WHERE checkpoint IN (SELECT no FROM checkpoints WHERE run = ?1 AND gone = 1)",
  deleteUnusedBlobs: "DELETE FROM blobs WHERE NOT EXISTS (SELECT 1 FROM blob_uses u WHERE u.blob = blobs.hash)",

  insertDocument: "INSERT OR IGNORE INTO documents (revision, sum, text, files) VALUES (?1, ?2, ?3, ?4)",
  document: "SELECT sum, text, files FROM documents WHERE revision = ?1",

  everyPage: "SELECT no FROM pages WHERE ?1 IS NULL OR run = ?1 ORDER BY no",
  checkpointsOf: `SELECT c.id, c.no, c.slot, c.base, c.gone, r.id AS run, p.id AS parent, p.gone AS parent_gone, coalesce(c.parent < c.no, 1) AS is_younger FROM checkpoints c ${summaryJoins}
    WHERE c.page = ?1 ORDER BY c.slot`,
  everyResult: `SELECT c.id, s.task, s.sum, s.body FROM results s JOIN checkpoints c ON c.no = s.parent WHERE ?1 IS NULL OR s.run = ?1 ORDER BY s.no`,
  everyNote: "SELECT c.id, t.seq, t.json FROM trace t JOIN checkpoints c ON c.no = t.checkpoint WHERE ?1 IS NULL OR t.run = ?1",
  everyBlob: `SELECT min(c.no), c.id, b.hash, b.json, b.codec, b.sum, b.packed FROM blob_uses u JOIN blobs b ON b.hash = u.blob JOIN checkpoints c ON c.no = u.checkpoint
    WHERE c.gone = 0 AND (?1 IS NULL OR c.run = ?1) GROUP BY b.hash`,
} as const;

type Statement = ReturnType<DatabaseSync["prepare"]>;

/** Every statement of the store, prepared once. */
export type Statements = Readonly<Record<keyof typeof sources, Statement>>;

/** Prepares every statement on an open, migrated database. */
export function prepareStatements(database: DatabaseSync): Statements {
  const entries = Object.entries(sources).map(([name, sql]) => [name, database.prepare(sql)] as const);
  return Object.fromEntries(entries) as Record<keyof typeof sources, Statement>;
}
