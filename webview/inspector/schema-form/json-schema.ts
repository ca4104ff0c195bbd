// A JSON Schema, as far as a form can hold it. What the form does not know stays as it is. Pure.
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import { withoutRow, withRenamed, withRow } from "../rows/rows.js";

/** What a schema holds that is more than a form can say. */
const OTHER = "other";

/** Types that a form offers; blank is any. */
const typeChoices: readonly { readonly value: string; readonly title: string }[] = [
  { value: "", title: "Anything" },
  { value: "string", title: "Text" },
  { value: "number", title: "Number" },
  { value: "integer", title: "Whole number" },
  { value: "boolean", title: "True or false" },
  { value: "array", title: "List" },
  { value: "object", title: "Object" },
];

/** Those, and for a schema that is none of them a word for that. */
export function choicesFor(schema: JsonObject): readonly { readonly value: string; readonly title: string }[] {
  return typeOf(schema) === OTHER ? [...typeChoices, { value: OTHER, title: "Something else: see its JSON" }] : typeChoices;
}

/** The keywords that mean something for one type alone. */
const ofType: Readonly<Record<string, readonly string[]>> = {
  array: ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"],
  object: ["properties", "required", "additionalProperties", "patternProperties"],
  string: ["enum", "pattern", "format", "minLength", "maxLength"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  integer: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
};

/** What says of what values are without naming a type. */
const unnamed = ["anyOf", "oneOf", "allOf", "not", "const", "enum", "if", "$ref", "properties", "items"];

/** The type that a schema names; blank where it accepts anything. */
export function typeOf(schema: JsonObject): string {
  const { type } = schema;
  if (typeof type === "string") return typeChoices.some(({ value }) => value === type) ? type : OTHER;
  return type !== undefined || unnamed.some((word) => schema[word] !== undefined) ? OTHER : "";
}

/** A schema with another type: what means something only for the former goes. */
export function withType(schema: JsonObject, type: string): JsonObject {
  if (type === OTHER) return schema;
  const kept = new Set(ofType[type]);
  const gone = new Set(["type", ...unnamed, ...Object.values(ofType).flat()].filter((word) => !kept.has(word)));
  const rest = Object.entries(schema).filter(([word]) => !gone.has(word));
  return { ...(type === "" ? {} : { type }), ...Object.fromEntries(rest) };
}

/** A schema with a keyword set, or removed by undefined. */
export function withKeyword(schema: JsonObject, word: string, value: JsonValue | undefined): JsonObject {
  const { [word]: _former, ...others } = schema;
  return value === undefined ? others : { ...schema, [word]: value };
}

/** What the items of a list are. */
export function itemsOf(schema: JsonObject): JsonObject {
  return isObject(schema["items"]) ? schema["items"] : {};
}

/** A list with items of another type. */
export function withItems(schema: JsonObject, items: JsonObject): JsonObject {
  return withKeyword(schema, "items", Object.keys(items).length === 0 ? undefined : items);
}

/** The schemas of an object's properties, by name. */
export function propertiesOf(schema: JsonObject): JsonObject {
  return isObject(schema["properties"]) ? schema["properties"] : {};
}

/** The schema of a property. */
export function propertyOf(schema: JsonObject, name: string): JsonObject {
  const property = propertiesOf(schema)[name];
  return isObject(property) ? property : {};
}

/** A schema with one more property, or another schema for one. */
export function withProperty(schema: JsonObject, name: string, property: JsonObject): JsonObject {
  return withProperties(schema, withRow(propertiesOf(schema), name, property), requiredIn(schema));
}

/** A schema without a property. */
export function withoutProperty(schema: JsonObject, name: string): JsonObject {
  const required = requiredIn(schema).filter((each) => each !== name);
  return withProperties(schema, withoutRow(propertiesOf(schema), name), required);
}

/** A schema with a property that has another name. */
export function withPropertyRenamed(schema: JsonObject, from: string, to: string): JsonObject {
  const required = requiredIn(schema).map((each) => (each === from ? to : each));
  return withProperties(schema, withRenamed(propertiesOf(schema), from, to), required);
}

/** Whether a property must be there. */
export function isRequired(schema: JsonObject, name: string): boolean {
  return requiredIn(schema).includes(name);
}

/** A schema that needs a property, or no longer does. */
export function withRequired(schema: JsonObject, name: string, required: boolean): JsonObject {
  const others = requiredIn(schema).filter((each) => each !== name);
  return withProperties(schema, propertiesOf(schema), required ? [...others, name] : others);
}

function requiredIn({ required }: JsonObject): readonly JsonValue[] {
  return Array.isArray(required) ? (required as readonly JsonValue[]) : [];
}

function withProperties(schema: JsonObject, properties: JsonObject, required: readonly JsonValue[]): JsonObject {
  const named = withKeyword(schema, "properties", Object.keys(properties).length === 0 ? undefined : properties);
  return withKeyword(named, "required", required.length === 0 ? undefined : [...required]);
}
