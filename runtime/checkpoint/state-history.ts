import { Rebuilder, type Rebuilt } from "./rebuild.js";
import type { CheckpointStore } from "./store.js";

/** A checkpoint of a history with the values of all channels there. */
export type StateAt = Rebuilt;

type Histories = Pick<CheckpointStore, "atOnce" | "lineage" | "load" | "tree">;

/** So many states are read at a time. */
const BATCH = 64;

/**
 * The states that led to a checkpoint, oldest first, that of the checkpoint last; each costs what was written since the one before.
 * Where old checkpoints are deleted it begins with the oldest that is left. Throws `NOT_FOUND`, `CORRUPTED`.
 */
export function* stateHistory(store: Histories, checkpoint: string): Generator<StateAt, void, void> {
  const rebuilder = new Rebuilder((id) => store.load(id));
  const line = lineOf(store, checkpoint);
  for (let start = 0; start < line.length; start += BATCH)
    yield* store.atOnce(() => line.slice(start, start + BATCH).map((id) => rebuilder.rebuild(id)));
}

/** The ids of a lineage, oldest first, found without reading what the checkpoints hold. */
function lineOf(store: Histories, checkpoint: string): readonly string[] {
  const places = new Map(store.tree(store.load(checkpoint).run).map((place) => [place.id, place]));
  const newestFirst: string[] = [];
  for (let id: string | null = checkpoint; id !== null;) {
    const place = places.get(id);
    if (place === undefined) {
      newestFirst.push(...store.lineage(id).map((each) => each.id)); // what it was built on is of another run
      break;
    }
    if (!place.gone) newestFirst.push(id);
    id = place.parent;
  }
  return newestFirst.toReversed();
}
