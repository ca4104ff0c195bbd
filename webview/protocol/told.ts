// What tasks say while they are at work.
import * as v from "valibot";

export const toldView = v.object({
  /** Node -> the end of what its task has said, of those that have said something since the last message. */
  tails: v.record(v.string(), v.string()),
  /** Of the node that is listened to: what was added. `at`: how many characters came before; `speech`: tells a task's words from another's. */
  added: v.optional(v.object({ node: v.string(), speech: v.number(), at: v.number(), text: v.string() })),
});
/** What tasks have said since the last message. */
export type ToldView = v.InferOutput<typeof toldView>;

export const toldText = v.object({
  /** Tells a task's words from another's. */
  speech: v.number(),
  /** All of it, or the end where it is long. */
  text: v.string(),
  /** How many characters there were in all. */
  length: v.number(),
});
/** What the last task of a node has said. */
export type ToldText = v.InferOutput<typeof toldText>;
