import type { NodeId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";

/** One way on from a finished task. */
export interface TakenRoute {
  readonly node: NodeId;
  /** The edge that fired, or the way on without one: `@goto`, `@override`, `@send`. No id begins with `@`. */
  readonly via: string;
  readonly to: NodeId;
  /** `plain`, `on approve`, `when score > 3`, `else`, `goto`, `override`, `send 3` (tasks). */
  readonly why: string;
  /** It ends the whole run. */
  readonly terminate?: true;
  /** A person forced it. */
  readonly forced?: true;
  /** What the target is given of a failure. */
  readonly failure?: JsonObject;
}
