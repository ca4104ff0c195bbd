import { isObject, type JsonValue } from "../model/json.js";

/** The `id` by which an item is known among others: a string or a number. Undefined where it has none. */
export function idOf(item: JsonValue): string | number | undefined {
  const id = isObject(item) && Object.hasOwn(item, "id") ? item["id"] : undefined;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

/** A key that no other id has: 1 and "1" are two ids. */
export function keyOfId(id: string | number): string {
  return `id ${JSON.stringify(id)}`;
}
