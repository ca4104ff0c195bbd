// What retention needs to know of a run, found out when it is asked for: most runs are too young for anybody to ask.
import { PatchbayError } from "../errors.js";
import type { Frontier } from "./checkpoint.js";
import type { CheckpointStore, StoredRun } from "./store.js";

/** What retention needs to know of a run that is inside no other. */
export interface RunFacts {
  readonly run: string;
  /** Of it and of the runs inside it. */
  readonly bytes: number;
  /** When its newest checkpoint was made, else when it began; in milliseconds since the epoch. */
  readonly at: number;
  readonly ended: boolean;
  /** The runs that build on its checkpoints. */
  readonly neededBy: readonly string[];
}

/** The facts of a stored run, each read once, when it is asked for. */
export class StoredFacts implements RunFacts {
  readonly run: string;
  readonly bytes: number;
  readonly #store: CheckpointStore;
  readonly #stored: StoredRun;
  #at: number | undefined;
  #ended: boolean | undefined;
  #neededBy: readonly string[] | undefined;

  constructor(store: CheckpointStore, stored: StoredRun, bytes: number) {
    this.run = stored.id;
    this.bytes = bytes;
    this.#store = store;
    this.#stored = stored;
  }

  get at(): number {
    return (this.#at ??= this.#store.list(this.run, { limit: 1 })[0]?.at ?? this.#stored.startedAt);
  }

  get ended(): boolean {
    return (this.#ended ??= hasEnded(this.#store, this.#stored));
  }

  get neededBy(): readonly string[] {
    return (this.#neededBy ??= this.#store.builtOn(this.run));
  }
}

const endings: ReadonlySet<Frontier["status"]> = new Set(["completed", "failed", "cancelled"]);

/** Whether a run has come to its end where it stands; one that cannot be read has not. */
export function hasEnded(store: CheckpointStore, { head }: StoredRun): boolean {
  if (head === null) return false;
  try {
    return endings.has(store.load(head).frontier.status);
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return false;
    throw thrown;
  }
}

/** A run and all those inside it, the outermost first. */
export function familyOf(store: CheckpointStore, run: string): readonly string[] {
  return [run, ...store.nested(run).flatMap(({ id }) => familyOf(store, id))];
}
