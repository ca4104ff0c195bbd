import type { ChannelRecord } from "../checkpoint/channel-record.js";
import type { ReducerName } from "../model/graph.js";
import type { NodeId } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import type { TraceEvent } from "../trace/event.js";

/** Where a change of a channel comes from, as the history has it. */
export type Origin =
  /** What a superstep wrote; `nth`: which of that node's tasks, from 0. */
  | {
      readonly by: "write";
      readonly record: ChannelRecord;
      readonly superstep: number;
      readonly node: NodeId;
      readonly task?: string;
      readonly nth: number;
    }
  /** What was for one superstep alone is gone after it. */
  | { readonly by: "end"; readonly record: ChannelRecord; readonly superstep: number }
  /** A base has values that nobody wrote: they were given, or another graph has other ones. */
  | { readonly by: "given" | "graph"; readonly record: ChannelRecord }
  /** What the trace has of checkpoints that are deleted; `record`: the one that it is in, where that is left. */
  | { readonly by: "told"; readonly event: TraceEvent; readonly record?: ChannelRecord };

/** The value of a channel at a moment; `reducer` is absent where the graph of then has no such channel. */
export interface KnownValue {
  readonly value?: JsonValue;
  readonly reducer?: ReducerName;
}

/** Something that may have given a channel another value. */
export type Change = { readonly origin: Origin } & (
  | { readonly kind: "write"; readonly write: JsonValue }
  | { readonly kind: "clear" }
  /** Nothing is folded. Without `reducer` that of before stays. */
  | { readonly kind: "set"; readonly known: KnownValue }
);

/** A stretch of history that begins with a known value. */
export interface Segment {
  readonly start: KnownValue;
  /** Since then, oldest first. */
  readonly changes: readonly Change[];
}
