import { rebuildItems } from "../../../runtime/checkpoint/rebuild-items.js";
import type { CheckpointStore, StoredRun } from "../../../runtime/checkpoint/store.js";
import { RUN } from "./protocol.js";

/** What a run has finished as its store has it: nothing of this may ever run again. */
interface FinishedRun {
  /** All tasks up to this superstep. */
  readonly superstep: number;
  /** Tasks of the open superstep. */
  readonly tasks: ReadonlySet<string>;
  /** Task -> items of it. */
  readonly items: ReadonlyMap<string, ReadonlySet<number>>;
}

/** What the run and those inside it have finished. */
export class FinishedWork {
  readonly #runs: ReadonlyMap<string, FinishedRun>;

  constructor(runs: ReadonlyMap<string, FinishedRun>) {
    this.#runs = runs;
  }

  /** Whether the work of an idempotency key (`run/superstep/node`, of an item with its number) is finished. */
  has(key: string): boolean {
    const [run = "", superstep = "", node = "", item] = key.split("/");
    return this.hasTask(run, `${superstep}/${node}`, item === undefined ? undefined : Number(item));
  }

  /** Whether a task is, or an item of one. */
  hasTask(run: string, task: string, item?: number): boolean {
    const finished = this.#runs.get(run);
    if (finished === undefined) return false;
    if (Number(task.split("/")[0]) <= finished.superstep || finished.tasks.has(task)) return true;
    return item !== undefined && finished.items.get(task)?.has(item) === true;
  }

  /** The superstep that the outer run has finished. */
  get superstep(): number {
    return this.#runs.get(RUN)?.superstep ?? -1;
  }
}

/** As it stands in a store. */
export function finishedIn(store: CheckpointStore): FinishedWork {
  const outer = store.run(RUN);
  const all = outer === undefined ? [] : family(store, outer);
  return new FinishedWork(new Map(all.map((run) => [run.id, finishedOf(store, run)])));
}

function family(store: CheckpointStore, run: StoredRun): readonly StoredRun[] {
  return [run, ...store.nested(run.id).flatMap((inner) => family(store, inner))];
}

function finishedOf(store: CheckpointStore, { id, head }: StoredRun): FinishedRun {
  if (head === null) return { superstep: -1, tasks: new Set(), items: new Map() };
  const checkpoint = store.load(head);
  const tasks = new Set(checkpoint.frontier.results.map(({ task }) => task));
  const items = new Map<string, Set<number>>();
  const keep = (task: string, indexes: readonly number[]): void => {
    items.set(task, new Set([...(items.get(task) ?? []), ...indexes]));
  };
  for (const stored of rebuildItems(checkpoint, (each) => store.load(each))) {
    keep(
      stored.task,
      stored.items.map(({ index }) => index),
    );
  }
  for (const result of store.results(id, head)) {
    if ("kept" in result)
      keep(
        result.kept.task,
        result.kept.items.map(({ index }) => index),
      );
    else tasks.add(result.task);
  }
  return { superstep: checkpoint.frontier.superstep, tasks, items };
}
