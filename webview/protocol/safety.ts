// What the plan in force means to the run shown and to its checkpoints.
import * as v from "valibot";

const reasonView = v.object({
  message: v.string(),
  /** Where: one of these, or none. What is named may be gone from the graph. */
  node: v.optional(v.string()),
  edge: v.optional(v.string()),
  channel: v.optional(v.string()),
});
/** One thing that keeps a checkpoint from going on as it is. */
export type ReasonView = v.InferOutput<typeof reasonView>;

export const certificatesView = v.object({
  /** Checkpoints of the run. */
  total: v.number(),
  /** They go on, by the graph as it is now. */
  mapped: v.number(),
  /** Their values need a migration first. */
  migrate: v.number(),
  /** They cannot go on, a checkpoint before them can. */
  replay: v.number(),
  /** Neither. */
  invalid: v.number(),
  /** The superstep to go back to, where it is the same for all. */
  from: v.optional(v.number()),
  /** The first ones, each once. */
  reasons: v.array(reasonView),
});
/** What the checkpoints of the run shown are worth. */
export type CertificatesView = v.InferOutput<typeof certificatesView>;

export const blockedView = v.object({
  /** `migrate`: its values need a migration; `lost`: something of it has no place in the graph any more. */
  why: v.picklist(["lost", "migrate"]),
  reasons: v.array(reasonView),
  /** The superstep of the nearest checkpoint before it that can go on. */
  ancestor: v.optional(v.number()),
  /** A migration is there; it is applied when the run goes on. */
  migration: v.boolean(),
});
/** Why the run shown cannot go on under the plan in force. */
export type BlockedView = v.InferOutput<typeof blockedView>;
