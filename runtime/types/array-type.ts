import type { JsonObject, JsonValue } from "../model/json.js";
import { listOf, NEVER, tupleOf, type TypeText } from "./type-text.js";

/** Keywords that say what an array looks like. */
export const arrayKeywords = ["items", "prefixItems"] as const;

/** What a schema says of arrays. */
export function arrayType(schema: JsonObject, typeOf: (part: JsonValue | undefined) => TypeText): TypeText {
  const { items, prefixItems, minItems, maxItems } = schema;
  const rest = typeOf(items);
  const first = (Array.isArray(prefixItems) ? (prefixItems as readonly JsonValue[]) : []).map((item) => typeOf(item));
  const ends = rest.text === NEVER.text || (typeof maxItems === "number" && maxItems <= first.length);
  if (first.length === 0 && !ends) return listOf(rest);
  return tupleOf(first, typeof minItems === "number" ? minItems : 0, ends ? undefined : rest);
}
