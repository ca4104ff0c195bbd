// What is never thinned out unasked, beside the newest: a checkpoint that somebody asked for, those that branches begin at, and those
// that they end at. A person's doing is not undone by a rule.
import type { CheckpointSummary } from "./checkpoint.js";
import { familyOf } from "./run-facts.js";
import type { CheckpointStore } from "./store.js";

/** So many checkpoints are looked at between two pauses. */
const PAGE = 100;

/**
 * The checkpoints of a run, and of those inside it, that stay though they are not among the newest `keep` of their run; undefined where
 * no run has more than that. Pauses after each page.
 */
export function* sparedOf(store: CheckpointStore, run: string, keep: number): Generator<undefined, readonly string[] | undefined> {
  const spared: string[] = [];
  let isLong = false;
  for (const each of familyOf(store, run)) {
    const older = yield* olderOf(store, each, keep);
    isLong ||= older.length > 0;
    for (const { id, explicit, children } of older) if (explicit || children !== 1) spared.push(id);
  }
  return isLong ? spared : undefined;
}

interface Older {
  readonly id: string;
  readonly explicit: boolean;
  /** How many checkpoints of its run are made on it. */
  readonly children: number;
}

/** Those beyond the newest `keep`. A child is newer than its parent, so that all children are known when a checkpoint is come to. */
function* olderOf(store: CheckpointStore, run: string, keep: number): Generator<undefined, readonly Older[]> {
  const children = new Map<string, number>();
  const older: Older[] = [];
  let seen = 0;
  for (let page = pageOf(store, run); page.length > 0; page = pageOf(store, run, page.at(-1)?.id)) {
    for (const { id, parent, trigger } of page) {
      if (parent !== null) children.set(parent, (children.get(parent) ?? 0) + 1);
      if ((seen += 1) > keep) older.push({ id, explicit: trigger === "explicit", children: children.get(id) ?? 0 });
      children.delete(id);
    }
    yield undefined;
  }
  return older;
}

function pageOf(store: CheckpointStore, run: string, after?: string): readonly CheckpointSummary[] {
  return store.list(run, after === undefined ? { limit: PAGE } : { limit: PAGE, after });
}
