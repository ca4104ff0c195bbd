// How the fields of nodes and edges hold expressions: which fields do, what they must come to, what they may name. Pure.
import type { ExpectedType } from "../../runtime/expression/cel.js";
import type { Syntax } from "../../runtime/expression/assist/regions.js";

/** What an expression may name beside what every one may: the item of a map, its result, or the channels of the graph that is run. */
export type Reach = "here" | "item" | "result" | "other";

/** How a field holds expressions. */
export interface FieldSyntax {
  /** `body`: JSON whose strings are templates, or a template. */
  readonly syntax: Syntax | "body";
  readonly reach: Reach;
  readonly expected?: ExpectedType;
  /** `{{secret.NAME}}` may stand in it. */
  readonly secrets?: true;
  /** Values in the path of an address and behind it are encoded. */
  readonly address?: true;
}

const expression: FieldSyntax = { syntax: "expression", reach: "here" };
const request: FieldSyntax = { syntax: "template", reach: "here", secrets: true };

const byKind: Readonly<Record<string, Readonly<Record<string, FieldSyntax>>>> = {
  barrier: { prompt: { syntax: "template", reach: "here" } },
  expression: { set: expression },
  http: {
    url: { ...request, address: true },
    headers: request,
    query: request,
    body: { ...request, syntax: "body" },
  },
  map: {
    over: { ...expression, expected: "list" },
    stopWhen: { ...expression, reach: "result", expected: "bool" },
    in: { ...expression, reach: "item" },
    result: { ...expression, reach: "other" },
  },
  subgraph: { in: expression, out: { ...expression, reach: "other" } },
};

/** How a field of a node, or a row of one, holds expressions; undefined: it holds none. */
export function nodeSyntax(kind: string, field: string): FieldSyntax | undefined {
  if (field === "cache.key") return expression;
  const fields = Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
  const [name = "", ...row] = field.split(".");
  const syntax = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return syntax?.syntax === "body" && row.length > 0 ? request : syntax;
}

/** How a field of an edge holds expressions; undefined: it holds none. */
export function edgeSyntax(field: string): FieldSyntax | undefined {
  return field === "when" ? { ...expression, expected: "bool" } : undefined;
}
