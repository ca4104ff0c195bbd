import type { GraphMapNode, HandlerMapNode, MapNode } from "../model/graph.js";
import { Fields } from "./fields.js";
import type { ObjectNode } from "./json-tree.js";
import { readCommon, readHandler } from "./read-common.js";
import { readPolicies } from "./read-policies.js";
import { reading, type Reading } from "./reading.js";

/** What only a handler has, and only a graph. */
const ofHandlers = ["reads", "pool", "chunk"] as const;
const ofGraphs = ["in", "result"] as const;

/** Reads a node that works on the items of a list. */
export function readMap(id: string, node: ObjectNode): Reading<MapNode> {
  const fields = new Fields(node, "a map");
  const common = readCommon(fields);
  const over = fields.requiredString("over");
  const each = fields.get("graph") === undefined ? readHandlerPart(fields) : readGraphPart(fields);
  const output = fields.string("output");
  const concurrency = fields.integer("concurrency", 1);
  const onError = fields.oneOf("onError", ["fail", "skip", "collect"] as const);
  const errorLimit = fields.integer("errorLimit", 1);
  const stopWhen = fields.string("stopWhen");
  warnOfUnusedLimit(fields, onError);
  const policies = readPolicies(fields);
  fields.warnOfRest();
  return reading(fields.problems, () => ({
    id,
    kind: "map",
    ...common,
    ...policies,
    over,
    ...each,
    ...(output === undefined ? {} : { output }),
    ...(concurrency === undefined ? {} : { concurrency }),
    onError: onError ?? "fail",
    ...(errorLimit === undefined ? {} : { errorLimit }),
    ...(stopWhen === undefined ? {} : { stopWhen }),
  }));
}

type HandlerPart = Pick<HandlerMapNode, "handler" | "reads" | "pool" | "chunk">;
type GraphPart = Pick<GraphMapNode, "graph" | "in" | "result">;

function readHandlerPart(fields: Fields): HandlerPart {
  refuse(fields, ofGraphs, "a `graph`, and this map has none");
  const handler = readHandler(fields);
  const reads = fields.strings("reads");
  const pool = fields.oneOf("pool", ["async", "process"] as const);
  const chunk = fields.integer("chunk", 1);
  return {
    handler,
    ...(reads === undefined ? {} : { reads }),
    pool: pool ?? "async",
    ...(chunk === undefined ? {} : { chunk }),
  };
}

function readGraphPart(fields: Fields): GraphPart {
  const both = fields.get("handler");
  if (both !== undefined) fields.error(both, "A map runs a `handler` or a `graph` for each item, not both.");
  refuse(fields, ofHandlers, "a `handler`, and this map runs a graph");
  const graph = fields.requiredString("graph");
  const given = fields.expressions("in");
  const result = fields.string("result");
  return { graph, ...(given === undefined ? {} : { in: given }), ...(result === undefined ? {} : { result }) };
}

function refuse(fields: Fields, names: readonly string[], belongs: string): void {
  for (const name of names) {
    const at = fields.get(name);
    if (at !== undefined) fields.error(at, `\`${name}\` is for ${belongs}.`);
  }
}

function warnOfUnusedLimit(fields: Fields, onError: string | undefined): void {
  const at = fields.get("errorLimit");
  if (at === undefined || onError === "skip" || onError === "collect") return;
  fields.warn(at, '`errorLimit` has no effect without `onError` "skip" or "collect": the first error is the last.');
}
