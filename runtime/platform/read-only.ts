import type { JsonValue } from "../model/json.js";

/** Freezes a value of JSON with all that it holds, once: what is frozen is taken to be so all the way down. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}

/**
 * A channel's value as user code in this process may see it, in constant time. Arrays are shown, not frozen: freezing costs
 * what the list is long, each time that it has grown. (A shown array is a proxy, which `structuredClone` does not take.)
 */
export function readOnly(value: JsonValue): JsonValue {
  return Array.isArray(value) && !Object.isFrozen(value) ? new Proxy(value, shown) : deepFreeze(value);
}

const shown: ProxyHandler<JsonValue[]> = {
  get: (target, key, receiver): unknown => deepFreeze(Reflect.get(target, key, receiver)),
  set: (_target, key) => refuse("add", key),
  defineProperty: (_target, key) => refuse("define", key),
  deleteProperty: (_target, key) => refuse("delete", key),
  setPrototypeOf: () => false,
  preventExtensions: () => false,
};

/** In the engine's own words for a frozen array, so that both read alike. */
function refuse(what: "add" | "define" | "delete", key: string | symbol): never {
  throw new TypeError(`Cannot ${what} property ${String(key)}, object is not extensible`);
}
