// What a store lets go of.
//
// 1. Only runs that have ended go, the oldest first: never one that is under way, waits or is paused, nor one that cannot be read.
// 2. Nothing goes that something that stays needs.
import type { CheckpointStore, StoredRun } from "./store.js";
import type { Frontier } from "./checkpoint.js";
import { PatchbayError } from "../errors.js";

/** How much a store keeps. What is absent is no limit. */
export interface RetentionPolicy {
  /** How many checkpoints of each run, from the newest; those that these need are kept, too. */
  readonly keep?: number;
  /** How long a run is kept after its last checkpoint, in milliseconds. */
  readonly age?: number;
  /** How many bytes all runs may take. */
  readonly bytes?: number;
}

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

/** The runs that go under a policy, the oldest first. Its `keep` is no matter of whole runs. */
export function runsToDelete(policy: RetentionPolicy, runs: readonly RunFacts[], now: number): readonly string[] {
  const { age = Infinity, bytes = Infinity } = policy;
  let left = runs.reduce((sum, each) => sum + each.bytes, 0);
  const going = new Set<string>();
  // One that is needed may go after those that need it: what is left is gone through until nothing more goes.
  for (let before = -1; going.size > before;) {
    before = going.size;
    for (const each of runs.toSorted((a, b) => a.at - b.at)) {
      if (going.has(each.run) || !each.ended || each.neededBy.some((other) => !going.has(other))) continue; // 1, 2
      if (now - each.at <= age && left <= bytes) continue;
      going.add(each.run);
      left -= each.bytes;
    }
  }
  return [...going];
}

/** What went. */
export interface Released {
  /** Runs that were deleted whole. */
  readonly runs: readonly string[];
  /** Checkpoints of runs that stay. */
  readonly checkpoints: number;
  /** How many bytes the runs take that are left. */
  readonly bytes: number;
}

/** Applies a policy to a store, or to one run of it, and gives the room back. Throws `NOT_FOUND`, `STORE`. */
export function applyRetention(store: CheckpointStore, policy: RetentionPolicy, now: number, only?: string): Released {
  const { keep, age, bytes } = policy;
  const isMeant = ({ run }: { readonly run: string }): boolean => only === undefined || run === only;
  const release = (rule: RetentionPolicy): string[] => deleteAll(store, runsToDelete(rule, factsOf(store).filter(isMeant), now));
  const deleted = age === undefined ? [] : release({ age });
  let checkpoints = 0;
  if (keep !== undefined) for (const { run } of store.sizes().filter(isMeant)) checkpoints += store.prune(run, keep);
  if (bytes !== undefined) deleted.push(...release({ bytes }));
  if (deleted.length > 0 || checkpoints > 0) store.reclaim();
  return { runs: deleted, checkpoints, bytes: store.sizes().reduce((sum, each) => sum + each.bytes, 0) };
}

/** Another process may have moved one of them on meanwhile: a run is looked at once more as it goes. */
function deleteAll(store: CheckpointStore, runs: readonly string[]): string[] {
  return runs.filter((run) =>
    store.atomically(() => {
      const stored = store.run(run);
      if (stored === undefined || !hasEnded(store, stored)) return false;
      store.deleteRun(run);
      return true;
    }),
  );
}

/** The facts of every run of a store that is inside no other, oldest first. */
function factsOf(store: CheckpointStore): readonly RunFacts[] {
  const sizes = store.sizes();
  const needs = needsAmong(
    store,
    sizes.map(({ run }) => run),
  );
  return sizes.flatMap(({ run, bytes }) => {
    const stored = store.run(run);
    if (stored === undefined) return [];
    const at = store.list(run, { limit: 1 })[0]?.at ?? stored.startedAt;
    return [{ run, bytes, at, ended: hasEnded(store, stored), neededBy: needs.get(run) ?? [] }];
  });
}

const endings: ReadonlySet<Frontier["status"]> = new Set(["completed", "failed", "cancelled"]);

function hasEnded(store: CheckpointStore, { head }: StoredRun): boolean {
  if (head === null) return false;
  try {
    return endings.has(store.load(head).frontier.status);
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return false; // 1
    throw thrown;
  }
}

/** Run -> the runs that build on its checkpoints, those inside either included. */
function needsAmong(store: CheckpointStore, runs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const owner = new Map<string, string>();
  const foreign: { readonly run: string; readonly parent: string }[] = [];
  for (const run of runs) {
    for (const inner of familyOf(store, run)) {
      const places = store.tree(inner);
      for (const { id } of places) owner.set(id, run);
      for (const { parent } of places) if (parent !== null && owner.get(parent) !== run) foreign.push({ run, parent });
    }
  }
  const needs = new Map<string, string[]>();
  for (const { run, parent } of foreign) {
    const needed = owner.get(parent);
    if (needed !== undefined && needed !== run) needs.set(needed, [...(needs.get(needed) ?? []), run]);
  }
  return needs;
}

function familyOf(store: CheckpointStore, run: string): readonly string[] {
  return [run, ...store.nested(run).flatMap(({ id }) => familyOf(store, id))];
}
