import type { ChannelDef, OwnReducer, ReducerName } from "../model/graph.js";
import type { JsonValue } from "../model/json.js";
import { Fields } from "./fields.js";
import { checkHandlerPath } from "./handler-path.js";
import { checkSchema } from "./json-schema.js";
import { memberOf, objectToJson, toJson, type JsonNode, type ObjectNode } from "./json-tree.js";
import { parseDuration } from "./quantities.js";
import { EXAMPLE, HANDLER } from "./read-policies.js";
import { reading, type LocalProblem, type Reading } from "./reading.js";

/** What channels of one reducer hold: the type of a default, and of a schema that makes sense; undefined: anything. */
const holds: Readonly<Record<ReducerName, { readonly type: "array" | "object" | "number"; readonly called: string } | undefined>> = {
  last: undefined,
  latest: undefined,
  append: { type: "array", called: "a list" },
  union: { type: "array", called: "a list" },
  merge: { type: "object", called: "an object" },
  messages: { type: "array", called: "a list" },
  sum: { type: "number", called: "a number" },
  min: { type: "number", called: "a number" },
  max: { type: "number", called: "a number" },
  ephemeral: undefined,
  handler: undefined,
};

/** The reducers that a document names by a word. */
const reducerNames = (Object.keys(holds) as readonly ReducerName[]).filter((name) => name !== "handler");

/** Milliseconds that a reducer of the user's may take for the writes of one superstep. */
const FOLD_MS = 60_000;

/** Reads one entry of `channels`. */
export function readChannel(name: string, node: ObjectNode): Reading<ChannelDef> {
  const fields = new Fields(node, "a channel");
  const schema = fields.objectNode("schema");
  const fold = readFold(fields);
  const reducer = fold !== undefined ? "handler" : (fields.oneOf("reducer", reducerNames, OR_HANDLER) ?? "last");
  const initial = fields.get("default");
  fields.warnOfRest();
  if (initial !== undefined) checkStart(fields, reducer, initial);
  if (schema !== undefined) fields.problems.push(...checkSchema(schema, initial), ...checkType(reducer, memberOf(schema, "type")));
  return reading(fields.problems, () => ({
    name,
    schema: schema === undefined ? {} : objectToJson(schema),
    reducer,
    ...(fold === undefined ? {} : { fold }),
    ...(initial === undefined ? {} : { initial: toJson(initial) }),
  }));
}

const OR_HANDLER = ', or { "handler": "./reduce.ts#name" }';

function readFold(parent: Fields): OwnReducer | undefined {
  const node = parent.get("reducer");
  if (node?.type !== "object") return undefined;
  const fields = new Fields(node, "a reducer");
  const handler = fields.requiredString("handler");
  const at = fields.get("handler");
  if (at?.type === "string" && !HANDLER.test(handler)) {
    fields.error(at, "`handler` must be a path, with `#` and the name of an export where it is not the default one.");
  }
  const timeoutMs = fields.quantity("timeout", parseDuration, EXAMPLE) ?? FOLD_MS;
  fields.warnOfRest();
  parent.problems.push(...fields.problems, ...checkHandlerPath(handler, at));
  return { handler, timeoutMs };
}

function checkStart(fields: Fields, reducer: ReducerName, initial: JsonNode): void {
  const held = holds[reducer];
  if (held !== undefined && initial.type !== held.type)
    fields.error(initial, `The default of ${article(reducer)} \`${reducer}\` channel must be ${held.called}.`);
  else if (reducer === "messages" && initial.type === "array") checkMessages(fields, initial.items);
}

function checkMessages(fields: Fields, items: readonly JsonNode[]): void {
  for (const item of items) {
    const id = memberOf(item, "id");
    if (item.type !== "object") fields.error(item, "A message must be an object.");
    else if (id !== undefined && !["string", "number", "null"].includes(id.type))
      fields.error(id, "The `id` of a message must be a string or a number.");
  }
}

/** No write fits both the reducer and a schema of another type. */
function checkType(reducer: ReducerName, type: JsonNode | undefined): readonly LocalProblem[] {
  const held = holds[reducer];
  if (held === undefined || type === undefined) return [];
  const allowed: JsonValue = toJson(type);
  const types: readonly JsonValue[] = Array.isArray(allowed) ? (allowed as readonly JsonValue[]) : [allowed];
  if (types.includes(held.type) || (held.type === "number" && types.includes("integer"))) return [];
  const message = `${article(reducer) === "an" ? "An" : "A"} \`${reducer}\` channel holds ${held.called}; the type of its schema must be "${held.type}".`;
  return [{ severity: "error", code: "CHANNEL_SCHEMA", message, range: { start: type.start, end: type.end } }];
}

function article(reducer: ReducerName): string {
  return /^[aeiou]/.test(reducer) ? "an" : "a";
}
