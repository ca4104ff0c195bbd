// What is known of a value that an expression names: by its schema, and by the value that it has somewhere. Pure.
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";

/** What a schema says of a value, and the value itself where there is one to look at. */
export interface Shape {
  readonly schema: JsonObject;
  /** Undefined: none is known. */
  readonly value: JsonValue | undefined;
}

/** One step into a value: a property, or a place in a list. */
export type Step = string | number;

/** Of a value there is so much to know as of any. */
export const anything: Shape = { schema: {}, value: undefined };

/** What stands one step further in. */
export function inside({ schema, value }: Shape, step: Step): Shape {
  return { schema: schemaInside(schema, step), value: valueInside(value, step) };
}

/** What a list has as its items; of a map, its keys. */
export function itemOf(shape: Shape): Shape {
  if (kindOf(shape) === "map") return { schema: { type: "string" }, value: keysOf(shape.value)[0] };
  return inside(shape, 0);
}

/** The names of the properties that are known, those of the schema first. */
export function membersOf({ schema, value }: Shape): readonly string[] {
  const { properties } = schema;
  return [...new Set([...(isObject(properties) ? Object.keys(properties) : []), ...keysOf(value)])];
}

/** What can be called on it: `string`, `list`, `map`, or another word where nothing can. */
export function kindOf({ schema, value }: Shape): string {
  if (value !== undefined && value !== null) return Array.isArray(value) ? "list" : isObject(value) ? "map" : typeof value;
  const type = typeOf(schema);
  return type === "array" ? "list" : type === "object" ? "map" : (type ?? "");
}

/** Its type in a word, for people: as the schema has it, else as the value is. */
export function typeText({ schema, value }: Shape): string {
  const type = typeOf(schema);
  if (type === "array") return `list<${typeText({ schema: schemaInside(schema, 0), value: undefined })}>`;
  if (type !== undefined) return type;
  if (value === undefined) return "any";
  return value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
}

function typeOf({ type }: JsonObject): string | undefined {
  return typeof type === "string" ? type : undefined;
}

function keysOf(value: JsonValue | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function schemaInside({ properties, items, additionalProperties }: JsonObject, step: Step): JsonObject {
  const declared = isObject(properties) && typeof step === "string" && Object.hasOwn(properties, step) ? properties[step] : undefined;
  const found = declared ?? (typeof step === "number" ? items : additionalProperties);
  return isObject(found) ? found : {};
}

function valueInside(value: JsonValue | undefined, step: Step): JsonValue | undefined {
  if (Array.isArray(value)) return typeof step === "number" ? (value as readonly JsonValue[])[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
