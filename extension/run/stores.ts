import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { PatchbayError } from "../../runtime/errors.js";
import { openSqliteStore } from "../../runtime/platform/sqlite-store.js";
import type { Disposable } from "../dispose.js";

const FOLDER = ".patchbay";
const FILE = "patchbay.db";

/** The checkpoint stores, one for each folder that holds graphs, opened when first needed. */
export class Stores implements Disposable {
  readonly #open = new Map<string, CheckpointStore>();
  /** Those that somebody named, by their own folder. */
  readonly #named = new Map<string, CheckpointStore>();

  /** The store beside the graphs of a folder, made where there is none, or none any more. Throws `STORE`, `STORE_NEWER`, `CORRUPTED`. */
  of(directory: string): CheckpointStore {
    const known = this.#open.get(directory);
    if (known !== undefined && existsSync(join(directory, FOLDER, FILE))) return known;
    this.#letGo(directory, known);
    const store = openSqliteStore(join(directory, FOLDER));
    this.#open.set(directory, store);
    return store;
  }

  /** The store of a folder that is named from another one; `memory`: a new one that is gone with the window. Throws as `of` does. */
  named(from: string, name: string): CheckpointStore {
    if (name === "memory") return new MemoryStore();
    const folder = resolve(from, name);
    const known = this.#named.get(folder);
    if (known !== undefined && existsSync(join(folder, FILE))) return known;
    const store = openSqliteStore(folder);
    this.#named.set(folder, store);
    return store;
  }

  /** The store of a folder, if there is one: looking at a graph writes nothing to the disk. */
  existing(directory: string): CheckpointStore | undefined {
    return existsSync(join(directory, FOLDER, FILE)) ? this.of(directory) : undefined;
  }

  /** What the store of a folder takes on the disk; 0 where there is none. */
  bytes(directory: string): number {
    const sizes = [FILE, `${FILE}-wal`].map((name) => statSync(join(directory, FOLDER, name), { throwIfNoEntry: false })?.size ?? 0);
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Its file was deleted: what is held of it is lost with it. */
  #letGo(directory: string, gone: CheckpointStore | undefined): void {
    this.#open.delete(directory);
    try {
      gone?.close();
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
    }
  }

  dispose(): void {
    for (const stores of [this.#open, this.#named]) {
      for (const store of stores.values()) store.close();
      stores.clear();
    }
  }
}
