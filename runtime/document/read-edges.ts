import type { Condition, EdgeDef } from "../model/graph.js";
import { END } from "../model/ids.js";
import { Fields } from "./fields.js";
import type { ObjectNode } from "./json-tree.js";
import { reading, type Reading } from "./reading.js";

/** Reads one entry of `edges`. */
export function readEdge(id: string, node: ObjectNode): Reading<EdgeDef> {
  const fields = new Fields(node, "an edge");
  const from = fields.requiredString("from");
  const to = fields.requiredString("to");
  const condition = readCondition(fields);
  const terminate = readTerminate(fields, to);
  const label = fields.string("label");
  fields.warnOfRest();
  const more = { ...(terminate ? { terminate } : {}), ...(label === undefined ? {} : { label }) };
  return reading(fields.problems, () => ({ id, from, to, condition, ...more }));
}

function readCondition(fields: Fields): Condition {
  const expression = fields.string("when");
  const action = readAction(fields);
  const otherwise = fields.get("else");
  const [first, second] = ["when", "on", "else"].flatMap((name) => fields.get(name) ?? []).toSorted((a, b) => a.start - b.start);
  if (first !== undefined && second !== undefined) fields.error(second, "An edge has at most one of `when`, `on` and `else`.");
  if (otherwise !== undefined && !(otherwise.type === "boolean" && otherwise.value === true)) {
    fields.error(otherwise, "`else` must be true; leave it out for an edge that is not the alternative.");
  }
  if (expression !== undefined) return { type: "when", expression };
  if (action !== undefined) return { type: "on", action };
  return otherwise === undefined ? { type: "plain" } : { type: "else" };
}

function readAction(fields: Fields): string | undefined {
  const action = fields.string("on");
  const node = fields.get("on");
  if (action === "" && node !== undefined) fields.error(node, "`on` must name an action.");
  return action;
}

function readTerminate(fields: Fields, to: string): boolean {
  const terminate = fields.boolean("terminate") ?? false;
  const node = fields.get("terminate");
  if (terminate && to !== END && node !== undefined)
    fields.error(node, `\`terminate\` ends the whole run: only an edge to "${END}" can have it.`);
  return terminate;
}
