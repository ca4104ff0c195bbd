import type { BarrierNode, CodeNode, ExpressionNode, NodeDef, NodeKind } from "../model/graph.js";
import { Fields } from "./fields.js";
import { checkSchema } from "./json-schema.js";
import { objectToJson, type JsonNode, type ObjectNode } from "./json-tree.js";
import { readCommon, readHandler } from "./read-common.js";
import { readHttp } from "./read-http.js";
import { readMap } from "./read-map.js";
import { readSubgraph } from "./read-subgraph.js";
import { readBarrierPolicies, readPolicies } from "./read-policies.js";
import { reading, type Reading } from "./reading.js";

/** The node kinds that this version knows. */
const nodeKinds: readonly NodeKind[] = ["code", "expression", "barrier", "http", "map", "subgraph"];

const laterKinds: readonly string[] = ["llm"];

/** What a barrier is answered with where it does not say. */
export const defaultActions: readonly string[] = ["approve", "reject"];

/** Reads one entry of `nodes`. */
export function readNode(id: string, node: ObjectNode): Reading<NodeDef> {
  const kind = new Fields(node, "a node").get("kind");
  switch (kind?.type === "string" ? kind.value : undefined) {
    case "code":
      return readCode(id, node);
    case "expression":
      return readExpression(id, node);
    case "barrier":
      return readBarrier(id, node);
    case "http":
      return readHttp(id, node);
    case "subgraph":
      return readSubgraph(id, node);
    case "map":
      return readMap(id, node);
    default:
      return { def: undefined, problems: unknownKind(node, kind).problems };
  }
}

function unknownKind(node: ObjectNode, kind: JsonNode | undefined): Fields {
  const fields = new Fields(node, "a node");
  const known = nodeKinds.map((name) => `"${name}"`).join(", ");
  if (kind === undefined) fields.requiredString("kind");
  else if (kind.type !== "string") fields.error(kind, `\`kind\` must be one of ${known}.`);
  else if (laterKinds.includes(String(kind.value))) {
    fields.error(kind, `This version does not execute nodes of kind "${kind.value}" yet; it knows ${known}.`, "UNKNOWN_KIND");
  } else fields.error(kind, `"${kind.value}" is not a node kind; this version knows ${known}.`, "UNKNOWN_KIND");
  return fields;
}

function readCode(id: string, node: ObjectNode): Reading<CodeNode> {
  const fields = new Fields(node, "a code node");
  const common = readCommon(fields);
  const handler = readHandler(fields);
  const reads = fields.strings("reads");
  const writes = fields.strings("writes");
  const policies = readPolicies(fields);
  fields.warnOfRest();
  return reading(fields.problems, () => ({
    id,
    kind: "code",
    ...common,
    ...policies,
    handler,
    ...(reads === undefined ? {} : { reads }),
    ...(writes === undefined ? {} : { writes }),
  }));
}

function readExpression(id: string, node: ObjectNode): Reading<ExpressionNode> {
  const fields = new Fields(node, "an expression node");
  const common = readCommon(fields);
  const set = fields.expressions("set");
  if (fields.get("set") === undefined) fields.requiredString("set");
  const policies = readPolicies(fields);
  fields.warnOfRest();
  return reading(fields.problems, () => ({ id, kind: "expression", ...common, ...policies, set: set ?? {} }));
}

function readBarrier(id: string, node: ObjectNode): Reading<BarrierNode> {
  const fields = new Fields(node, "a barrier");
  const common = readCommon(fields);
  const prompt = fields.requiredString("prompt");
  const actions = readActions(fields);
  const schema = fields.objectNode("schema");
  if (schema !== undefined) fields.problems.push(...checkSchema(schema));
  const output = fields.string("output");
  const policies = readBarrierPolicies(fields);
  const whenLate = fields.string("default");
  const at = fields.get("default");
  if (at !== undefined && fields.get("timeout") === undefined) fields.warn(at, "`default` has no effect without `timeout`.");
  fields.warnOfRest();
  return reading(fields.problems, () => ({
    id,
    kind: "barrier",
    ...common,
    ...policies,
    prompt,
    actions,
    ...(schema === undefined ? {} : { schema: objectToJson(schema) }),
    ...(output === undefined ? {} : { output }),
    ...(whenLate === undefined ? {} : { default: whenLate }),
  }));
}

function readActions(fields: Fields): readonly string[] {
  const node = fields.get("actions");
  if (node === undefined) return defaultActions;
  const seen = new Set<string>();
  const actions = fields.strings("actions", (action) => {
    if (action === "" || action.startsWith("@")) return "must be a word that does not start with `@`";
    if (seen.has(action)) return `is there twice: "${action}"`;
    seen.add(action);
    return undefined;
  });
  if (node.type === "array" && node.items.length === 0) fields.error(node, "`actions` must name at least one action.");
  return actions ?? defaultActions;
}
