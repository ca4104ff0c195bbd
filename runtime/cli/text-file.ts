import { readFileSync, writeFileSync } from "node:fs";
import { PatchbayError } from "../errors.js";

/** The text of a file that an argument names. Throws `USAGE`. */
export function readTextFile(path: string, given: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new PatchbayError("USAGE", `${given} cannot be read: ${reasonOf(error)}. Give the path of a file.`, {}, error);
  }
}

/** Writes a text to a file that an argument names. Throws `USAGE`. */
export function writeTextFile(path: string, given: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new PatchbayError("USAGE", `${given} cannot be written: ${reasonOf(error)}.`, {}, error);
  }
}

/** Why the system refused something, in its own short words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "access is denied";
  return error instanceof Error ? error.message : String(error);
}
