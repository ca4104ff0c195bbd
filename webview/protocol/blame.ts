// Who gave channels the values that they have.
import * as v from "valibot";

export const writerView = v.object({
  /** For people: `lookup, superstep 3`. */
  text: v.string(),
  /** More, for people: when, in which checkpoint, who decided. */
  details: v.string(),
});
/** Who gave a channel its value. */
export type WriterView = v.InferOutput<typeof writerView>;

export const blameView = v.object({
  /** The checkpoint that it is asked of; null while there is none. */
  checkpoint: v.nullable(v.string()),
  /** By channel; those of which it cannot be told are absent. */
  writers: v.record(v.string(), writerView),
});
/** Who gave the channels of a run their values. */
export type BlameView = v.InferOutput<typeof blameView>;
