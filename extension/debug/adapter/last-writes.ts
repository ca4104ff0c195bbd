import type { StoredResult } from "../../../runtime/checkpoint/checkpoint.js";
import type { Moment } from "../../../runtime/run/moment.js";

/** What the tasks that finished last have written, in task order; of the open superstep, those that have finished so far. */
export function lastWrites({ frontier, finished }: Moment): readonly Pick<StoredResult, "node" | "writes">[] {
  const done: readonly Pick<StoredResult, "node" | "writes">[] = frontier.open ? frontier.results : finished;
  return done.filter(({ writes }) => Object.keys(writes).length > 0);
}
