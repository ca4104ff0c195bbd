// What a merge left to decide in a graph.
import * as v from "valibot";

const decide = v.picklist(["here", "ours", "theirs", "base"]);

export const conflictChoice = v.object({ at: v.string(), take: decide });

const value = v.exactOptional(v.unknown());

export const conflictView = v.object({
  /** JSON Pointer: its name in the document. */
  at: v.string(),
  /** For people: `retry.attempts`; empty where the whole entry is meant. */
  field: v.string(),
  node: v.exactOptional(v.string()),
  edge: v.exactOptional(v.string()),
  /** Of what is no node or edge: `channels.total`. */
  name: v.string(),
  /** What it was, and what each side has; a side without a value has deleted it, or never had it. */
  base: value,
  ours: value,
  theirs: value,
  /** How it can be decided, in the words of the quick fixes. */
  ways: v.array(v.object({ take: decide, title: v.string() })),
  /** Where a node stood that is not there any more. */
  place: v.exactOptional(v.tuple([v.number(), v.number()])),
});
/** A place that both sides of a merge changed. */
export type ConflictView = v.InferOutput<typeof conflictView>;
