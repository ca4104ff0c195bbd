import type { ChannelName, EdgeId, NodeId } from "../model/ids.js";
import type { Path } from "../blame/channel-path.js";
import type { StoredTask } from "../checkpoint/checkpoint.js";
import type { FinishedTask } from "../run/moment.js";
import type { TakenRoute } from "../run/taken-route.js";

/**
 * What a run stops at. `before`: a task of the node is about to run; `after`: it has finished. `tested`: the edge's node has finished, and its
 * routes were taken, whether along this edge (`taken`) or not. `written`: a task has written the channel; with a path: what stands there has
 * another value than before.
 */
export type BreakPlace =
  | { readonly at: "before" | "after"; readonly node: NodeId }
  | { readonly at: "tested" | "taken"; readonly edge: EdgeId }
  | { readonly at: "written"; readonly channel: ChannelName; readonly path?: Path };

/** Where a run is to stop, and when. */
export interface Breakpoint {
  readonly id: number;
  readonly place: BreakPlace;
  /** CEL over the channels, `input`, `output` and `run`: it counts only where that is true. */
  readonly condition?: string;
  /** How often it must have counted: `5` the fifth time alone, `> 5`, `>= 5`, `< 5`, `<= 5`, `% 5` each fifth time. */
  readonly hits?: string;
  /** Told instead of stopping; CEL stands in braces. */
  readonly log?: string;
}

/** What a breakpoint met. */
export interface Hit {
  readonly breakpoint: Breakpoint;
  /** The task it met, where it met one. */
  readonly task?: StoredTask | FinishedTask;
  readonly route?: TakenRoute;
  /** What it tells, of one that tells. It does not stop. */
  readonly log?: string;
  /** Why its condition or message could not be evaluated: then it stops. */
  readonly fault?: string;
}

/** Whether a breakpoint can be met, and if not, why. */
export interface Verdict {
  readonly id: number;
  /** Absent: it can. */
  readonly problem?: string;
}
