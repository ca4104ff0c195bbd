import type { CheckpointStore } from "../checkpoint/store.js";
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
 * then on. Every checkpoint and every trace event of the lineage is copied, under new ids and numbers. Gives the new run's id.
 * Throws `NOT_FOUND`, `CORRUPTED`.
 */
export function cloneRun(checkpoint: string, { store, clock, ids }: CloneServices, id?: string): string {
  const source = store.load(checkpoint).run;
  const { graph } = store.run(source) ?? missing(source);
  const lineage = store.lineage(checkpoint).toReversed();
  const names = new Map(lineage.map((summary) => [summary.id, ids.next()]));
  const events = store.trace(source, checkpoint);
  const trace = events.map((event, place) => renamed({ ...event, seq: place + 1 }, names));
  const run = id ?? ids.next();
  store.createRun({ id: run, graph, startedAt: clock.now(), head: null });
  let saved = 0;
  let head: string | null = null;
  for (const summary of lineage) {
    const until = events.findLastIndex((event) => event.seq <= summary.traceSeq) + 1;
    const parent: string | null = head;
    head = names.get(summary.id) ?? ids.next();
    store.save({ ...store.load(summary.id), id: head, run, parent, traceSeq: until }, trace.slice(saved, until));
    saved = Math.max(saved, until);
  }
  if (head !== null) {
    if (saved < trace.length) store.appendTrace(run, head, trace.slice(saved));
    for (const result of store.results(source, checkpoint)) store.saveResult(run, head, result);
  }
  return run;
}

function renamed(event: TraceEvent, names: ReadonlyMap<string, string>): TraceEvent {
  return event.type === "checkpoint" || event.type === "restored"
    ? { ...event, checkpoint: names.get(event.checkpoint) ?? event.checkpoint }
    : event;
}

function missing(run: string): never {
  throw new PatchbayError("NOT_FOUND", `There is no run ${run} in this store.`, { run });
}
