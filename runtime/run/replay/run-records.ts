// Where a store has the results of a task: looked up by the superstep that it is of, in all branches of the runs that count.
//
// 1. What the run has on the way to where it stands is no record of the superstep that it is in: that is asked for again.
// 2. What is found of a task is what counted in the end, once for each time that it ran; the newest comes first.
// 3. What the store had when the run was taken up is what is looked through, and of that no more than what is in the superstep asked for.
// 4. Where supersteps are left out by the policy, one that no checkpoint was made of is in a later one: for that the run is listed, once.
import { superstepOf, type Checkpoint, type CheckpointSummary, type StoredResult } from "../../checkpoint/checkpoint.js";
import { rebuildItems } from "../../checkpoint/rebuild-items.js";
import { isGiven } from "../interventions.js";
import { keptResult, passedResult, pendingResult } from "./kept-result.js";
import type { Beginning, RecordedItems, RecordedTask, RecordStore } from "./recorded.js";
import { allUpTo, decidedItems, idsIn, isPersons, isSame, read, revisionSince, standingAt, type Place } from "./read-records.js";

/** The results that runs have of supersteps from one on. */
export class RunRecords {
  readonly #store: RecordStore;
  /** The newest checkpoint of each run as it was when it was taken up: what came later is no record (invariant 3). */
  readonly #newest: readonly CheckpointSummary[];
  readonly #isSparse: boolean;
  /** Superstep -> the checkpoints that may have it though they are beyond it, newest first; undefined until it is asked for. */
  #beyond: ReadonlyMap<number, readonly Place[]> | undefined;
  readonly #standing: ReadonlySet<string>;
  /** Those that were looked at for the superstep that was asked for last, and for the one before. */
  #loaded = new Map<string, Checkpoint | undefined>();
  #loadedBefore = this.#loaded;
  #asked = -1;
  /** The newest superstep that may have a result. */
  readonly last: number;

  /** `head`: the checkpoint that the first of the runs stands at; null: none. `isSparse`: some supersteps may have no checkpoint. */
  constructor(store: RecordStore, runs: readonly string[], head: string | null, isSparse: boolean) {
    this.#store = store;
    this.#standing = head === null ? new Set() : standingAt(store, head);
    this.#newest = runs.flatMap((run) => store.list(run, { limit: 1 }));
    // The newest checkpoint may have results that came after it.
    this.last = Math.max(-1, ...runs.map((run) => store.lastSuperstep(run))) + 1;
    this.#isSparse = isSparse;
  }

  /** What is recorded of a task of a superstep. */
  *of(task: string, superstep: number): Generator<RecordedTask> {
    this.#ask(superstep);
    for (const checkpoint of this.#at(superstep)) yield* this.#in(checkpoint, task, superstep);
    if (this.#isSparse) for (const place of this.#placesBeyond(superstep)) yield* this.#across(place, task, superstep);
    for (const checkpoint of this.#at(superstep - 1)) yield* this.#after(checkpoint, task);
  }

  #ask(superstep: number): void {
    if (superstep === this.#asked) return;
    this.#asked = superstep;
    this.#loadedBefore = this.#loaded;
    this.#loaded = new Map();
  }

  /** Invariant 1. */
  *#at(superstep: number): Generator<Checkpoint> {
    for (const newest of this.#newest)
      for (const id of idsIn(this.#store, newest, superstep)) {
        const checkpoint = this.#standing.has(id) ? undefined : this.#load(id);
        if (checkpoint !== undefined) yield checkpoint;
      }
  }

  /** What a checkpoint in the superstep has of it. */
  *#in(checkpoint: Checkpoint, task: string, superstep: number): Generator<RecordedTask> {
    if (checkpoint.frontier.open) yield* this.#after(checkpoint, task);
    const kept = keptResult(checkpoint, task);
    const before = this.#before(checkpoint);
    if (kept === undefined || before === undefined || isPersons(checkpoint, before)) return;
    // The first that has it says more of how it began; it is, or was, asked by itself.
    if (checkpoint.frontier.open && this.#has(before, kept.result, superstep)) return;
    const first = this.#first(checkpoint, kept.result, superstep);
    const begun = this.#begun(first, superstep);
    if (begun === undefined) return;
    const { run, id, frontier } = checkpoint;
    yield {
      ...kept,
      run,
      checkpoint: id,
      closed: !frontier.open,
      revision: first.revision,
      begun,
      span: this.#span(checkpoint, superstep),
    };
  }

  /** Invariant 4. */
  #placesBeyond(superstep: number): readonly Place[] {
    this.#beyond ??= placesAcross(this.#newest.flatMap((newest) => [...allUpTo(this.#store, newest)]));
    return this.#beyond.get(superstep) ?? [];
  }

  /** What a checkpoint has of a superstep that was finished before it, since its parent. */
  *#across({ id, parent }: Place, task: string, superstep: number): Generator<RecordedTask> {
    const before = parent === null || this.#standing.has(id) ? undefined : this.#load(parent);
    if (before === undefined || superstepOf(before.frontier) > superstep) return;
    const { open, superstep: finished } = before.frontier;
    if (finished >= superstep || (isGiven(before.frontier) && superstep === finished + 1)) return;
    const checkpoint = this.#load(id);
    const passed = checkpoint === undefined ? undefined : passedResult(checkpoint, superstep, task);
    // What its parent has of it says more of how it began; it is asked by itself.
    if (checkpoint === undefined || passed === undefined || (open && this.#has(before, passed.result, superstep))) return;
    const begun = this.#begun(checkpoint, superstep);
    if (begun === undefined) return;
    const span = this.#span(checkpoint, superstep);
    yield { ...passed, run: checkpoint.run, checkpoint: id, closed: false, begun, span };
  }

  /** What was kept after a checkpoint of the superstep, and no other checkpoint has. */
  *#after(checkpoint: Checkpoint, task: string): Generator<RecordedTask> {
    const { run, id } = checkpoint;
    const result = this.#pending(checkpoint).findLast((each) => each.task === task);
    if (result === undefined) return;
    const revision = revisionSince(this.#store, checkpoint);
    const span = this.#span(checkpoint, superstepOf(checkpoint.frontier));
    yield {
      ...pendingResult(checkpoint, result),
      run,
      checkpoint: id,
      closed: false,
      revision,
      begun: { checkpoint: id, since: [] },
      span: new Set([...span, id]),
    };
  }

  /** The first checkpoint of the superstep that has the result: the plan and the values of that moment are the task's. */
  #first(checkpoint: Checkpoint, result: StoredResult, superstep: number): Checkpoint {
    let first = checkpoint;
    for (let before = this.#before(first); before !== undefined && this.#has(before, result, superstep); before = this.#before(first))
      first = before;
    return first;
  }

  #has(checkpoint: Checkpoint, result: StoredResult, superstep: number): boolean {
    if (!checkpoint.frontier.open || superstepOf(checkpoint.frontier) !== superstep) return false;
    const before = keptResult(checkpoint, result.task)?.result;
    return before !== undefined && isSame(before, result);
  }

  /** Undefined where what lies between is not known, or where it only stands for what an earlier one has. */
  #begun(first: Checkpoint, superstep: number): Beginning | undefined {
    const before = this.#before(first);
    if (before === undefined) return undefined;
    const { open, superstep: finished } = before.frontier;
    if (superstepOf(before.frontier) >= superstep) return open ? { checkpoint: before.id, since: [] } : undefined;
    const { earlier = [] } = first.channels;
    const since = earlier.filter((each) => each.superstep > finished && each.superstep < superstep);
    return since.length === superstep - 1 - finished ? { checkpoint: before.id, since: since.map(({ delta }) => delta) } : undefined;
  }

  #span(checkpoint: Checkpoint, superstep: number): ReadonlySet<string> {
    const span = new Set<string>();
    for (let at = this.#before(checkpoint); at !== undefined; at = this.#before(at)) {
      span.add(at.id);
      if (superstepOf(at.frontier) < superstep) break;
    }
    return span;
  }

  #before({ parent }: Checkpoint): Checkpoint | undefined {
    return parent === null ? undefined : this.#load(parent);
  }

