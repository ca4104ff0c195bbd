import type { ValidateFunction } from "ajv/dist/2020.js";
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import { newValidator } from "../model/schema-validator.js";
import { CHANNEL_SCHEMA_ID } from "./schema-parts.js";

/** Why a value does not fit a schema, with the JSON pointer to what is wrong in it; undefined where it fits. */
export type SchemaCheck = (value: JsonValue) => { readonly path: string; readonly reason: string } | undefined;

/**
 * The check of a part of a channel's schema, which that part refers to by the name `channel`. A schema that says no more than a type
 * needs no compiler, which takes milliseconds for each.
 */
export function schemaCheck(part: JsonObject, channel: JsonObject): SchemaCheck {
  const types = plainTypes(referredTo(part, channel));
  if (types !== undefined) return typeCheck(types);
  return guarded(() => compiledCheck(validator().addSchema(channel, CHANNEL_SCHEMA_ID).compile(part)));
}

/** Compiles a JSON Schema (draft 2020-12). Unknown keywords are ignored, as JSON Schema says. */
export function compileSchema(schema: JsonObject): ValidateFunction {
  return validator().compile(schema);
}

/** The document has been checked: a schema that is none is a problem there. */
function validator(): ReturnType<typeof newValidator> {
  return newValidator({ validateSchema: false });
}

/** A schema that refers to itself and to nothing else cannot be compiled, or checks for ever: what is checked does not fit it. */
function guarded(make: () => SchemaCheck): SchemaCheck {
  const unusable = (thrown: unknown) => ({ path: "", reason: `the channel's schema cannot be used (${String(thrown)})` });
  try {
    const check = make();
    return (value) => {
      try {
        return check(value);
      } catch (thrown) {
        return unusable(thrown);
      }
    };
  } catch (thrown) {
    const fault = unusable(thrown);
    return () => fault;
  }
}

function compiledCheck(validate: ValidateFunction): SchemaCheck {
  return (value) => {
    if (validate(value)) return undefined;
    const first = validate.errors?.[0];
    return { path: first?.instancePath ?? "", reason: first?.message ?? "does not fit the schema" };
  };
}

/** What the whole part is a reference to, if it is one to the channel's schema or its items. */
function referredTo(part: JsonObject, channel: JsonObject): JsonValue | undefined {
  if (Object.keys(part).length !== 1) return undefined;
  if (part["$ref"] === CHANNEL_SCHEMA_ID) return channel;
  return part["$ref"] === `${CHANNEL_SCHEMA_ID}#/items` ? channel["items"] : undefined;
}

/** Keywords that say nothing about values. */
const annotations: ReadonlySet<string> = new Set(["title", "description", "default", "examples", "$comment", "deprecated"]);

/** The types that a schema allows, if it says nothing else. */
function plainTypes(schema: JsonValue | undefined): readonly string[] | undefined {
  if (!isObject(schema) || Object.keys(schema).some((keyword) => keyword !== "type" && !annotations.has(keyword))) return undefined;
  const { type } = schema;
  const types: readonly JsonValue[] = Array.isArray(type) ? type : type === undefined ? [] : [type];
  return types.length > 0 && types.every((each) => typeof each === "string" && Object.hasOwn(isOfType, each))
    ? (types as readonly string[])
    : undefined;
}

const isOfType: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === "string",
  array: (value) => Array.isArray(value),
  object: isObject,
};

function typeCheck(types: readonly string[]): SchemaCheck {
  const tests = types.flatMap((type) => isOfType[type] ?? []);
  const fault = { path: "", reason: `must be ${types.join(",")}` };
  return (value) => (tests.some((test) => test(value)) ? undefined : fault);
}
