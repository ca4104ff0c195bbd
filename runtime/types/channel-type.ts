// What a channel holds and what may be written to it, as its reducer and its check see it.
import type { ChannelDef, ReducerName } from "../model/graph.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Declarations } from "./declarations.js";
import { SchemaTypes } from "./schema-type.js";
import { docOf, propertyName } from "./text.js";
import { listOf, UNKNOWN, type TypeText } from "./type-text.js";

/** A channel in types. */
export interface ChannelType {
  readonly name: string;
  /** Whether it has a value from the start on. */
  readonly always: boolean;
  /** Whether it holds a list. */
  readonly list: boolean;
  /** What an item of a list that is written to it may be, where that is known. */
  readonly item: string;
  /** Its member of `Channels`: the value. */
  readonly value: string;
  /** Its member of `Writes`. */
  readonly write: string;
}

/** Describes a channel; what its schema refers to goes to the declarations. */
export function channelType(def: ChannelDef, declarations: Declarations): ChannelType {
  const schemas = new SchemaTypes(def.schema, def.name, declarations);
  const { value, write, always } = formOf(def, schemas);
  const name = propertyName(def.name);
  const { description } = def.schema;
  const doc = docOf(typeof description === "string" ? description : undefined, reducerLine(def, always));
  const held = `Channels[${JSON.stringify(def.name)}]`;
  const given = schemas.open ? `Written<${held}>` : held;
  const written = write(given);
  const list = (def.schema["type"] === "array" && def.schema["nullable"] !== true) || ["append", "union", "messages"].includes(def.reducer);
  const item = list && listReducers.has(def.reducer) ? `${given}[number]` : "unknown";
  return { name: def.name, always, list, item, value: `${doc}readonly ${name}: ${value.text};`, write: `readonly ${name}?: ${written};` };
}

/** Reducers that take a list as it is, or item by item. */
const listReducers: ReadonlySet<ReducerName> = new Set<ReducerName>(["last", "latest", "ephemeral", "append", "union"]);

interface Form {
  readonly value: TypeText;
  readonly always: boolean;
  /** What may be written, from the name of the value's type. */
  readonly write: (value: string) => string;
}

/** Each follows its reducer's file in `channels/`: what is checked of a write, and what it starts from. */
function formOf(def: ChannelDef, schemas: SchemaTypes): Form {
  const { schema, reducer, initial } = def;
  const started = initial !== undefined;
  switch (reducer) {
    case "last":
    case "latest":
    case "ephemeral":
      return { value: schemas.typeOf(schema), always: started, write: (value) => `${value} | undefined` };
    case "handler":
      // What is written is between the nodes and the user's reducer.
      return { value: schemas.typeOf(schema), always: started, write: () => "unknown" };
    case "append":
    case "union":
      return { value: listOf(itemType(def, (items) => schemas.typeOf(items))), always: true, write: (value) => `Added<${value}>` };
    case "messages":
      return { value: listOf(itemType(def, (items) => messageType(items, schemas))), always: true, write: (value) => `Said<${value}>` };
    case "merge":
      return { value: schemas.typeOf(partialOf(schema)), always: true, write: (value) => `Merged<${value}>` };
    case "sum":
      return { value: schemas.typeOf({ type: "number" }), always: true, write: () => "number" };
    case "min":
    case "max":
      return { value: schemas.typeOf({ type: "number" }), always: started, write: () => "number" };
  }
}

/** Writes are checked against `items` alone; only a default could fit `prefixItems`, so then nothing is known. */
function itemType({ schema }: ChannelDef, typeOf: (items: JsonValue | undefined) => TypeText): TypeText {
  return schema["prefixItems"] === undefined ? typeOf(schema["items"]) : UNKNOWN;
}

const anyMessage: JsonObject = { type: "object", properties: { id: { type: ["string", "number", "null"] } } };

function messageType(items: JsonValue | undefined, schemas: SchemaTypes): TypeText {
  return schemas.typeOf(items === undefined || items === true ? anyMessage : items, ["object"]);
}

/** The properties of an object that is put together piece by piece: no write has them all, and null removes one. */
function partialOf(schema: JsonObject): JsonObject {
  const kept = ["properties", "patternProperties", "additionalProperties"].filter((keyword) => Object.hasOwn(schema, keyword));
  return { type: "object", ...Object.fromEntries(kept.map((keyword) => [keyword, schema[keyword] ?? null])) };
}

function reducerLine({ reducer, fold, initial }: ChannelDef, always: boolean): string | undefined {
  const way = reducer === "last" ? undefined : `Reducer: \`${fold?.handler ?? reducer}\`.`;
  return always || initial !== undefined ? way : [way, "No value before the first write."].filter(Boolean).join(" ");
}
