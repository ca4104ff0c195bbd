// What a store lets go of.
//
// 1. Only runs that have ended go, the oldest first: never one that is under way, waits or is paused, nor one that cannot be read.
// 2. Nothing goes that something that stays needs.
// 3. Unasked, a run that has not ended is not thinned out either, and what a person did stays (`spared.ts`): whoever is at work on a run,
//    in whatever process, finds what is there.
// 4. A run is looked at once more as it goes, in the transaction in which it does: another process may have moved it on meanwhile.
import { hasEnded, StoredFacts, type RunFacts } from "./run-facts.js";
import { sparedOf } from "./spared.js";
import type { CheckpointStore, StoredRun } from "./store.js";

/** So many runs are read at a time. */
const RUNS = 1_000;
/** So many checkpoints are deleted at a time, where nobody waits for it. */
const PIECE = 250;

/** How much a store keeps. What is absent is no limit. */
export interface RetentionPolicy {
  /**
   * How many checkpoints of each run, from the newest; those that these need are kept, too. Where it depends on the graph (by its file's
   * name): undefined keeps all.
   */
  readonly keep?: number | ((graph: string) => number | undefined);
  /** How long a run is kept after its last checkpoint, in milliseconds. */
  readonly age?: number;
  /** How many bytes all runs may take. */
  readonly bytes?: number;
}

/** What a policy is applied to, and how. */
export interface Reach {
  /** Only this run. */
  readonly only?: string;
  /** Nobody asked for it: what somebody may be at work on stays (invariant 3). */
  readonly unasked?: boolean;
  /** Runs that are not deleted, whatever the policy: somebody looks at them. */
  readonly holds?: (run: string) => boolean;
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

/** The same, before what is left has been added up. */
export type Went = Omit<Released, "bytes">;

/** The runs that go under a policy, the oldest first. Its `keep` is no matter of whole runs. */
export function runsToDelete(policy: RetentionPolicy, runs: readonly RunFacts[], now: number): readonly string[] {
  const { age = Infinity, bytes = Infinity } = policy;
  let left = runs.reduce((sum, each) => sum + each.bytes, 0);
  const going = new Set<string>();
  const goes = (each: RunFacts): boolean => now - each.at > age || left > bytes;
  const may = ({ run, ended, neededBy }: RunFacts): boolean => !going.has(run) && ended && neededBy.every((other) => going.has(other)); // 1, 2
  const oldestFirst = runs.toSorted((a, b) => a.at - b.at);
  // One that is needed may go after those that need it: what is left is gone through until nothing more goes.
  for (let before = -1; going.size > before;) {
    before = going.size;
    for (const each of oldestFirst) {
      if (!goes(each) || !may(each)) continue;
      going.add(each.run);
      left -= each.bytes;
    }
  }
  return [...going];
}

/** Applies a policy to a store, or to a part of it, and gives the room back. Throws `NOT_FOUND`, `STORE`. */
export function applyRetention(store: CheckpointStore, policy: RetentionPolicy, now: number, reach: Reach = {}): Released {
  const released = drain(retain(store, policy, now, reach));
  if (released.runs.length > 0 || released.checkpoints > 0) store.reclaim();
  return { ...released, bytes: store.sizes().reduce((sum, each) => sum + each.bytes, 0) };
}

/** What becomes of a run that has ended, unasked: it keeps the newest `keep` checkpoints. Gives how many went. Throws `STORE`. */
export function thinOutEnded(store: CheckpointStore, run: string, keep: number): number {
  return drain(retain(store, { keep }, 0, { only: run, unasked: true })).checkpoints;
}

/** The same in small pieces, with a pause after each, for who has something else to do; gives no room back. Throws as `applyRetention` does. */
export function* retain(store: CheckpointStore, policy: RetentionPolicy, now: number, reach: Reach = {}): Generator<undefined, Went> {
  const { keep, age, bytes } = policy;
  const runs = age === undefined ? [] : yield* releaseRuns(store, { age }, now, reach);
  const checkpoints = keep === undefined ? 0 : yield* thinOut(store, keep, reach);
  if (bytes !== undefined) runs.push(...(yield* releaseRuns(store, { bytes }, now, reach)));
  return { runs, checkpoints };
}

function* releaseRuns(
  store: CheckpointStore,
  rule: Pick<RetentionPolicy, "age" | "bytes">,
  now: number,
  reach: Reach,
): Generator<undefined, string[]> {
  const facts = yield* factsOf(store, rule, now, reach);
  const deleted: string[] = [];
  for (const run of runsToDelete(rule, facts, now)) {
    if (deleteEnded(store, run, reach)) deleted.push(run);
    yield undefined;
  }
  return deleted;
}

/** Of the runs that a rule may be about; none where there is nothing to delete. */
function* factsOf(
  store: CheckpointStore,
  { age = Infinity, bytes }: Pick<RetentionPolicy, "age" | "bytes">,
  now: number,
  reach: Reach,
): Generator<undefined, readonly RunFacts[]> {
  const sizes = new Map(bytes === undefined ? [] : store.sizes().map((each) => [each.run, each.bytes] as const));
  const meant = meantRuns(store, reach);
  const total = meant.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0);
  const facts: RunFacts[] = [];
  if (bytes !== undefined && total <= bytes) return facts;
  for (const stored of meant) {
    if (bytes === undefined && now - stored.startedAt <= age) continue; // its last checkpoint is no older
    facts.push(new StoredFacts(store, stored, sizes.get(stored.id) ?? 0));
    void facts.at(-1)?.at; // read here, where there are pauses
    yield undefined;
  }
  return facts;
}

