import type { MapNode } from "../model/graph.js";
import { Fields } from "./fields.js";
import type { ObjectNode } from "./json-tree.js";
import { readCommon, readHandler } from "./read-common.js";
import { readPolicies } from "./read-policies.js";
import { reading, type Reading } from "./reading.js";

/** Fields of a map that the format has and this version does not execute. */
const later: readonly string[] = ["graph"];

/** Reads a node that works on the items of a list. */
export function readMap(id: string, node: ObjectNode): Reading<MapNode> {
  const fields = new Fields(node, "a map");
  const common = readCommon(fields);
  const over = fields.requiredString("over");
  const handler = readHandler(fields);
  const reads = fields.strings("reads");
  const output = fields.string("output");
  const concurrency = fields.integer("concurrency", 1);
  const pool = fields.oneOf("pool", ["async", "process"] as const);
  const chunk = fields.integer("chunk", 1);
  const onError = fields.oneOf("onError", ["fail", "skip", "collect"] as const);
  const errorLimit = fields.integer("errorLimit", 1);
  const stopWhen = fields.string("stopWhen");
  warnOfUnusedLimit(fields, onError);
  const policies = readPolicies(fields);
  fields.warnOfRest(later);
  return reading(fields.problems, () => ({
    id,
    kind: "map",
    ...common,
    ...policies,
    over,
    handler,
    ...(reads === undefined ? {} : { reads }),
    ...(output === undefined ? {} : { output }),
    ...(concurrency === undefined ? {} : { concurrency }),
    pool: pool ?? "async",
    ...(chunk === undefined ? {} : { chunk }),
    onError: onError ?? "fail",
    ...(errorLimit === undefined ? {} : { errorLimit }),
    ...(stopWhen === undefined ? {} : { stopWhen }),
  }));
}

function warnOfUnusedLimit(fields: Fields, onError: string | undefined): void {
  const at = fields.get("errorLimit");
  if (at === undefined || onError === "skip" || onError === "collect") return;
  fields.warn(at, '`errorLimit` has no effect without `onError` "skip" or "collect": the first error is the last.');
}
