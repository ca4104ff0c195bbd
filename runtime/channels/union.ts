import { canonical } from "../model/canonical.js";
import type { JsonValue } from "../model/json.js";
import { Assembled, valuesOf } from "./assembled.js";
import { idOf, keyOfId } from "./item-id.js";
import { KeyedList } from "./keyed-list.js";
import type { Reducer } from "./reducer.js";
import { itemSchema, itemsOf } from "./schema-parts.js";

/**
 * A set, in order of first appearance: an array write adds its items, any other write adds itself. Objects with an `id` are the
 * same if it is the same, all else if it is equal. What is in the set already stays as it is.
 */
export const union: Reducer<Assembled<JsonValue>> = {
  name: "union",
  concurrent: true,
  accumulates: true,
  start: (initial) => union.restore(initial),
  fold(held, write) {
    let { list } = held;
    for (const [, item] of itemsOf(write)) {
      const key = keyOf(item);
      if (!list.has(key)) list = list.set(key, item);
    }
    return held.with(list);
  },
  view: (held) => held.view,
  restore: (value) => union.fold(new Assembled(KeyedList.empty<JsonValue>(), valuesOf), Array.isArray(value) ? value : []),
  check: (def) => ({ schema: itemSchema(def), parts: itemsOf }),
};

/** What tells an item of a set from others. */
export function keyOf(item: JsonValue): string {
  const id = idOf(item);
  return id === undefined ? `is ${canonical(item)}` : keyOfId(id);
}
