// A run as one file: its lines, compressed. Reading and writing go piece by piece; neither holds a run in memory.
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { exportRun } from "../checkpoint/archive/export-run.js";
import { importRun, type ImportedRun, type ImportTerms } from "../checkpoint/archive/import-run.js";
import { damaged } from "../checkpoint/archive/read-records.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { linesOfFile } from "./lines-of-file.js";

/** What the names of such files end in. */
export const RUN_FILE_ENDING = ".patchbay-run";

/** Lines are compressed in pieces of so many characters. */
const PIECE = 64 * 1024;

/**
 * Writes a run to a file, in place of one that is there once all of it is written. The run may go on meanwhile. Rejects with `STORE`
 * where the file cannot be written, and as `exportRun` throws.
 */
export async function writeRunFile(store: CheckpointStore, run: string, path: string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeRun(store, run, createWriteStream(unfinished, { flags: "wx" }));
    renameSync(unfinished, path);
  } catch (thrown) {
    rmSync(unfinished, { force: true });
    throw fileFailure(thrown, `Cannot write ${path}`);
  }
}

/** Writes a run to a stream, and ends it. Rejects as `writeRunFile` does. */
export async function writeRun(store: CheckpointStore, run: string, to: Writable): Promise<void> {
  await pipeline(Readable.from(pieces(exportRun(store, run))), createGzip(), to);
}

/**
 * Takes a run from a file into a store: all of it or nothing. Rejects with `STORE` where the file cannot be read, and as `importRun`
 * throws.
 */
export async function readRunFile(store: CheckpointStore, path: string, terms: ImportTerms): Promise<ImportedRun> {
  const folder = mkdtempSync(join(tmpdir(), "patchbay-import-"));
  const plain = join(folder, "run.jsonl");
  try {
    await unpack(path, plain); // a store takes all of it in one go, without waiting for a stream
    return importRun(store, linesOfFile(plain), terms);
  } catch (thrown) {
    throw fileFailure(thrown, `Cannot read ${path}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function unpack(from: string, to: string): Promise<void> {
  try {
    await pipeline(createReadStream(from), createGunzip(), createWriteStream(to, { mode: 0o600 }));
  } catch (thrown) {
    const code = codeOf(thrown);
    throw code?.startsWith("Z_") === true ? damaged(1, "it cannot be unpacked", thrown) : thrown;
  }
}

function* pieces(lines: Iterable<string>): Generator<string, void, void> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function fileFailure(thrown: unknown, action: string): PatchbayError {
  if (thrown instanceof PatchbayError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new PatchbayError("STORE", `${action}: ${why}`, {}, thrown);
}

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
}
