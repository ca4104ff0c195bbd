import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const example = fileURLToPath(new URL("../", import.meta.url));

/** A path from this example's folder, absolute; an absolute one stays as it is. */
export function fromExample(path: string): string {
  return resolve(example, path);
}

/** Reads a JSON file of this example. */
export async function readTable<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(fromExample(path), "utf8")) as T;
}
