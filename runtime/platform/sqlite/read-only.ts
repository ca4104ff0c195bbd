// Opens a store that cannot be written: its file, its folder or its disk is for reading alone.
//
// 1. Nothing is written beside the file. What SQLite cannot read in place (the log of a process that was killed, or an older format) is
//    read from a copy in the temporary folder, which goes when the store is closed.
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { OpenedDatabase } from "./database.js";
import { migrate, newerStore, schemaVersion, versionOf } from "./schema.js";
import { isUnwritable } from "./sqlite-errors.js";
import { BUSY_TIMEOUT, type Sqlite } from "./sqlite.js";

/** Opens an existing file for reading. Throws `STORE_NEWER`, and what SQLite throws for a damaged one. */
export function openReadOnly(sqlite: Sqlite, file: string): OpenedDatabase {
  const database = openInPlace(sqlite, file);
  return database === undefined ? openCopy(sqlite, file) : { database, file, isReadOnly: true, release: () => undefined };
}

/** Undefined where it can only be read from a copy. */
function openInPlace(sqlite: Sqlite, file: string): DatabaseSync | undefined {
  const beside = tried(() => new sqlite.DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT }), file);
  if (beside !== "unreadable") return beside;
  if (hasLog(file)) return undefined;
  // Without a log, and with nobody who could write one, the file is as it stays.
  const unchanging = tried(() => new sqlite.DatabaseSync(new URL(`${pathToFileURL(file).href}?immutable=1`), { readOnly: true }), file);
  return unchanging === "unreadable" ? undefined : unchanging;
}

/** The database; undefined for an older format. */
function tried(open: () => DatabaseSync, file: string): DatabaseSync | "unreadable" | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = open();
    const version = versionOf(database);
    if (version > schemaVersion) throw newerStore(file, version);
    if (version === schemaVersion) return database;
  } catch (thrown) {
    database?.close();
    if (isUnwritable(thrown)) return "unreadable";
    throw thrown;
  }
  database.close();
  return undefined;
}

/** Invariant 1. */
function openCopy(sqlite: Sqlite, file: string): OpenedDatabase {
  const folder = mkdtempSync(join(tmpdir(), "patchbay-store-"));
  const release = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(file));
    copyFileSync(file, copy);
    if (hasLog(file)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o600);
    const database = new sqlite.DatabaseSync(copy, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true });
    migrate(database, file);
    database.exec("PRAGMA query_only = ON");
    return { database, file, isReadOnly: true, release };
  } catch (thrown) {
    release();
    throw thrown;
  }
}

function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
