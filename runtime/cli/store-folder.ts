import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import { openSqliteStore } from "../platform/sqlite-store.js";
import type { Arguments } from "./arguments.js";
import type { CliIo } from "./io.js";

const DEFAULT_FOLDER = ".patchbay";
/** The file that a store is in. */
export const DATABASE = "patchbay.db";

/** The store's folder: `--store`, else `.patchbay` in `home` (the graph's folder, or the current one). Absolute. */
export function storeFolder(given: Arguments, home: string, io: CliIo): string {
  const named = given.value("store");
  return named === undefined ? join(home, DEFAULT_FOLDER) : resolve(io.cwd, named);
}

/** Works with the store that a command without a graph means, and closes it. Throws `USAGE` where there is none. */
export function withStore<T>(given: Arguments, io: CliIo, work: (store: CheckpointStore) => T): T {
  const store = openStore(storeFolder(given, io.cwd, io), io);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** Opens a store that is there. Throws `USAGE` where there is none. */
export function openStore(folder: string, io: CliIo): CheckpointStore {
  if (!existsSync(join(folder, DATABASE))) {
    throw new PatchbayError(
      "USAGE",
      `There is no store in ${shortPath(folder, io)}. Name its folder with --store DIR: \`run\` keeps it in ${DEFAULT_FOLDER} beside the graph.`,
    );
  }
  return openSqliteStore(folder);
}

/** A path as people would type it here. */
export function shortPath(path: string, io: CliIo): string {
  const short = relative(io.cwd, path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}
