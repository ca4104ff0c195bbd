// A JSON text as a tree of places.
//
// Offsets in a tree count from an origin: 0 for the document, the start of its value for an entry of a section, so that an
// entry that moved in the text is still the same tree. `Property.shift` says where the origin of its value is.
import type { JsonObject, JsonValue } from "../model/json.js";

/** A value with its place. */
export type JsonNode = ObjectNode | ArrayNode | ScalarNode;

interface Spanned {
  readonly start: number;
  readonly end: number;
}

/** An object; every property that was found, duplicates included. */
export interface ObjectNode extends Spanned {
  readonly type: "object";
  readonly properties: readonly Property[];
  /** False when the text ended before the closing brace. */
  readonly closed: boolean;
  /** Finds the last property with a key, where there is a quicker way than looking through all. */
  find?(key: string): Property | undefined;
}

/** An array. */
interface ArrayNode extends Spanned {
  readonly type: "array";
  readonly items: readonly JsonNode[];
  readonly closed: boolean;
}

/** A string, number, boolean or null. */
export interface ScalarNode extends Spanned {
  readonly type: "string" | "number" | "boolean" | "null";
  readonly value: string | number | boolean | null;
}

/** A property of an object. */
export interface Property {
  readonly key: string;
  /** The key with its quotes. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Absent where the text has none. */
  readonly value: JsonNode | undefined;
  /** What to add to offsets in `value` to count from this object's origin. */
  readonly shift: number;
  /** Where the comma that follows is. */
  readonly comma: number | undefined;
  /** Whether the value was read without a problem, so that the same text can be taken for the same tree. */
  readonly sound: boolean;
}

/** The value of a property of an object; of two with one key the later, as in JSON. */
export function propertyOf(node: JsonNode | undefined, key: string): Property | undefined {
  if (node?.type !== "object") return undefined;
  return node.find === undefined ? node.properties.findLast((property) => property.key === key) : node.find(key);
}

/** The value of a property whose origin is the object's own. */
export function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return propertyOf(node, key)?.value;
}

/** The JSON that a tree stands for. */
export function toJson(node: JsonNode): JsonValue {
  if (node.type === "object") return objectToJson(node);
  return node.type === "array" ? node.items.map(toJson) : node.value;
}

/** The JSON object that an object stands for. */
export function objectToJson(node: ObjectNode): JsonObject {
  const json: Record<string, JsonValue> = {};
  for (const { key, value } of node.properties) {
    if (value === undefined) continue;
    // Plain assignment would set the prototype.
    if (key === "__proto__")
      Object.defineProperty(json, key, { value: toJson(value), enumerable: true, writable: true, configurable: true });
    else json[key] = toJson(value);
  }
  return json;
}
