import { isObject, type JsonValue } from "../model/json.js";
import { unescaped } from "../model/json-pointer.js";

/** The value that a reference (`#`, `#/$defs/item`) names; undefined where there is none. */
export function valueAt(root: JsonValue, reference: string): JsonValue | undefined {
  let at: JsonValue | undefined = root;
  for (const part of reference.split("/").slice(1)) {
    const key = unescaped(decoded(part));
    if (Array.isArray(at)) at = (at as readonly JsonValue[])[Number(key)];
    else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a `%` that encodes nothing
  }
}
