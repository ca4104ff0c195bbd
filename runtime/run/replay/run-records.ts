// Where a store has the results of a task: looked up by the superstep that it is of, in all branches of the runs that count.
//
// 1. What the run has on the way to where it stands is no record of the superstep that it is in: that is asked for again.
// 2. What is found of a task is what counted in the end, once for each time that it ran; the newest comes first.
// 3. What the store had when the run was taken up is what is looked through, and of that no more than what is in the superstep asked for.
import {
  superstepOf,
  type ChannelWrites,
  type Checkpoint,
  type CheckpointSummary,
  type StoredResult,
} from "../../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../../checkpoint/store.js";
import { PatchbayError } from "../../errors.js";
import { sameJson } from "../../document/same-json.js";
import { isGiven } from "../interventions.js";
import { keptResult, pendingResult, type KeptResult } from "./kept-result.js";

/** What records are read from. */
export type RecordStore = Pick<CheckpointStore, "list" | "lastSuperstep" | "load" | "results" | "nested" | "trace">;

/** Where the values stand that a task found. */
export interface Beginning {
  readonly checkpoint: string;
  /** What supersteps wrote after that which no checkpoint has, oldest first. */
  readonly since: readonly ChannelWrites[];
}

/** A task that finished before. */
export interface RecordedTask extends KeptResult {
  readonly run: string;
  /** The checkpoint that has it; of a result that none has the one that it came after. */
  readonly checkpoint: string;
  /** Whether that checkpoint has its superstep finished. */
  readonly closed: boolean;
  /** Revision of the graph that it ran under. */
  readonly revision: string;
  readonly begun: Beginning;
  /** The checkpoints at which its superstep was open, and the one before. */
  readonly span: ReadonlySet<string>;
}

/** Checkpoints of a superstep that are asked for at once: mostly the newest has what is looked for. */
const AT_ONCE = 16;

/** The results that runs have of supersteps from one on. */
export class RunRecords {
  readonly #store: RecordStore;
  /** The newest checkpoint of each run as it was when it was taken up: what came later is no record (invariant 3). */
  readonly #newest: readonly CheckpointSummary[];
  readonly #standing: ReadonlySet<string>;
  /** Those of the superstep that was asked for last, and of the one before. */
  #loaded = new Map<string, Checkpoint | undefined>();
  #asked = -1;
  /** The newest superstep that may have a result. */
  readonly last: number;

  /** `head`: the checkpoint that the first of the runs stands at; null: none. */
  constructor(store: RecordStore, runs: readonly string[], head: string | null) {
    this.#store = store;
    this.#standing = head === null ? new Set() : standingAt(store, head);
    this.#newest = runs.flatMap((run) => store.list(run, { limit: 1 }));
    // The newest checkpoint may have results that came after it.
    this.last = Math.max(-1, ...runs.map((run) => store.lastSuperstep(run))) + 1;
  }

  /** What is recorded of a task of a superstep. */
  *of(task: string, superstep: number): Generator<RecordedTask> {
    if (superstep !== this.#asked) [this.#asked, this.#loaded] = [superstep, new Map()];
    for (const checkpoint of this.#at(superstep)) yield* this.#in(checkpoint, task, superstep);
    for (const checkpoint of this.#at(superstep - 1)) yield* this.#after(checkpoint, task);
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

  #pending({ run, id }: Checkpoint): readonly StoredResult[] {
    return this.#store.results(run, id).flatMap((each) => ("kept" in each ? [] : [each]));
  }

  /** Undefined for one that was deleted, or is damaged: what it had is not recorded any more. */
  #load(id: string): Checkpoint | undefined {
    if (!this.#loaded.has(id)) this.#loaded.set(id, read(this.#store, id));
    return this.#loaded.get(id);
  }
}

/** Where a run stands, and what it has of that superstep. */
function standingAt(store: RecordStore, head: string): ReadonlySet<string> {
  const standing = new Set<string>();
  for (let id: string | null = head; id !== null;) {
    const { frontier, parent }: Checkpoint = store.load(id);
    standing.add(id);
    id = frontier.open ? parent : null;
  }
  return standing;
}

function read(store: RecordStore, id: string): Checkpoint | undefined {
  try {
    return store.load(id);
  } catch (error) {
    if (error instanceof PatchbayError && (error.code === "NOT_FOUND" || error.code === "CORRUPTED")) return undefined;
    throw error;
  }
}

/** The checkpoints of a run in a superstep, newest first, up to the one that was its newest. */
function* idsIn(store: RecordStore, newest: CheckpointSummary, superstep: number): Generator<string> {
  if (newest.superstep === superstep) yield newest.id;
  for (let { id: after } = newest; ;) {
    const page = store.list(newest.run, { superstep, limit: AT_ONCE, after });
    for (const { id } of page) yield id;
    after = page.at(-1)?.id ?? after;
    if (page.length < AT_ONCE) return;
  }
}

/** A superstep that a person wrote is no task's. */
function isPersons({ trigger, frontier }: Checkpoint, before: Checkpoint): boolean {
  if (trigger === "started" || trigger === "input") return true;
  return (trigger === "edited" && !frontier.open) || isGiven(frontier) || isGiven(before.frontier);
}

/** What goes back to a default is stored as a write of that. */
function isSame(open: StoredResult, other: StoredResult): boolean {
  const same = sameJson([open.action, open.goto, open.error], [other.action, other.goto, other.error]);
  return same && (open.cleared !== undefined || sameJson(open.writes, other.writes));
}

/** Another plan may have come into force after it was saved. */
function revisionSince(store: RecordStore, { run, id, revision, traceSeq }: Checkpoint): string {
  const last = store.trace(run, id, 1).findLast((event) => event.type === "recompile" && event.seq > traceSeq);
  return last?.type === "recompile" ? last.revision : revision;
}
