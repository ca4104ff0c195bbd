import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import { Assembled, valuesOf } from "./assembled.js";
import { idOf, keyOfId } from "./item-id.js";
import { KeyedList } from "./keyed-list.js";
import type { Reducer, Refusal } from "./reducer.js";
import { itemSchema, itemsOf } from "./schema-parts.js";

/**
 * A conversation. A message is an object; one with the `id` (a string or a number) of a message that is there takes its place,
 * any other is added at the end. `{ "remove": id }` takes a message away (if it is there), `{ "remove": true }` all of them. A
 * write is one of these, or an array of them, done in order.
 */
export const messages: Reducer<Assembled<JsonValue>> = {
  name: "messages",
  concurrent: true,
  accumulates: true,
  start: (initial) => messages.restore(initial),
  refuses(write) {
    for (const [path, item] of itemsOf(write)) {
      const refusal = refuseItem(path, item);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  },
  fold(held, write) {
    let { list } = held;
    for (const [, item] of itemsOf(write)) list = withItem(list, item);
    return held.with(list);
  },
  view: (held) => held.view,
  restore: (value) => messages.fold(new Assembled(KeyedList.empty<JsonValue>(), valuesOf), Array.isArray(value) ? value : []),
  check: (def) => ({ schema: itemSchema(def), parts: messagesOf }),
};

function withItem(list: KeyedList<JsonValue>, item: JsonValue): KeyedList<JsonValue> {
  const removed = isObject(item) ? removedBy(item) : undefined;
  if (removed === true) return KeyedList.empty();
  if (removed !== undefined) return list.delete(keyOfId(removed));
  const id = idOf(item);
  return list.set(id === undefined ? undefined : keyOfId(id), item);
}

/** What an item removes; undefined for a message. An object that says more than `remove` is a message. */
export function removedBy(item: JsonObject): string | number | true | undefined {
  const { remove } = item;
  if (Object.keys(item).length !== 1) return undefined;
  return typeof remove === "string" || typeof remove === "number" || remove === true ? remove : undefined;
}

function* messagesOf(write: JsonValue): Iterable<readonly [path: string, part: JsonValue]> {
  for (const [path, item] of itemsOf(write)) if (!isObject(item) || removedBy(item) === undefined) yield [path, item];
}

function refuseItem(path: string, item: JsonValue): Refusal | undefined {
  if (!isObject(item)) return { path, reason: "a message is an object" };
  const id = item["id"] ?? null;
  if (id === null || typeof id === "string" || typeof id === "number") return undefined;
  return { path: `${path}/id`, reason: "the id of a message is a string or a number" };
}
