// The runs inside tasks, as the frontier of the outer run has them. Pure, but for the store that knows where they stand.
import type { Frontier, ReplayTerms, StoredNested } from "../checkpoint/checkpoint.js";
import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import type { Clock } from "../ports.js";
import { superstepOf } from "../checkpoint/checkpoint.js";
import { TraceRecorder } from "../trace/recorder.js";

/** The run inside a task, of this slot where it has several. */
export function nestedIn({ nested = [] }: Frontier, task: string, slot: string | undefined): StoredNested | undefined {
  return nested.find((entry) => entry.task === task && entry.slot === slot);
}

/** The frontier with a run that began inside a task; one that was there in its place is left behind. */
export function withNested(frontier: Frontier, begun: StoredNested): Frontier {
  const others = (frontier.nested ?? []).filter(({ task, slot }) => task !== begun.task || slot !== begun.slot);
  return { ...frontier, nested: [...others, begun] };
}

/** The frontier without the runs inside tasks that have a result. */
export function withoutFinished(frontier: Frontier): Frontier {
  if (frontier.nested === undefined) return frontier;
  const finished = new Set(frontier.results.map(({ task }) => task));
  return withNestedOnly(frontier, ({ task }) => !finished.has(task));
}

/** The frontier without the runs inside tasks of which this does not hold. */
export function withNestedOnly(frontier: Frontier, isOpen: (entry: StoredNested) => boolean): Frontier {
  const { nested, ...rest } = frontier;
  const open = nested?.filter(isOpen) ?? [];
  return open.length === (nested?.length ?? 0) ? frontier : open.length === 0 ? rest : { ...rest, nested: open };
}

/** The frontier with each run inside at the checkpoint where it stands now. */
export function atHeads(frontier: Frontier, store: CheckpointStore): Frontier {
  if (frontier.nested === undefined) return frontier;
  const heads = frontier.nested.map((entry) => ({ ...entry, checkpoint: store.run(entry.run)?.head ?? entry.checkpoint }));
  // In the order of tasks and their items, whoever began first.
  const bySlot = heads.toSorted((a, b) => Number(a.slot ?? 0) - Number(b.slot ?? 0));
  return { ...frontier, nested: frontier.due.flatMap(({ id }) => bySlot.filter(({ task }) => task === id)) };
}

/** The frontier with the runs that began inside its tasks after it was saved. */
export function withBegun(frontier: Frontier, begun: readonly StoredRun[]): Frontier {
  const due = new Set(frontier.due.map(({ id }) => id));
  let now = frontier;
  for (const { id, head, parent } of begun) {
    if (parent === undefined || head === null || !due.has(parent.task)) continue;
    const { task, slot } = parent;
    now = { ...withNested(now, { task, ...(slot === undefined ? {} : { slot }), run: id, checkpoint: head }), open: true };
  }
  return now;
}

/** Takes the runs inside a frontier's tasks back to where it has them, however deep. Throws `NOT_FOUND`, `CORRUPTED`. */
export function takeBack({ nested = [] }: Pick<Frontier, "nested">, store: CheckpointStore, clock: Clock, replay?: ReplayTerms): void {
  for (const { run, checkpoint } of nested) {
    const { frontier } = store.load(checkpoint);
    if (store.run(run)?.head !== checkpoint || replay !== undefined) {
      const trace = new TraceRecorder({ clock }, undefined, store.lastSeq(run));
      trace.record({ type: "restored", superstep: superstepOf(frontier), checkpoint, ...(replay === undefined ? {} : { replay }) });
      trace.handOver((events) => store.moveHead(run, checkpoint, events));
    }
    takeBack(frontier, store, clock);
  }
}
