// What the format says of the fields of nodes, edges and channels: the one truth that forms are made from. Pure.
import { isObject, type JsonObject, type JsonValue } from "../../../runtime/model/json.js";
import format from "../../../schemas/graph-1.schema.json";

/** What the format says of one field. */
export interface FieldFacts {
  readonly schema: JsonObject;
  readonly required: boolean;
  readonly help?: string;
  /** What counts where the field is left out. */
  readonly usual?: JsonValue;
}

/** The fields of one kind of entry, by name, in the order of the format. */
export type EntryFields = ReadonlyMap<string, FieldFacts>;

const definitions = format.definitions as unknown as Readonly<Record<string, JsonObject>>;
const none: EntryFields = new Map();
const known = new Map<string, EntryFields>();

/** The fields of a node of this kind, its kind left out; none for a kind that the format does not know. */
export function nodeFields(kind: string): EntryFields {
  return fieldsOf(`${kind}Node`);
}

/** The fields of an edge. */
export function edgeFields(): EntryFields {
  return fieldsOf("edge");
}

/** The fields of a channel. */
export function channelFields(): EntryFields {
  return fieldsOf("channel");
}

/** What the format says of a field, its parts separated by dots: `retry.attempts`. */
export function factsAt(fields: EntryFields, path: string): FieldFacts | undefined {
  const [name = "", ...parts] = path.split(".");
  return parts.reduce((facts: FieldFacts | undefined, part) => (facts === undefined ? undefined : partOf(facts, part)), fields.get(name));
}

function fieldsOf(definition: string): EntryFields {
  if (!Object.hasOwn(definitions, definition)) return none;
  const made = known.get(definition) ?? new Map(collected(definitions[definition] ?? {}));
  known.set(definition, made);
  return made;
}

/** The properties of a definition and of all that it consists of. */
function collected(definition: JsonObject): readonly (readonly [string, FieldFacts])[] {
  const { properties, required, allOf } = definition;
  const own = isObject(properties) ? Object.entries(properties) : [];
  const needed: readonly JsonValue[] = Array.isArray(required) ? required : [];
  const parts: readonly JsonValue[] = Array.isArray(allOf) ? allOf : [];
  return [
    ...own.map(([name, schema]) => [name, factsOf(schema, needed.includes(name))] as const),
    ...parts.flatMap((part) => (isObject(part) && typeof part["$ref"] === "string" ? collected(resolved(part)) : [])),
  ];
}

function factsOf(value: JsonValue | undefined, required: boolean): FieldFacts {
  const schema = isObject(value) ? resolved(value) : {};
  const { description, default: usual } = schema;
  return { schema, required, ...(typeof description === "string" ? { help: description } : {}), ...(usual === undefined ? {} : { usual }) };
}

/** Of a field that is an object, or may be one, a part of it. */
function partOf({ schema }: FieldFacts, part: string): FieldFacts | undefined {
  const ways = [schema, ...(Array.isArray(schema["anyOf"]) ? (schema["anyOf"] as readonly JsonValue[]) : [])].filter(isObject);
  const object = ways.find(({ properties }) => isObject(properties) && Object.hasOwn(properties, part));
  const properties = object?.["properties"];
  return isObject(properties) ? factsOf(properties[part], false) : undefined;
}

/** A schema with what it refers to; what it says itself counts. */
function resolved(schema: JsonObject): JsonObject {
  const { $ref, ...own } = schema;
  if (typeof $ref !== "string") return schema;
  const name = $ref.slice($ref.lastIndexOf("/") + 1);
  return { ...definitions[name], ...own };
}
