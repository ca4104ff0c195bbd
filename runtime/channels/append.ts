import { isObject, type JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";

/**
 * The first `length` items of an array that later values share and extend: appending copies nothing, and an earlier value
 * still ends where it did.
 */
export interface AppendLog {
  readonly items: JsonValue[];
  readonly length: number;
}

/** Appends: an array write adds its items, any other write adds itself. */
export const append: Reducer<AppendLog> = {
  name: "append",
  concurrent: true,
  start: (def) => (Array.isArray(def.initial) ? logOf(def.initial as readonly JsonValue[]) : logOf([])),
  fold(held, write) {
    // Two branches of history may extend one earlier value: the second to do so gets an array of its own.
    const items = held.items.length === held.length ? held.items : held.items.slice(0, held.length);
    if (Array.isArray(write)) for (const item of write as readonly JsonValue[]) items.push(item);
    else items.push(write);
    return { items, length: items.length };
  },
  view: (held) => (held.items.length === held.length ? held.items : held.items.slice(0, held.length)),
  restore: (value) => logOf(Array.isArray(value) ? (value as readonly JsonValue[]) : []),
  writeSchema(def) {
    const items = def.schema["items"];
    return { schema: isObject(items) ? items : {}, each: true };
  },
};

function logOf(values: readonly JsonValue[]): AppendLog {
  return { items: [...values], length: values.length };
}
