import type { RecordStore } from "./recorded.js";

/** Whether people had a part in what runs inside a task came to. `span`: the checkpoints from which on they may have begun. */
export function wasDecidedInside(store: RecordStore, run: string, task: string, span: ReadonlySet<string>): boolean {
  return store.nested(run).some(({ id, parent }) => parent?.task === task && span.has(parent.since) && wasDecided(store, id));
}

function wasDecided(store: RecordStore, run: string): boolean {
  return store.trace(run).some(({ type }) => type === "decision") || store.nested(run).some(({ id }) => wasDecided(store, id));
}
