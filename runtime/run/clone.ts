// Copies of histories. A copy shares nothing with what it was made of: neither do the runs inside its tasks.
import type { Checkpoint, CheckpointSummary, Frontier, StoredNested } from "../checkpoint/checkpoint.js";
import type { CheckpointStore, ParentTask } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import type { Clock, Ids } from "../ports.js";
import type { TraceEvent } from "../trace/event.js";

/** What is needed to copy a history. */
export interface CloneServices {
  readonly store: CheckpointStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Copies the history that leads to a checkpoint into a run of its own, which stands there and shares nothing with the first from
 * then on. Every checkpoint and every trace event of the lineage is copied, under new ids and numbers, and so are the runs inside
 * its tasks as far as its checkpoints have them. `graph`: the name of the graph that it is a run of; the same, unless given. Gives the
 * new run's id. Throws `NOT_FOUND`, `CORRUPTED`.
 */
export function cloneRun(checkpoint: string, services: CloneServices, id = services.ids.next(), graph?: string): string {
  const source = services.store.load(checkpoint).run;
  services.store.atomically(() => new RunCopy(source, id, [checkpoint], services).make(checkpoint, undefined, graph));
  return id;
}

/** One run on its way to another: the lineages of some of its checkpoints. */
class RunCopy {
  readonly #source: string;
  readonly #target: string;
  readonly #tips: readonly string[];
  readonly #services: CloneServices;
  /** Checkpoint -> its copy. */
  readonly #names = new Map<string, string>();
  /** Run inside a task -> its copy, once that is made. */
  readonly #inner = new Map<string, RunCopy>();

  constructor(source: string, target: string, tips: readonly string[], services: CloneServices) {
    this.#source = source;
    this.#target = target;
    this.#tips = tips;
    this.#services = services;
  }

  /** Makes it, standing at the copy of `head`. */
  make(head: string, parent?: ParentTask, graph?: string): void {
    const { store, clock, ids } = this.#services;
    const stored = store.run(this.#source) ?? missing(this.#source);
    const lineage = this.#checkpoints();
    for (const { id } of lineage) this.#names.set(id, ids.next());
    const events = this.#events();
    const trace = events.map((event, place) => this.#renamed({ ...event, seq: place + 1 }));
    store.createRun({
      id: this.#target,
      graph: graph ?? stored.graph,
      startedAt: clock.now(),
      head: null,
      ...(parent === undefined ? {} : { parent }),
    });
    const loaded = lineage.map(({ id }) => store.load(id));
    let saved = 0;
    for (const [place, checkpoint] of loaded.entries()) {
      const until = events.findLastIndex((event) => event.seq <= checkpoint.traceSeq) + 1;
      const before = lineage[place - 1];
      this.#copyInner(checkpoint.frontier, loaded, before?.id ?? checkpoint.id);
      store.save({ ...this.#copied(checkpoint), traceSeq: until }, trace.slice(saved, until));
      saved = Math.max(saved, until);
    }
    const stand = this.#name(head);
    if (lineage.at(-1)?.id !== head) store.moveHead(this.#target, stand, []);
    if (saved < trace.length) store.appendTrace(this.#target, stand, trace.slice(saved));
    for (const tip of this.#tips)
      for (const result of store.results(this.#source, tip)) store.saveResult(this.#target, this.#name(tip), result);
    this.#copyBegun(head);
  }

  /** The checkpoints that lead to the tips, in the order in which they were made. */
  #checkpoints(): readonly CheckpointSummary[] {
    const found = new Map(this.#tips.flatMap((tip) => this.#services.store.lineage(tip).map((each) => [each.id, each] as const)));
    return [...found.values()].toSorted((a, b) => a.traceSeq - b.traceSeq);
  }

  #events(): readonly TraceEvent[] {
    const { store } = this.#services;
    const found = new Map(this.#tips.flatMap((tip) => store.trace(this.#source, tip).map((event) => [event.seq, event] as const)));
    return [...found.values()].toSorted((a, b) => a.seq - b.seq);
  }

  /** Copies the runs inside a checkpoint's tasks that no earlier one had, with all places at which later ones have them. */
  #copyInner({ nested = [] }: Frontier, all: readonly Checkpoint[], since: string): void {
    for (const { run, task, slot } of nested) {
      if (this.#inner.has(run)) continue;
      const places = all.flatMap(({ frontier }) => frontier.nested?.filter((each) => each.run === run) ?? []);
      const last = places.at(-1)?.checkpoint;
      if (last === undefined) continue;
      const tips = [...new Set(places.map(({ checkpoint }) => checkpoint))];
      this.#copyRun(run, tips, last, { run: this.#target, task, ...(slot === undefined ? {} : { slot }), since: this.#name(since) });
    }
  }

  /** Those that began after the checkpoint at which the copy stands. */
  #copyBegun(head: string): void {
    const { store } = this.#services;
    for (const { id, head: stand, parent } of store.nested(this.#source, head)) {
      if (stand === null || parent === undefined || this.#inner.has(id)) continue;
      this.#copyRun(id, [stand], stand, { ...parent, run: this.#target, since: this.#name(head) });
    }
  }

  #copyRun(run: string, tips: readonly string[], head: string, parent: ParentTask): void {
    const copy = new RunCopy(run, this.#services.ids.next(), tips, this.#services);
    this.#inner.set(run, copy);
    copy.make(head, parent);
  }

  #copied(checkpoint: Checkpoint): Checkpoint {
    const { id, parent, frontier } = checkpoint;
    return {
      ...checkpoint,
      id: this.#name(id),
      run: this.#target,
      parent: parent === null ? null : this.#name(parent),
      frontier: this.#inner.size === 0 ? frontier : this.#withInner(frontier),
    };
  }

  #withInner({ nested, ...frontier }: Frontier): Frontier {
    const questions = frontier.questions.map((question) =>
      question.inner === undefined ? question : { ...question, inner: { ...question.inner, run: this.#innerRun(question.inner.run) } },
    );
    const moved = nested?.map((entry): StoredNested => {
      const copy = this.#inner.get(entry.run);
      return copy === undefined ? entry : { ...entry, run: copy.#target, checkpoint: copy.#name(entry.checkpoint) };
    });
    return { ...frontier, questions, ...(moved === undefined ? {} : { nested: moved }) };
  }

  #innerRun(run: string): string {
    const copy = this.#inner.get(run);
    return copy === undefined ? run : copy.#target;
  }

  #name(checkpoint: string): string {
    return this.#names.get(checkpoint) ?? checkpoint;
  }

  #renamed(event: TraceEvent): TraceEvent {
    if (event.type !== "checkpoint" && event.type !== "restored" && event.type !== "task-replayed") return event;
    return { ...event, checkpoint: this.#name(event.checkpoint) };
  }
}

function missing(run: string): never {
  throw new PatchbayError("NOT_FOUND", `There is no run ${run} in this store.`, { run });
}
