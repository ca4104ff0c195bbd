// What the debugger has to do with the graph: its breakpoints, and where it stands.
import * as v from "valibot";

/** When a breakpoint of a node or edge stops. */
export const breakpointPlace = v.picklist(["before", "after", "taken", "tested"]);

export const breakpointView = v.object({
  at: breakpointPlace,
  kind: v.picklist(["plain", "conditional", "log"]),
  enabled: v.boolean(),
  /** Its condition, hit count and message, in a line; empty where it has none. */
  text: v.string(),
  /** Why it cannot be met. */
  problem: v.exactOptional(v.string()),
});
/** A breakpoint of a node or edge. */
export type BreakpointView = v.InferOutput<typeof breakpointView>;

const byId = v.record(v.string(), v.array(breakpointView));

export const debugView = v.object({
  /** By id of what they belong to; never an empty list. */
  nodes: byId,
  edges: byId,
  /** The node of the stack frame that the debugger shows; absent while nothing is debugged here, or it moves. */
  at: v.exactOptional(v.string()),
});
/** Where runs of the graph stop, and where one stands. */
export type DebugView = v.InferOutput<typeof debugView>;
