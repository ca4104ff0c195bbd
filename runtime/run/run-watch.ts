import type { Moment } from "./moment.js";
import type { FailedAttempt } from "./retries.js";

/** Looks on while a run is driven, and while those inside its tasks are, and stops them on the way. */
export interface RunWatch {
  /** A run is about to be driven on without a stop. Whether it stays where it stands. */
  stays(run: WatchedRun): boolean;
  /** A run has finished a superstep and could go on. Whether it stops there. */
  stops(run: WatchedRun): boolean;
  /** An attempt of a task has failed, and another follows. Whether the run stops before that one, once the tasks beside it have ended. */
  stopsAtRetry?(run: WatchedRun, failed: FailedAttempt): boolean;
}

/** A run, as somebody sees it who looks on. */
export interface WatchedRun {
  readonly id: string;
  /** The graphs that lead to its own from that of the outermost run, each by the path that the one around it names it by. */
  readonly within: readonly string[];
  readonly moment: Moment;
}
