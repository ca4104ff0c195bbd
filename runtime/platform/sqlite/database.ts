import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { PatchbayError } from "../../errors.js";
import { makeStoreHome } from "../store-home.js";
import { BUSY_TIMEOUT, type Sqlite } from "./sqlite.js";
import { migrate, newerStore, schemaVersion, versionOf } from "./schema.js";
import { openReadOnly } from "./read-only.js";
import { isUnwritable, storeFailure } from "./sqlite-errors.js";

/** A database, ready for use. */
export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly file: string;
  /** It can be read alone. */
  readonly isReadOnly: boolean;
  /** To be called when it has been closed. */
  release(): void;
}

/** Opens (and where needed makes) the database of a store folder, migrated and ready: for reading alone where it cannot be written. */
export function openDatabase(directory: string): OpenedDatabase {
  const sqlite = loadSqlite();
  const file = join(directory, "patchbay.db");
  if (!existsSync(file)) makeFolder(directory);
  try {
    refuseNewer(sqlite, file);
    return { database: openCurrent(sqlite, file), file, isReadOnly: false, release: () => undefined };
  } catch (thrown) {
    if (!isUnwritable(thrown) || !existsSync(file)) throw storeFailure(thrown, `Cannot open the store ${file}`);
  }
  try {
    return openReadOnly(sqlite, file);
  } catch (thrown) {
    throw storeFailure(thrown, `Cannot open the store ${file}`);
  }
}

/** Loaded on demand: hosts without `node:sqlite` can import this module, and hear what is missing when they open a store. */
function loadSqlite(): Sqlite {
  const sqlite = process.getBuiltinModule?.("node:sqlite") as Sqlite | undefined;
  if (sqlite !== undefined) return sqlite;
  throw new PatchbayError(
    "STORE",
    `Runs are stored with SQLite, which this Node.js (${process.version}) does not have. Use Node.js 22.13 or later, or VS Code 1.115 or later.`,
  );
}

function makeFolder(directory: string): void {
  try {
    makeStoreHome(directory);
  } catch (cause) {
    throw new PatchbayError(
      "STORE",
      `Cannot make the store folder ${directory}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { directory },
      cause,
    );
  }
}

/** Looks at the version through a read-only connection, which leaves the bytes of a newer file as they are. */
function refuseNewer(sqlite: Sqlite, file: string): void {
  if (!existsSync(file)) return;
  const database = new sqlite.DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT });
  try {
    const version = versionOf(database);
    if (version > schemaVersion) throw newerStore(file, version);
  } finally {
    database.close();
  }
}

function openCurrent(sqlite: Sqlite, file: string): DatabaseSync {
  const database = new sqlite.DatabaseSync(file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true });
  try {
    // Of a new file: most tables have little in them, and what is freed is given back.
    database.exec("PRAGMA page_size = 2048; PRAGMA auto_vacuum = INCREMENTAL");
    useWriteAheadLog(database);
    // NORMAL survives a killed process; only a power cut can take the last commits, never the file's soundness.
    database.exec("PRAGMA synchronous = NORMAL");
    migrate(database, file);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** The mode is kept in the file. Two processes that switch at once do not wait for each other, hence the attempts. */
function useWriteAheadLog(database: DatabaseSync): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (journalMode(database, "PRAGMA journal_mode") !== "wal") journalMode(database, "PRAGMA journal_mode = WAL");
      return;
    } catch (thrown) {
      if (attempt === 50) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function journalMode(database: DatabaseSync, pragma: string): unknown {
  return database.prepare(pragma).get()?.["journal_mode"];
}
