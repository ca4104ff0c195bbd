import * as zlib from "node:zlib";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { checksum } from "../../../runtime/platform/sqlite/checksum.js";
import type { Chance } from "./chance.js";

// Rows that no version of the program writes, in a file that is sound to SQLite. `run`: number of the only run that is hit.

type Damage = (database: DatabaseSync, chance: Chance, run: number) => void;

const nonsense = [
  "",
  "null",
  "[]",
  "{}",
  "7",
  '"text"',
  "{",
  '{"id":"c00001"}',
  '[null,{"seq":"x"}]',
  "\n\n",
  "\u0000",
  '{"frontier":null,"channels":{}}',
];

/** A number of a row, of this run or of another, or of none. */
function someNumber(database: DatabaseSync, chance: Chance, table: string): number | null {
  const last = Number(database.prepare(`SELECT max(no) AS last FROM ${table}`).get()?.["last"] ?? 0);
  return chance.of([null, -1, 0, 1 + chance.below(last), 1 + chance.below(last), 1 + chance.below(last), last + 5]);
}

/** Changes one row of a table: `of` says which are the run's. */
function change(database: DatabaseSync, chance: Chance, { table, of, run }: Rows, values: Readonly<Record<string, SQLInputValue>>): void {
  const key = keys[table] ?? "no";
  const rows = database.prepare(`SELECT ${key} AS key FROM ${table} WHERE ${of}`).all(run);
  if (rows.length === 0) return;
  const columns = Object.keys(values);
  const set = columns.map((column, place) => `${column} = ?${String(place + 2)}`).join(", ");
  const row = chance.of(rows);
  const also = table === "trace" ? `run = ${String(run)} AND` : "";
  database.prepare(`UPDATE ${table} SET ${set} WHERE ${also} ${key} = ?1`).run(row["key"] ?? null, ...Object.values(values));
}

interface Rows {
  readonly table: string;
  /** Which rows are of run ?1. */
  readonly of: string;
  readonly run: number;
}

const keys: Readonly<Record<string, string>> = { tail: "rowid", trace: "seq", documents: "revision", blobs: "hash" };

/** Changes a body that a checksum goes with, so that the checksum fits. */
function bodyAs(body: string): Readonly<Record<string, SQLInputValue>> {
  return { body, sum: checksum(body) };
}

const packed = (body: Uint8Array): Readonly<Record<string, SQLInputValue>> => ({ body, sum: sumOf(body) });
const sumOf = (body: Uint8Array): string => checksum(body as unknown as string);

const page = (run: number): Rows => ({ table: "pages", of: "run = ?1", run });
const checkpoint = (run: number): Rows => ({ table: "checkpoints", of: "run = ?1", run });
const stored = (run: number): Rows => ({ table: "runs", of: "no = ?1", run });

