import type { Decision, Overrides } from "../checkpoint/checkpoint.js";
import type { ParentTask } from "../checkpoint/store.js";
import type { JsonObject } from "../model/json.js";

/** How a run is started. */
export interface RunOptions {
  /** Name of the graph: the document's file name. */
  readonly graph: string;
  /** Channel -> first value, folded as a write of `@start`; by a reducer of the user's when the run is first driven. */
  readonly input?: JsonObject;
  /** Id of the run; made where absent. */
  readonly run?: string;
  /** Decisions by question key (the node's id, of a barrier), given before they are asked. */
  readonly decisions?: Readonly<Record<string, Decision>>;
  /** Node id -> where it goes instead of along its edges, for the whole run; `@start` and `@end` allowed. */
  readonly overrides?: Overrides;
  /** Channel -> the value that it starts with, in place of its default. */
  readonly values?: JsonObject;
  /** The task that the run is inside. */
  readonly parent?: ParentTask;
}
