import type { CheckpointTrigger } from "../checkpoint/checkpoint.js";

/**
 * When what a run has done is safe from a killed process.
 * - `sync`: each checkpoint when it is made.
 * - `async`: before the run waits for anything (a handler process, a server, a person, the rest of the program), before anybody who
 *   listens is told, and when it stops. Only supersteps in one go of functions that run in this process can be lost, of some milliseconds:
 *   they are done again.
 * - `exit`: when it stops (it waits for a decision, is paused, fails, ends). What a killed process had done since is done again, with the
 *   same idempotency keys.
 */
export type Durability = (typeof durabilities)[number];

/** The modes there are. */
export const durabilities = ["sync", "async", "exit"] as const;

/** The mode where none is named. */
export const defaultDurability: Durability = "async";

/** Checkpoints of a run that goes on by itself: those that may be held back. */
const onTheWay: ReadonlySet<CheckpointTrigger> = new Set(["superstep", "barrier-resolved", "decided", "adaptive"]);

/** Whether a checkpoint may be held back. */
export function mayWait(durability: Durability, trigger: CheckpointTrigger): boolean {
  return durability !== "sync" && onTheWay.has(trigger);
}
