// The parts of a channel's schema that a write can be checked against without looking at the value it is folded into.
import type { ChannelDef } from "../model/graph.js";
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import { escaped } from "../model/json-pointer.js";

/** The name that the schema of a channel is known by while parts of it are compiled. */
export const CHANNEL_SCHEMA_ID = "channel";

/** The schema as it is. */
export function wholeSchema({ schema }: ChannelDef): JsonObject {
  return Object.keys(schema).length === 0 ? {} : { $ref: CHANNEL_SCHEMA_ID };
}

/** What the schema says of each item of the channel's list. */
export function itemSchema({ schema }: ChannelDef): JsonObject {
  return Object.hasOwn(schema, "items") ? { $ref: `${CHANNEL_SCHEMA_ID}#/items` } : {};
}

/** The items that a write adds to a list: those of an array, or itself. */
export function* itemsOf(write: JsonValue): Iterable<readonly [path: string, item: JsonValue]> {
  if (Array.isArray(write)) for (const [index, item] of (write as readonly JsonValue[]).entries()) yield [`/${index}`, item];
  else yield ["", write];
}

/** What the schema says of each property. What it says of the object as a whole (`required` …) cannot be asked of a part. */
export function propertySchema({ schema }: ChannelDef): JsonObject {
  const parts: Record<string, JsonValue> = {};
  for (const keyword of ["properties", "patternProperties"] as const) {
    const named = schema[keyword];
    if (isObject(named)) {
      parts[keyword] = Object.fromEntries(Object.keys(named).map((name) => [name, { $ref: pointer(keyword, name) }]));
    }
  }
  for (const keyword of ["additionalProperties", "propertyNames"] as const) {
    if (Object.hasOwn(schema, keyword)) parts[keyword] = { $ref: pointer(keyword) };
  }
  return parts;
}

function pointer(...path: readonly string[]): string {
  const parts = path.map((part) => encodeURIComponent(escaped(part)));
  return `${CHANNEL_SCHEMA_ID}#/${parts.join("/")}`;
}
