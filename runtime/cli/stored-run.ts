import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";

/** A run that an argument names. Throws `NOT_FOUND`. */
export function storedRun(store: CheckpointStore, id: string): StoredRun {
  const found = store.run(id);
  if (found === undefined) throw new PatchbayError("NOT_FOUND", `The store has no run "${id}".`);
  return found;
}
