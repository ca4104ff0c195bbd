import type { TraceEvent } from "../../trace/event.js";
import type { RecordStore } from "./recorded.js";

/** What people do to a run by which it comes to something else. */
const byPeople: ReadonlySet<TraceEvent["type"]> = new Set([
  "decision",
  "input",
  "edited",
  "state-edited",
  "moved",
  "route-forced",
  "route-overridden",
]);

/** Whether people had a part in what runs inside a task came to. `span`: the checkpoints from which on they may have begun. */
export function wasDecidedInside(store: RecordStore, run: string, task: string, span: ReadonlySet<string>): boolean {
  return store.nested(run).some(({ id, parent }) => parent?.task === task && span.has(parent.since) && wasDecided(store, id));
}

function wasDecided(store: RecordStore, run: string): boolean {
  return store.trace(run).some(({ type }) => byPeople.has(type)) || store.nested(run).some(({ id }) => wasDecided(store, id));
}
