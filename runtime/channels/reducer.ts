import type { ChannelDef, ReducerName } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";

/**
 * How one kind of channel holds its value and folds writes into it.
 *
 * 1. Writes are folded one at a time, so one write and several behave alike.
 * 2. `fold` leaves `held` as it was for whoever holds it; it costs what the write is, not what the value is.
 * 3. `restore(view(held))` holds the same value as `held`.
 */
export interface Reducer<Held = unknown> {
  readonly name: ReducerName;
  /** Whether several nodes may write in one superstep. */
  readonly concurrent: boolean;
  /** The value before the first write. */
  start(def: ChannelDef): Held;
  /** Why a write cannot be folded, or nothing. */
  refuses?(write: JsonValue): string | undefined;
  fold(held: Held, write: JsonValue): Held;
  /** The value as handlers, expressions and people see it; undefined before the first write. */
  view(held: Held): JsonValue | undefined;
  /** Holds a value that `view` gave. */
  restore(value: JsonValue | undefined): Held;
  /** What of the channel's schema a write is checked against: checking costs what is written. */
  writeSchema(def: ChannelDef): SchemaPart;
}

/** The schema for a write, and whether a write that is an array is checked item by item. */
export interface SchemaPart {
  readonly schema: ChannelDef["schema"];
  readonly each: boolean;
}