export const rowDamages: Readonly<Record<string, Damage>> = {
  "a page holds bytes that no codec made": (database, chance, run) =>
    change(database, chance, page(run), { codec: chance.of([-1, 1, 2, 3, 99]), ...packed(chance.bytes(chance.below(200))) }),
  "a page holds nonsense": (database, chance, run) => {
    const lines = Array.from({ length: chance.below(12) }, () => chance.of(nonsense)).join("\n");
    change(database, chance, page(run), { codec: 2, ...packed(zlib.deflateRawSync(lines)) });
  },
  "a page holds ever so much": (database, chance, run) =>
    change(database, chance, page(run), { codec: chance.of([1, 2]), ...packed(zlib.deflateRawSync("\n".repeat(3_000_000))) }),
  "a checkpoint has lost or changed a field": (database, chance, run) => mangleRecord(database, chance, run),
  "a page's checksum is another": (database, chance, run) => change(database, chance, page(run), { sum: "0".repeat(32) }),
  "a page has another parent": (database, chance, run) =>
    change(database, chance, page(run), { parent: someNumber(database, chance, "checkpoints") }),
  "a page has other facts": (database, chance, run) =>
    change(database, chance, page(run), { channels: chance.of(nonsense), seq: chance.of([-1, 0, 5, 1e15]) }),
  "a page is said to be open": (database, chance, run) => change(database, chance, page(run), { codec: 0 }),
  "a checkpoint has another parent": (database, chance, run) =>
    change(database, chance, checkpoint(run), { parent: someNumber(database, chance, "checkpoints") }),
  "a checkpoint is its own ancestor": (database, chance, run) => {
    const last = database.prepare("SELECT max(no) AS no, min(no) AS first FROM checkpoints WHERE run = ?1").get(run);
    change(database, chance, checkpoint(run), { parent: chance.of([last?.["no"] ?? null, last?.["first"] ?? null]) });
    change(database, chance, page(run), { parent: last?.["no"] ?? null });
  },
  "a checkpoint is elsewhere": (database, chance, run) =>
    change(database, chance, checkpoint(run), { page: someNumber(database, chance, "pages"), slot: chance.of([-1, 0, 1, 2, 500]) }),
  "a checkpoint has other facts": (database, chance, run) =>
    change(database, chance, checkpoint(run), {
      base: chance.of([0, 1, 7]),
      gone: chance.of([0, 0, 1, 2, 9]),
      bytes: chance.of([-1, 0, 9e15]),
    }),
  "a run stands elsewhere": (database, chance, run) =>
    change(database, chance, stored(run), { head: someNumber(database, chance, "checkpoints") }),
  "a run is inside another": (database, chance, run) =>
    change(database, chance, stored(run), {
      parent: someNumber(database, chance, "runs"),
      since: someNumber(database, chance, "checkpoints"),
      task: chance.of([null, "3/inside", ""]),
      pending: chance.of([0, 1, 5]),
    }),
  "a run has other facts": (database, chance, run) =>
    change(database, chance, stored(run), {
      seq: chance.of([-5, 0, 3, 9e15]),
      graph: chance.of(["", "\u0000", "asks"]),
      started_at: chance.of([-1, 0, 1e300]),
    }),
  "an event is nonsense": (database, chance, run) =>
    change(database, chance, { table: "trace", of: "run = ?1", run }, { json: chance.of(nonsense) }),
  "a result is nonsense": (database, chance, run) =>
    change(database, chance, { table: "results", of: "run = ?1", run }, bodyAs(chance.of(nonsense))),
  "a large value is lost": (database, chance) =>
    change(database, chance, { table: "blobs", of: "?1 = ?1", run: 0 }, { hash: "x", json: chance.of(nonsense) }),
  "a large value is nonsense": (database, chance) =>
    change(
      database,
      chance,
      { table: "blobs", of: "?1 = ?1", run: 0 },
      { codec: chance.of([0, 1, 2, 9]), packed: chance.of([null, chance.bytes(9)]) },
    ),
  "rows are missing": (database, chance, run) => {
    const from = chance.of([
      "pages WHERE run = ?1",
      "checkpoints WHERE run = ?1 AND no % 3 = 0",
      "checkpoints WHERE run = ?1",
      "trace WHERE run = ?1",
      "runs WHERE no = ?1",
      "runs WHERE parent = ?1",
    ]);
    database.prepare(`DELETE FROM ${from}`).run(run);
  },
};

/** What is wrong with the file as a whole. */
export const fileDamages: Readonly<Record<string, (database: DatabaseSync, chance: Chance) => void>> = {
  "a document is nonsense": (database, chance) => {
    const [text, files] = [chance.of(nonsense), chance.of(nonsense)];
    const sum = checksum(files === "{}" ? text : `${text}\0${files}`);
    change(database, chance, { table: "documents", of: "?1 = ?1", run: 0 }, { text, files, sum });
  },
  "a table is missing": (database, chance) => {
    const tables = ["runs", "checkpoints", "pages", "tail", "trace", "results", "documents", "cache", "blobs", "blob_uses", "needs"];
    database.exec(`DROP TABLE ${chance.of(tables)}`);
  },
  "it is of another version": (database, chance) =>
    database.exec(`PRAGMA user_version = ${String(chance.of([-1, 0, 1, 2, 3, 4, 5, 7, 2_000_000]))}`),
};

/** Takes a record out of its page, makes something else of one of its fields, and puts it back with a checksum that fits. */
function mangleRecord(database: DatabaseSync, chance: Chance, run: number): void {
  const pages = database.prepare("SELECT no, codec, body FROM pages WHERE run = ?1 AND codec > 0").all(run);
  if (pages.length === 0) return;
  const row = chance.of(pages);
  const body = row["body"] as Uint8Array;
  const lines = (row["codec"] === 1 ? zlib.zstdDecompressSync(body) : zlib.inflateRawSync(body)).toString().split("\n");
  const at = chance.below(lines.length);
  const record = JSON.parse(lines[at] || "{}") as Record<string, unknown>;
  mangle(record, chance);
  lines[at] = JSON.stringify(record);
  database
    .prepare("UPDATE pages SET codec = 2, sum = ?2, body = ?3 WHERE no = ?1")
    .run(row["no"] ?? null, ...Object.values(packed(zlib.deflateRawSync(lines.join("\n")))).reverse());
}

/** Somewhere inside, something is missing or is something else. */
function mangle(holder: Record<string, unknown>, chance: Chance): void {
  const names = Object.keys(holder);
  if (names.length === 0) return;
  const name = chance.of(names);
  const inside = holder[name];
  if (typeof inside === "object" && inside !== null && chance.below(3) > 0) return mangle(inside as Record<string, unknown>, chance);
  if (chance.below(3) === 0) delete holder[name];
  else holder[name] = chance.of<unknown>([null, 7, -1, "text", "c00003", [], {}, true, [null], { a: null }, 1e308]);
}
