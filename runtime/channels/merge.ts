import { isObject, type JsonValue } from "../model/json.js";
import { Assembled } from "./assembled.js";
import { KeyedList } from "./keyed-list.js";
import type { Reducer } from "./reducer.js";
import { propertySchema } from "./schema-parts.js";

/**
 * An object, merged one level deep: each property written takes the place of the one that is there, and null removes it. Why
 * not deeper: see docs/adr/0008.
 */
export const merge: Reducer<Assembled<JsonValue>> = {
  name: "merge",
  concurrent: true,
  accumulates: true,
  start: (initial) => merge.restore(initial),
  refuses: (write) => (isObject(write) ? undefined : { path: "", reason: "a `merge` channel takes objects" }),
  fold(held, write) {
    let { list } = held;
    for (const [name, value] of Object.entries(isObject(write) ? write : {})) {
      list = value === null ? list.delete(name) : list.set(name, value);
    }
    return held.with(list);
  },
  view: (held) => held.view,
  restore: (value) => merge.fold(new Assembled(KeyedList.empty<JsonValue>(), objectOf), isObject(value) ? value : {}),
  check: (def) => ({ schema: propertySchema(def), parts: presentOf }),
};

/** `fromEntries` makes even `__proto__` a property like any other. */
function objectOf(list: KeyedList<JsonValue>): JsonValue {
  const entries: [string, JsonValue][] = [];
  list.forEach((value, name) => {
    if (name !== undefined) entries.push([name, value]);
  });
  return Object.fromEntries(entries);
}

/** A write without what it removes, which has no value to check. */
function* presentOf(write: JsonValue): Iterable<readonly [path: string, part: JsonValue]> {
  if (isObject(write)) yield ["", Object.fromEntries(Object.entries(write).filter(([, value]) => value !== null))];
}
