import type { JsonObject, JsonValue } from "../model/json.js";
import { listOf, NEVER, tupleOf, unionOf, type TypeText } from "./type-text.js";

/** Keywords that say what an array looks like. */
export const arrayKeywords = ["items", "prefixItems"] as const;

/** What a schema says of arrays; as a list where `flat`, even if items have places. */
export function arrayType(schema: JsonObject, typeOf: (part: JsonValue | undefined) => TypeText, flat: boolean): TypeText {
  const { items, prefixItems, minItems, maxItems } = schema;
  const rest = typeOf(items);
  const first = (Array.isArray(prefixItems) ? (prefixItems as readonly JsonValue[]) : []).map((item) => typeOf(item));
  const ends = rest.text === NEVER.text || (typeof maxItems === "number" && maxItems <= first.length);
  if (flat) return listOf(unionOf([...first, ...(ends ? [] : [rest])]));
  if (first.length === 0 && !ends) return listOf(rest);
  return tupleOf(first, typeof minItems === "number" ? minItems : 0, ends ? undefined : rest);
}
