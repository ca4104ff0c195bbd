import type { ChannelName, EdgeId, NodeId } from "../model/ids.js";

/** Where in a graph something is. `limits` has no id of its own. */
export type Place =
  | { readonly entity: "node"; readonly id: NodeId }
  | { readonly entity: "edge"; readonly id: EdgeId }
  | { readonly entity: "channel"; readonly id: ChannelName }
  | { readonly entity: "limits" };

/** Differences that a run takes along: from now on they count. */
type Harmless =
  /** A node that it may still run does something else. */
  | "behaviour"
  | "routing"
  | "join"
  | "order"
  | "limits"
  /** What finished last was routed anew. */
  | "rerouted"
  /** A question is withdrawn, and asked anew as it reads now. */
  | "asked-anew"
  | "channel-added"
  /** A value is dropped that nothing could still read. */
  | "channel-dropped"
  /** A value is kept, and taken as it is by another schema or reducer. */
  | "channel-kept"
  /** The plan of then is not known: nothing can be said of what differs. */
  | "unknown-plan";

/** Values that the channels of now cannot take up: a migration says what becomes of them. */
type Unmigrated = "value-misfit" | "value-dropped" | "value-missing";

/** What cannot be carried over: going on would lose work, wait for ever or end without a word. */
type Lost =
  | "task-gone"
  | "source-gone"
  | "dead-end"
  | "arrival-lost"
  | "join-stuck"
  | "route-fault"
  | "intervention-lost"
  | "nested-changed"
  | "revision";

/** What a change of plan means to a checkpoint, one thing, at its place. */
export interface Finding {
  readonly kind: Harmless | Unmigrated | Lost;
  /** One sentence for people. */
  readonly message: string;
  readonly place: Place;
}

const unmigrated: ReadonlySet<string> = new Set<Unmigrated>(["value-misfit", "value-dropped", "value-missing"]);
const lost: ReadonlySet<string> = new Set<Lost>([
  "task-gone",
  "source-gone",
  "dead-end",
  "arrival-lost",
  "join-stuck",
  "route-fault",
  "intervention-lost",
  "nested-changed",
  "revision",
]);

/** Whether a migration could settle it. */
export function needsMigration({ kind }: Finding): boolean {
  return unmigrated.has(kind);
}

/** Whether a run cannot go on by it. */
export function isLoss({ kind }: Finding): boolean {
  return lost.has(kind);
}
