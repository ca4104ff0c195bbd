import type { Ajv2020, ErrorObject } from "ajv/dist/2020.js";
import type { JsonObject } from "../model/json.js";
import { keysOf } from "../model/json-pointer.js";
import { newValidator, PatternError } from "../model/schema-validator.js";
import { memberOf, objectToJson, toJson, type JsonNode, type ObjectNode } from "./json-tree.js";
import type { LocalProblem } from "./reading.js";

/** Whether a JSON Schema written in a document can be used, and whether the value beside it (if any) fits it. */
export function checkSchema(schema: ObjectNode, value?: JsonNode): LocalProblem[] {
  const json = objectToJson(schema);
  if (Object.keys(json).length === 0) return [];
  const ajv = newValidator({ validateSchema: false });
  const invalid = metaErrors(json);
  if (invalid !== undefined)
    return invalid.map((error) => problemAt(nodeAt(schema, error.instancePath), `This is not a JSON Schema: ${said(error)}.`));
  try {
    const validate = ajv.compile(json);
    if (value === undefined || validate(toJson(value))) return [];
    return (validate.errors ?? []).map((error) =>
      problemAt(nodeAt(value, error.instancePath), `This does not fit the schema: ${said(error)}.`),
    );
  } catch (error) {
    // Ajv throws for what only compiling shows: a reference without a target, a pattern that is not one.
    const place = error instanceof PatternError ? (patternAt(schema, error.pattern) ?? schema) : schema;
    return [problemAt(place, `This is not a JSON Schema: ${error instanceof Error ? error.message : String(error)}.`)];
  }
}

let meta: Ajv2020 | undefined;

/** What the JSON Schema of JSON Schemas says. It is compiled once: that takes longer than all else here. */
function metaErrors(schema: JsonObject): readonly ErrorObject[] | undefined {
  meta ??= newValidator({ validateSchema: true });
  // Every draft is read as the one that this program knows.
  const { $schema: _draft, ...meaning } = schema;
  if (meta.validateSchema(meaning) === true) return undefined;
  const errors = meta.errors ?? [];
  // The deepest are the ones that name the place; those above only say that something below failed.
  const depth = Math.max(...errors.map(({ instancePath }) => instancePath.length));
  return errors.filter(({ instancePath }) => instancePath.length === depth).slice(0, 1);
}

function said(error: ErrorObject): string {
  const allowed: unknown = (error.params as Readonly<Record<string, unknown>>)["allowedValues"];
  return Array.isArray(allowed) ? `must be one of ${allowed.join(", ")}` : (error.message ?? "is wrong");
}

/** The node at a JSON pointer, or the last that exists on the way. */
function nodeAt(node: JsonNode, pointer: string): JsonNode {
  let at = node;
  for (const key of keysOf(pointer)) {
    const next = at.type === "array" ? at.items[Number(key)] : memberOf(at, key);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

/** Where a schema has a pattern. */
function patternAt(node: JsonNode, pattern: string): JsonNode | undefined {
  const own = memberOf(node, "pattern");
  if (own?.type === "string" && own.value === pattern) return own;
  const inner = node.type === "array" ? node.items : node.type === "object" ? node.properties.map(({ key }) => memberOf(node, key)) : [];
  for (const each of inner) {
    const found = each === undefined ? undefined : patternAt(each, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

function problemAt(node: JsonNode, message: string): LocalProblem {
  return { severity: "error", code: "CHANNEL_SCHEMA", message, range: { start: node.start, end: node.end } };
}
