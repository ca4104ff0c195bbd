import type { JoinPolicy } from "../model/graph.js";
import { Fields } from "./fields.js";
import { HANDLER } from "./read-policies.js";

/** Reads what nodes of every kind have. */
export function readCommon(fields: Fields): { readonly join: JoinPolicy; readonly label?: string; readonly note?: string } {
  fields.get("kind");
  const label = fields.string("label");
  const note = fields.string("note");
  const join = readJoin(fields);
  return { join: join ?? "any", ...(label === undefined ? {} : { label }), ...(note === undefined ? {} : { note }) };
}

function readJoin(fields: Fields): JoinPolicy | undefined {
  const node = fields.get("join");
  if (node?.type !== "object") return fields.oneOf<"any" | "all" | "deferred">("join", ["any", "all", "deferred"], ', or { "count": n }');
  const inner = new Fields(node, "a join");
  const count = inner.integer("count", 1);
  if (inner.get("count") === undefined) inner.error(node, '`join` must be "any", "all", "deferred", or { "count": n }.');
  inner.warnOfRest();
  fields.problems.push(...inner.problems);
  return count === undefined ? undefined : { count };
}

/** A path, with at most one `#` before the name of an export. */
export function readHandler(fields: Fields): string {
  const handler = fields.requiredString("handler");
  const at = fields.get("handler");
  if (at?.type === "string" && !HANDLER.test(handler)) {
    fields.error(at, "`handler` must be a path, with `#` and the name of an export where it is not the default one.");
  }
  return handler;
}
