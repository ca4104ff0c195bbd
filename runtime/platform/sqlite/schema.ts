import type { DatabaseSync } from "node:sqlite";
import { PatchbayError } from "../../errors.js";
import { checksum } from "./checksum.js";
import { OPEN_END, packedSpan } from "./span.js";

// Invariants of the tables:
// 1. `no` grows with every row, and a parent is saved before its child: newest first is `no` descending.
// 2. What lists need is in `checkpoints`; bodies stand apart, so that no list reads one.
// 3. A deleted checkpoint loses its body and stays as a row with `gone` = 1: lineages, and so traces, stay whole.
// 4. A run inside a task of another has a `parent`; it is `pending` until a checkpoint of that one covers it. `needs` has the
//    checkpoints of the runs inside a checkpoint's open tasks.
// 5. `sum` is a checksum of the bytes in `body` (or `text`, and `files` unless there are none) beside it.

const first = `
  CREATE TABLE runs (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    graph TEXT NOT NULL,
    started_at REAL NOT NULL,
    head INTEGER REFERENCES checkpoints (no)
  ) STRICT;
  CREATE INDEX runs_by_graph ON runs (graph);

  CREATE TABLE checkpoints (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES runs (no),
    parent INTEGER REFERENCES checkpoints (no),
    base INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    cause TEXT NOT NULL,
    at REAL NOT NULL,
    revision TEXT NOT NULL,
    superstep INTEGER NOT NULL,
    status TEXT NOT NULL,
    due TEXT NOT NULL,
    questions INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    trace_seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX checkpoints_by_run ON checkpoints (run) WHERE gone = 0;
  CREATE INDEX checkpoints_by_parent ON checkpoints (parent);

  CREATE TABLE bodies (
    checkpoint INTEGER PRIMARY KEY REFERENCES checkpoints (no),
    sum TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE results (
    no INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (no),
    parent INTEGER NOT NULL REFERENCES checkpoints (no),
    task TEXT NOT NULL,
    sum TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (parent, run, task)
  ) STRICT;

  CREATE TABLE trace (
    run INTEGER NOT NULL REFERENCES runs (no),
    seq INTEGER NOT NULL,
    checkpoint INTEGER NOT NULL REFERENCES checkpoints (no),
    json TEXT NOT NULL,
    PRIMARY KEY (run, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE documents (
    revision TEXT PRIMARY KEY,
    sum TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

const cache = `
  CREATE TABLE cache (
    no INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    expires REAL,
    sum TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX cache_by_end ON cache (expires) WHERE expires IS NOT NULL;
`;

const nested = `
  ALTER TABLE runs ADD COLUMN parent INTEGER REFERENCES runs (no);
  ALTER TABLE runs ADD COLUMN task TEXT;
  ALTER TABLE runs ADD COLUMN slot TEXT;
  ALTER TABLE runs ADD COLUMN since INTEGER REFERENCES checkpoints (no);
  ALTER TABLE runs ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX runs_by_parent ON runs (parent) WHERE parent IS NOT NULL;
  CREATE INDEX pending_runs ON runs (since) WHERE pending = 1;

  CREATE TABLE needs (
    checkpoint INTEGER NOT NULL REFERENCES checkpoints (no),
    needed INTEGER NOT NULL REFERENCES checkpoints (no),
    PRIMARY KEY (checkpoint, needed)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX needs_by_needed ON needs (needed);
`;

// Invariant 5: a row of `blobs` is used by a checkpoint that is not gone, for itself, for results kept after it, or for the trace
// events that came with it. Its key is the hash of its JSON.
const blobs = `
  CREATE TABLE blobs (
    hash TEXT PRIMARY KEY,
    json TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE blob_uses (
    blob TEXT NOT NULL REFERENCES blobs (hash),
    checkpoint INTEGER NOT NULL REFERENCES checkpoints (no),
    PRIMARY KEY (blob, checkpoint)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX blob_uses_by_checkpoint ON blob_uses (checkpoint);
`;

const files = `
  ALTER TABLE documents ADD COLUMN files TEXT NOT NULL DEFAULT '{}';
`;

// Invariants of the tables, from here on:
// 6. A page holds records of one run: each a checkpoint and the trace events that came with it, two lines of text. The parent of each
//    is the one before it; that of the first is the page's `parent`. So a lineage is a chain of pages.
// 7. An open page (`codec` 0) has its records in `tail`; a sealed one has them compressed in `body`, and none there.
// 8. A deleted checkpoint (`gone` 1) stays as a row, with an empty line once its page has been written anew (`gone` 2).
//    A sealed page says in `channels` what it has to say of channels (`page-marks.ts`), and the number of its last event, `seq`.
// 9. A run's page has later events than those before it. `trace` has the events that came without a checkpoint; `runs.seq` is the number of a run's last event, wherever it is.
const pages = `
  CREATE TABLE pages (
    no INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (no),
    parent INTEGER REFERENCES checkpoints (no),
    channels TEXT NOT NULL DEFAULT '[]',
    seq INTEGER NOT NULL DEFAULT 0,
    codec INTEGER NOT NULL DEFAULT 0,
    sum TEXT NOT NULL DEFAULT '',
    body BLOB
  ) STRICT;
  CREATE INDEX pages_by_run ON pages (run);
  CREATE TABLE tail (
    page INTEGER NOT NULL REFERENCES pages (no),
    slot INTEGER NOT NULL,
    sum TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (page, slot)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE blobs ADD COLUMN codec INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE blobs ADD COLUMN sum TEXT NOT NULL DEFAULT '';
  ALTER TABLE blobs ADD COLUMN packed BLOB;

  ALTER TABLE runs ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
  UPDATE runs SET seq = coalesce((SELECT max(t.seq) FROM trace t WHERE t.run = runs.no), 0);

  INSERT INTO pages (no, run, parent) SELECT no, run, parent FROM checkpoints;
  INSERT INTO tail (page, slot, sum, body)
    SELECT c.no, 0, checksum(coalesce(b.body, '') || char(10) || '[]'), coalesce(b.body, '') || char(10) || '[]'
    FROM checkpoints c LEFT JOIN bodies b ON b.checkpoint = c.no;
  DROP TABLE bodies;
  ALTER TABLE checkpoints ADD COLUMN page INTEGER REFERENCES pages (no);
  ALTER TABLE checkpoints ADD COLUMN slot INTEGER NOT NULL DEFAULT 0;
  UPDATE checkpoints SET page = no, gone = gone * 2;
  ALTER TABLE checkpoints DROP COLUMN cause;
  ALTER TABLE checkpoints DROP COLUMN at;
  ALTER TABLE checkpoints DROP COLUMN revision;
  ALTER TABLE checkpoints DROP COLUMN superstep;
  ALTER TABLE checkpoints DROP COLUMN status;
  ALTER TABLE checkpoints DROP COLUMN due;
  ALTER TABLE checkpoints DROP COLUMN questions;
  ALTER TABLE checkpoints DROP COLUMN trace_seq;
  CREATE INDEX checkpoints_by_page ON checkpoints (page);
  CREATE INDEX checkpoints_unemptied ON checkpoints (run) WHERE gone = 1;
`;

// 10. The records of a sealed page are in the supersteps from `low` to `high`; of an open one that is not known yet. One that has none,
//     or is damaged, has `high` below `low`. Both come after the body in a row: they are read from the index.
const spans = `
  ALTER TABLE pages ADD COLUMN low INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN high INTEGER NOT NULL DEFAULT ${OPEN_END};
  UPDATE pages SET low = lowest(codec, sum, body), high = highest(codec, sum, body) WHERE codec > 0;
  CREATE INDEX pages_by_span ON pages (run, high, low);
`;

// What is asked of one run costs what that run has: whatever is deleted, and whatever refers to it, is found by an index.
const perRun = `
  DROP INDEX checkpoints_by_run;
  CREATE INDEX checkpoints_by_run ON checkpoints (run);
  CREATE INDEX pages_by_parent ON pages (parent);
  CREATE INDEX trace_by_checkpoint ON trace (checkpoint);
  CREATE INDEX results_by_run ON results (run);
  CREATE INDEX runs_by_head ON runs (head);
  CREATE INDEX runs_by_since ON runs (since);
`;

/** Step n brings a file of version n to n + 1. Steps are never edited once released; a change of the format is a new one. */
const migrations: readonly string[] = [first, cache, nested, blobs, files, pages, spans, perRun];

/** The version this program writes. */
export const schemaVersion = migrations.length;

/** The version of an open file; 0 for an empty one. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}

/** Brings a file to `schemaVersion`; safe when several processes open a new file at once. */
export function migrate(database: DatabaseSync, file: string): void {
  if (versionOf(database) === schemaVersion) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = versionOf(database); // another process may have migrated while this one waited
    if (version > schemaVersion) throw newerStore(file, version);
    database.function("checksum", { deterministic: true }, (text) => checksum(String(text)));
    database.function("lowest", { deterministic: true }, (codec, sum, body) => packedSpan(codec, sum, body).low);
    database.function("highest", { deterministic: true }, (codec, sum, body) => packedSpan(codec, sum, body).high);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
    database.exec("COMMIT");
  } catch (thrown) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw thrown;
  }
}

/** The error for a file that a later version of this program wrote. */
export function newerStore(file: string, version: number): PatchbayError {
  return new PatchbayError("STORE_NEWER", `${file} was written by a newer Patchbay (format ${version}; this one knows ${schemaVersion}).`, {
    file,
    version,
  });
}
