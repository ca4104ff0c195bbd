import { PatchbayError } from "../../errors.js";

const BUSY = 5;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const CONSTRAINT = 19;
const NOT_A_DATABASE = 26;

const meanings: Readonly<Record<number, string>> = {
  [BUSY]: "another process keeps it busy",
  [READONLY]: "it cannot be written",
  [FULL]: "the disk is full",
  [CANNOT_OPEN]: "the file cannot be opened for writing",
  [CORRUPT]: "the file is damaged",
  [NOT_A_DATABASE]: "the file is not a database",
};

/** Whatever a database call threw as the store's own error; `PatchbayError`s pass unchanged. */
export function storeFailure(thrown: unknown, action: string): PatchbayError {
  if (thrown instanceof PatchbayError) return thrown;
  const result = primaryResult(thrown);
  const why = (result === undefined ? undefined : meanings[result]) ?? (thrown instanceof Error ? thrown.message : String(thrown));
  const isDamaged = result === CORRUPT || result === NOT_A_DATABASE || thrown instanceof SyntaxError; // text that is no JSON
  const code = isDamaged ? "CORRUPTED" : "STORE";
  return new PatchbayError(code, `${action}: ${why}.`, {}, thrown);
}

/** Whether a row was refused because its key is taken. */
export function isConstraint(thrown: unknown): boolean {
  return primaryResult(thrown) === CONSTRAINT;
}

/** Whether somebody else kept the database busy for too long. */
export function isBusy(thrown: unknown): boolean {
  return primaryResult(thrown) === BUSY;
}

/** Whether a file, or one that belongs beside it, cannot be written. */
export function isUnwritable(thrown: unknown): boolean {
  const result = primaryResult(thrown);
  return result === READONLY || result === CANNOT_OPEN;
}

/** SQLite's primary result code; extended codes carry it in the low byte. */
function primaryResult(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("errcode" in thrown) || typeof thrown.errcode !== "number") return undefined;
  return thrown.errcode & 0xff;
}