/** Invariant 4. */
function deleteEnded(store: CheckpointStore, run: string, { holds }: Reach): boolean {
  return store.atomically(() => {
    const stored = store.run(run);
    if (stored === undefined || holds?.(run) === true || !hasEnded(store, stored)) return false;
    store.deleteRun(run);
    return true;
  });
}

function* thinOut(store: CheckpointStore, keep: NonNullable<RetentionPolicy["keep"]>, reach: Reach): Generator<undefined, number> {
  let deleted = 0;
  for (const { id, graph } of meantRuns(store, reach)) {
    const most = typeof keep === "number" ? keep : keep(graph);
    if (most === undefined) continue;
    deleted += reach.unasked === true ? yield* thinUnasked(store, id, most) : store.prune(id, most);
    yield undefined;
  }
  return deleted;
}

function drain(steps: Generator<undefined, Went>): Went {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Invariants 3 and 4. */
function* thinUnasked(store: CheckpointStore, run: string, keep: number): Generator<undefined, number> {
  const before = store.run(run);
  if (before === undefined || !hasEnded(store, before)) return 0;
  const spared = yield* sparedOf(store, run, keep);
  if (spared === undefined) return 0;
  let deleted = 0;
  for (let piece = PIECE; piece === PIECE;) {
    piece = store.atomically(() => (store.run(run)?.head === before.head ? store.prune(run, keep, { spared, most: PIECE }) : 0)); // 4
    deleted += piece;
    yield undefined;
  }
  return deleted;
}

/** The runs that a reach is about, oldest first. */
function meantRuns(store: CheckpointStore, { only }: Reach): readonly StoredRun[] {
  if (only === undefined) return everyRun(store);
  const one = store.run(only);
  return one === undefined ? [] : [one];
}

function everyRun(store: CheckpointStore): readonly StoredRun[] {
  const found: StoredRun[] = [];
  for (let page = store.runs(undefined, { limit: RUNS }); page.length > 0;) {
    found.push(...page);
    const last = page.at(-1);
    page = last === undefined || page.length < RUNS ? [] : store.runs(undefined, { limit: RUNS, after: last.id });
  }
  return found.reverse();
}
