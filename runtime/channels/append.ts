import type { JsonValue } from "../model/json.js";
import type { Reducer } from "./reducer.js";
import { itemSchema, itemsOf } from "./schema-parts.js";

/**
 * The first `length` items of an array that later values share and extend: appending copies nothing, and an earlier value
 * still ends where it did.
 */
export interface AppendLog {
  readonly shared: { readonly items: JsonValue[]; shown: boolean };
  readonly length: number;
}

/** Appends: an array write adds its items, any other write adds itself. */
export const append: Reducer<AppendLog> = {
  name: "append",
  concurrent: true,
  accumulates: true,
  start: (initial) => append.restore(initial),
  fold(held, write) {
    const { shared, length } = held;
    // An array that somebody was shown must stay as it is. Two branches of history may extend one earlier value, too: the
    // second to do so gets an array of its own.
    const own = shared.items.length === length && !shared.shown;
    const next = own ? shared : { items: shared.items.slice(0, length), shown: false };
    if (Array.isArray(write)) for (const item of write as readonly JsonValue[]) next.items.push(item);
    else next.items.push(write);
    return { shared: next, length: next.items.length };
  },
  view({ shared, length }) {
    if (shared.items.length !== length) return shared.items.slice(0, length);
    shared.shown = true;
    return shared.items;
  },
  restore: (value) => logOf(Array.isArray(value) ? (value as readonly JsonValue[]) : []),
  check: (def) => ({ schema: itemSchema(def), parts: itemsOf }),
};

function logOf(values: readonly JsonValue[]): AppendLog {
  return { shared: { items: [...values], shown: false }, length: values.length };
}
