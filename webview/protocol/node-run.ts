import * as v from "valibot";

export const nodeRunView = v.object({
  status: v.picklist(["due", "running", "waiting", "done", "failed"]),
  /** How often it finished in this run. */
  count: v.number(),
  /** Milliseconds of the last finished task. */
  ms: v.optional(v.number()),
  error: v.optional(v.string()),
  /** Its last result was recorded before, and counted again: it did not run. */
  replayed: v.optional(v.literal(true)),
  /** How its last task was done otherwise than by its own work: with an earlier result, by its fallback, or not at all, as it is disabled. */
  by: v.optional(v.picklist(["cached", "fallback", "bypassed"])),
  /** How many attempts failed and were repeated when it ran last. */
  retried: v.optional(v.number()),
  /** The attempt that a task is at after one has failed, or waits for until `from`, in milliseconds since the epoch; `of`: attempts in all. */
  attempt: v.optional(v.object({ number: v.number(), of: v.optional(v.number()), from: v.number() })),
  /** Of a node that has several tasks in the superstep at work. */
  tasks: v.optional(v.object({ running: v.number(), done: v.number(), failed: v.number(), total: v.number() })),
  /** Of a node that works on the items of a list: how many are finished, how many of them failed, how many there are. */
  items: v.optional(v.object({ done: v.number(), failed: v.number(), total: v.number() })),
  /** The run inside the node's task, while it is at work: its superstep, and what runs in there; with several: how many there are. */
  inside: v.optional(v.object({ runs: v.number(), superstep: v.number(), running: v.array(v.string()), due: v.array(v.string()) })),
});
/** A node's state in the run shown. Nodes that were never due are absent. */
export type NodeRunView = v.InferOutput<typeof nodeRunView>;
