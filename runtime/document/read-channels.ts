import type { ChannelDef, ReducerName } from "../model/graph.js";
import { Fields } from "./fields.js";
import { checkSchema } from "./json-schema.js";
import { objectToJson, toJson, type JsonNode, type ObjectNode } from "./json-tree.js";
import { reading, type Reading } from "./reading.js";

/** The reducers that this version knows. */
const reducerNames: readonly ReducerName[] = ["last", "append", "sum"];

/** Reads one entry of `channels`. */
export function readChannel(name: string, node: ObjectNode): Reading<ChannelDef> {
  const fields = new Fields(node, "a channel");
  const schema = fields.objectNode("schema");
  const reducer = fields.oneOf("reducer", reducerNames) ?? "last";
  const initial = fields.get("default");
  fields.warnOfRest();
  if (schema !== undefined) fields.problems.push(...checkSchema(schema, initial));
  if (initial !== undefined) checkStart(fields, reducer, initial);
  return reading(fields.problems, () => ({
    name,
    schema: schema === undefined ? {} : objectToJson(schema),
    reducer,
    ...(initial === undefined ? {} : { initial: toJson(initial) }),
  }));
}

function checkStart(fields: Fields, reducer: ReducerName, initial: JsonNode): void {
  if (reducer === "append" && initial.type !== "array") fields.error(initial, "The default of an `append` channel must be a list.");
  if (reducer === "sum" && initial.type !== "number") fields.error(initial, "The default of a `sum` channel must be a number.");
}
