import type { CheckpointStore } from "../checkpoint/store.js";
import type { TraceEvent } from "../trace/event.js";
import { TAIL_LIMIT } from "../trace/recorder.js";

/**
 * The newest events of what led to a checkpoint of a run, up to a number, oldest first: what its trace begins with when it stands there.
 * `last`: the number of the run's last event when this is read. The checkpoint may have been deleted since. Throws `NOT_FOUND`.
 */
export function newestEvents(
  store: Pick<CheckpointStore, "trace">,
  run: string,
  checkpoint: string,
  until: number,
  last: number,
): readonly TraceEvent[] {
  return store.trace(run, checkpoint, TAIL_LIMIT + last - until).filter(({ seq }) => seq <= until);
}