  /** The items that a task had finished where it has not come to its end, once for each time that it ran. */
  *itemsOf(task: string, superstep: number): Generator<RecordedItems> {
    this.#ask(superstep);
    for (const checkpoint of [...this.#at(superstep), ...this.#at(superstep - 1)]) {
      const found = this.#itemsIn(checkpoint, task, superstep);
      if (found !== undefined) yield found;
    }
  }

  /** Items of several revisions are of none. */
  #itemsIn(checkpoint: Checkpoint, task: string, superstep: number): RecordedItems | undefined {
    const { frontier, run, id, revision } = checkpoint;
    const isOpen = frontier.open && superstepOf(frontier) === superstep;
    const due = frontier.due.find((each) => each.id === task);
    if (due === undefined || (!isOpen && superstepOf(frontier) !== superstep - 1)) return undefined;
    const saved = isOpen ? rebuildItems(checkpoint, (other) => this.#store.load(other)) : [];
    const pending = this.#store.results(run, id).flatMap((each) => ("kept" in each ? [each.kept] : []));
    const items = [...saved, ...pending].filter((each) => each.task === task);
    if (!items.some((each) => each.items.length > 0) || revisionSince(this.#store, checkpoint) !== revision) return undefined;
    const first = isOpen ? this.#opened(checkpoint, superstep) : checkpoint;
    if (first === undefined) return undefined;
    const begun = isOpen ? this.#begun(first, superstep) : { checkpoint: id, since: [] };
    const decided = decidedItems(frontier, task);
    return begun === undefined ? undefined : { items, revision, begun, decided, ...(due.input === undefined ? {} : { input: due.input }) };
  }

  /** The first checkpoint at which a superstep was open on the way to this one; undefined where the plan has changed in between. */
  #opened(checkpoint: Checkpoint, superstep: number): Checkpoint | undefined {
    let first = checkpoint;
    for (let before = this.#before(first); before?.frontier.open === true; before = this.#before(first)) {
      if (superstepOf(before.frontier) !== superstep) break;
      if (before.revision !== checkpoint.revision) return undefined;
      first = before;
    }
    return first;
  }

  #pending({ run, id }: Checkpoint): readonly StoredResult[] {
    return this.#store.results(run, id).flatMap((each) => ("kept" in each ? [] : [each]));
  }

  /** Undefined for one that was deleted, or is damaged: what it had is not recorded any more. */
  #load(id: string): Checkpoint | undefined {
    if (!this.#loaded.has(id)) this.#loaded.set(id, this.#loadedBefore.has(id) ? this.#loadedBefore.get(id) : read(this.#store, id));
    return this.#loaded.get(id);
  }
}

/** By superstep the checkpoints, newest first, that are beyond it and whose parents are not. */
function placesAcross(places: readonly Place[]): ReadonlyMap<number, readonly Place[]> {
  const steps = new Map(places.map(({ id, superstep }) => [id, superstep]));
  const across = new Map<number, Place[]>();
  for (const place of places) {
    const since = place.parent === null ? undefined : steps.get(place.parent);
    for (let superstep = since ?? place.superstep; superstep < place.superstep; superstep += 1) {
      const known = across.get(superstep);
      if (known === undefined) across.set(superstep, [place]);
      else known.push(place);
    }
  }
  return across;
}
