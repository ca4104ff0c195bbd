// What the inspector asks about channels and types.
import * as v from "valibot";

const place = v.object({
  node: v.exactOptional(v.string()),
  edge: v.exactOptional(v.string()),
  /** What people call it. */
  text: v.string(),
  /** It may, as it says nothing of channels: not that it does. */
  perhaps: v.boolean(),
});
/** A node or an edge that uses a channel. */
export type ChannelUser = v.InferOutput<typeof place>;

export const channelUsesView = v.object({
  readers: v.array(place),
  writers: v.array(place),
  /** Nodes whose code is given it, or may write it: a rename does not reach into that. */
  code: v.array(v.string()),
  /** Its declaration in TypeScript; empty where it cannot be read. */
  declaration: v.string(),
});
/** Who uses a channel. */
export type ChannelUsesView = v.InferOutput<typeof channelUsesView>;

export const typesView = v.object({
  /** Declarations in TypeScript; empty where there are none. */
  text: v.string(),
});
