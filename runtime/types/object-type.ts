import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import { atom, UNKNOWN, unionOf, type TypeText } from "./type-text.js";
import { docOf, EMPTY_OBJECT, propertyName, shortlyBraced } from "./text.js";

/** Keywords that say what an object looks like. */
export const objectKeywords = ["properties", "required", "additionalProperties", "patternProperties"] as const;

interface Property {
  readonly name: string;
  readonly schema: JsonValue | undefined;
  readonly type: TypeText;
  readonly required: boolean;
}

/** What a schema says of objects; `open` where it may have properties that are not named. */
export function objectType(
  schema: JsonObject,
  typeOf: (part: JsonValue | undefined) => TypeText,
): { readonly type: TypeText; readonly open: boolean } {
  const others = othersOf(schema, typeOf);
  const properties = propertiesOf(schema, others ?? UNKNOWN, typeOf);
  const members = properties.map(memberOf);
  if (others !== undefined) members.push(`readonly [key: string]: ${indexType(others, properties).text};`);
  return { type: members.length === 0 ? atom(EMPTY_OBJECT) : atom(shortlyBraced(members)), open: others !== undefined };
}

function propertiesOf(schema: JsonObject, others: TypeText, typeOf: (part: JsonValue | undefined) => TypeText): readonly Property[] {
  const named = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = new Set(Array.isArray(schema["required"]) ? (schema["required"] as readonly JsonValue[]) : []);
  const listed = Object.entries(named).map(([name, part]) => ({ name, schema: part, type: typeOf(part), required: required.has(name) }));
  const unlisted = [...required].flatMap((name) => (typeof name === "string" && !Object.hasOwn(named, name) ? [name] : []));
  return [...listed, ...unlisted.map((name) => ({ name, schema: undefined, type: others, required: true }))];
}

/** The type of the properties that are not named; undefined where there are none. */
function othersOf(schema: JsonObject, typeOf: (part: JsonValue | undefined) => TypeText): TypeText | undefined {
  const { additionalProperties: rest, patternProperties } = schema;
  const byPattern = isObject(patternProperties) ? Object.values(patternProperties) : [];
  if (rest === false && byPattern.length === 0) return undefined;
  return unionOf([...byPattern.map((part) => typeOf(part)), ...(rest === false ? [] : [typeOf(rest)])]);
}

/** TypeScript wants named properties to fit the index signature as well. */
function indexType(others: TypeText, properties: readonly Property[]): TypeText {
  const absent = properties.some(({ required }) => !required) ? [atom("undefined")] : [];
  const all = unionOf([others, ...properties.map(({ type }) => type), ...absent]);
  return properties.length > 0 && all.text.includes("\n") ? UNKNOWN : all;
}

function memberOf({ name, schema, type, required }: Property): string {
  const { description, deprecated } = isObject(schema) ? schema : {};
  const doc = docOf(typeof description === "string" ? description : undefined, deprecated === true ? "@deprecated" : undefined);
  return `${doc}readonly ${propertyName(name)}${required ? "" : "?"}: ${type.text};`;
}
