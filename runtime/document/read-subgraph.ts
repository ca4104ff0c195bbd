import type { SubgraphNode } from "../model/graph.js";
import { Fields } from "./fields.js";
import type { ObjectNode } from "./json-tree.js";
import { readCommon } from "./read-common.js";
import { readPolicies } from "./read-policies.js";
import { reading, type Reading } from "./reading.js";

/** Reads a `subgraph` node. What the other graph makes of its fields is for those who can read it. */
export function readSubgraph(id: string, node: ObjectNode): Reading<SubgraphNode> {
  const fields = new Fields(node, "a subgraph");
  const common = readCommon(fields);
  const graph = fields.requiredString("graph");
  const inner = fields.expressions("in");
  const outer = fields.expressions("out");
  const policies = readPolicies(fields);
  fields.warnOfRest();
  return reading(fields.problems, () => ({
    id,
    kind: "subgraph",
    ...common,
    ...policies,
    graph,
    ...(inner === undefined ? {} : { in: inner }),
    ...(outer === undefined ? {} : { out: outer }),
  }));
}
