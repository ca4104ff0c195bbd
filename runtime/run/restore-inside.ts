// Going back to a checkpoint of a run inside a task: the run around it stands before that task's end, too, and so on outwards.
//
// 1. Nothing is lost: each run gets a checkpoint of its own for where it stands now; what came after stays in the store.
// 2. The results of tasks beside it are kept as far as a checkpoint of the outer run has them.
import type { Checkpoint, Frontier, ReplayTerms, StoredNested } from "../checkpoint/checkpoint.js";
import type { CheckpointStore, ParentTask } from "../checkpoint/store.js";
import { PatchbayError } from "../errors.js";
import type { Clock, Ids } from "../ports.js";
import { TraceRecorder } from "../trace/recorder.js";
import { outdated, passedOn } from "./inner-questions.js";
import { takeBack, withNested } from "./nested-entries.js";
import { RECORDED } from "./replay/look-back.js";
import { openQuestions, storedQuestion, withAsked } from "./questions.js";

interface Services {
  readonly store: CheckpointStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A checkpoint of a run, and what is to stand where inside one of its tasks. */
export interface PlaceInside {
  readonly checkpoint: string;
  readonly nested: StoredNested;
}

/**
 * Where a run must stand for a checkpoint of a run inside it, however deep, to be where that one stands; the runs between the two
 * are taken there. Throws `NOT_FOUND` for a checkpoint that is not inside the run.
 */
export function placeInside(run: string, checkpoint: string, services: Services): PlaceInside {
  const { store } = services;
  const inner = store.load(checkpoint).run;
  const parent = store.run(inner)?.parent;
  if (parent === undefined) throw new PatchbayError("NOT_FOUND", `Checkpoint ${checkpoint} is of another run.`, { checkpoint });
  const { task, slot } = parent;
  const nested = { task, ...(slot === undefined ? {} : { slot }), run: inner, checkpoint };
  const place = { checkpoint: newestWith(store, inner, parent), nested };
  if (parent.run === run) return place;
  return placeInside(run, branch(parent.run, place, services), services);
}

/**
 * Takes a stored run that nobody drives back to one of its checkpoints, with the runs inside its tasks; a checkpoint of a run inside
 * takes the outermost run back to where that task is open. Gives the checkpoint that the outermost run stands at. Throws `NOT_FOUND`,
 * `CORRUPTED`. `replay`: which recorded results count from there on.
 */
export function restoreStored(checkpoint: string, services: Services, replay?: ReplayTerms): Checkpoint {
  const { store, clock } = services;
  const target = store.load(checkpoint);
  const run = outermost(store, target.run);
  if (run === target.run) {
    takeBack({ nested: [{ task: "", run, checkpoint }] }, store, clock, replay);
    return target;
  }
  const place = placeInside(run, checkpoint, services);
  const stand = store.load(branch(run, place, services, replay));
  takeBack(stand.frontier, store, clock);
  return stand;
}

function outermost(store: CheckpointStore, run: string): string {
  const parent = store.run(run)?.parent;
  return parent === undefined ? run : outermost(store, parent.run);
}

/** The frontier with a run at its place inside a task, and its open questions. */
export function standingInside(frontier: Frontier, nested: StoredNested, { store, clock }: Pick<Services, "store" | "clock">): Frontier {
  const { error: _past, ...open } = { ...withNested(frontier, nested), status: "running", open: true } as const;
  const task = frontier.due.find(({ id }) => id === nested.task);
  if (task === undefined) throw new PatchbayError("NOT_FOUND", `Task ${nested.task} is not due there.`, { task: nested.task });
  const inside = openQuestions(store.load(nested.checkpoint).frontier);
  const asked = passedOn(nested.run, nested.slot, inside).map((draft) => storedQuestion(task, draft, clock.now()));
  const stale = outdated({ ...open, questions: open.questions.filter(({ inner }) => inner?.run === nested.run) }, new Set([task.id]), []);
  return {
    ...open,
    results: open.results.filter((result) => result.task !== task.id),
    questions: withAsked(
      open.questions.filter(({ key }) => !stale.has(key)),
      asked,
    ),
    decisions: Object.fromEntries(Object.entries(open.decisions).filter(([key]) => !stale.has(key))),
  };
}

/** The newest checkpoint of the outer run in which the inner one is open; else the one that stood when it began. */
function newestWith(store: CheckpointStore, inner: string, { run, since }: ParentTask): string {
  for (let after: string | undefined; ;) {
    const page = store.list(run, after === undefined ? {} : { after });
    for (const { id } of page) {
      if (id === since) return since;
      if (store.load(id).frontier.nested?.some((nested) => nested.run === inner) === true) return id;
    }
    after = page.at(-1)?.id;
    if (after === undefined) return since;
  }
}

/** A new checkpoint of a run, on one that it has, with a run at its place inside a task. The run stands there then. */
function branch(run: string, { checkpoint, nested }: PlaceInside, services: Services, replay?: ReplayTerms): string {
  const { store, clock, ids } = services;
  const before = store.load(checkpoint);
  const trace = new TraceRecorder({ clock }, undefined, store.lastSeq(run));
  trace.record({ type: "restored", superstep: before.frontier.superstep + 1, checkpoint });
  const after: Checkpoint = {
    ...before,
    id: ids.next(),
    parent: checkpoint,
    trigger: "paused",
    at: clock.now(),
    traceSeq: trace.seq,
    frontier: { ...standingInside(before.frontier, nested, services), replay: replay ?? RECORDED },
    channels: { delta: [] },
  };
  trace.handOver((events) => store.save(after, events));
  return after.id;
}
