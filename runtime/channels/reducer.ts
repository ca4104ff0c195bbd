import type { ChannelDef, ReducerName } from "../model/graph.js";
import type { JsonObject, JsonValue } from "../model/json.js";

/**
 * How one kind of channel holds its value and folds writes into it.
 *
 * 1. Writes are folded one at a time, so one write and several behave alike.
 * 2. `fold` leaves `held` as it was for whoever holds it, and what `view` gave never changes; it costs what the write is, not
 *    what the value is.
 * 3. `restore(view(held))` holds the same value as `held`, also when the view went through JSON.
 */
export interface Reducer<Held = unknown> {
  readonly name: ReducerName;
  /** Whether several nodes may write in one superstep. */
  readonly concurrent: boolean;
  /** Whether a write adds to what is there, so that the value may grow without end. */
  readonly accumulates?: true;
  /** Whether a function of the user's folds, all writes of a superstep in one go and not here: what it gave is kept beside the writes. */
  readonly apart?: true;
  /** Whether `undefined` may be written: the channel then is as before its first write. */
  readonly clearable?: true;
  /** Whether the value is gone after the superstep that follows the one in which it was written. */
  readonly passing?: true;
  /** The value before the first write; `initial` is the channel's default. */
  start(initial: JsonValue | undefined): Held;
  /** Why a write cannot be folded, with the path in it, or nothing. */
  refuses?(write: JsonValue): Refusal | undefined;
  fold(held: Held, write: JsonValue): Held;
  /** The value as handlers, expressions and people see it; undefined while there is none. */
  view(held: Held): JsonValue | undefined;
  /** Holds a value that `view` gave. */
  restore(value: JsonValue | undefined): Held;
  /** What of the channel's schema a write is checked against, and what of the write: checking costs what is written. */
  check(def: ChannelDef): WriteCheck;
}

/** Why a write is refused. */
export interface Refusal {
  /** JSON pointer to what is wrong in the write; "" is all of it. */
  readonly path: string;
  readonly reason: string;
}

/** How writes to a channel are checked against its schema. */
export interface WriteCheck {
  /** What each part must fit. `#` in its references is the schema of the channel under the name `channel`; `{}` accepts everything. */
  readonly schema: JsonObject;
  /** The parts of a write, each with the JSON pointer to it. Absent: the write as a whole. */
  readonly parts?: (write: JsonValue) => Iterable<readonly [path: string, part: JsonValue]>;
}
