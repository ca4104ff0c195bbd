// What an expression in a field of the inspector may name, and what that holds in the run shown.
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { wrongKey } from "../../runtime/document/section.js";
import type { NamedShape } from "../../runtime/expression/assist/complete.js";
import { anything, type Shape } from "../../runtime/expression/assist/shape.js";
import { ExpressionScope, type Variables } from "../../runtime/expression/cel.js";
import { itemScope, itemVariables, resultScope } from "../../runtime/expression/item-scope.js";
import type { ChannelDef } from "../../runtime/model/graph.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import type { Moment } from "../../runtime/run/moment.js";
import type { ExpressionText } from "../../webview/protocol/expressions.js";
import { edgeSyntax, nodeSyntax, type FieldSyntax } from "./field-syntax.js";

/** What is looked at when an expression is typed. */
export interface ExpressionFacts {
  readonly parsed: ParsedDocument;
  /** Where the run shown stands. */
  readonly moment: Moment | undefined;
  /** What a node wrote last. */
  readonly written: (node: string) => JsonObject | undefined;
  /** The graph that a path in the document names, as far as it can be read. */
  readonly other: (path: string) => ParsedDocument | undefined;
}

/** A field that holds expressions, with all that they may name. */
export interface ExpressionField {
  readonly syntax: FieldSyntax;
  readonly scope: ExpressionScope;
  readonly names: readonly NamedShape[];
  /** On the state of the run shown; undefined where there is none. */
  readonly variables: Variables | undefined;
  readonly superstep: number | undefined;
}

/** What is known of a field; undefined where it holds no expressions, or its node or edge is gone. */
export function expressionField(facts: ExpressionFacts, { node, edge, field }: Omit<ExpressionText, "text">): ExpressionField | undefined {
  const fields = node === undefined ? facts.parsed.raw.edges.get(edge ?? "") : facts.parsed.raw.nodes.get(node);
  if (fields === undefined) return undefined;
  const syntax = node === undefined ? edgeSyntax(field) : nodeSyntax(textOf(fields["kind"]), field);
  if (syntax === undefined) return undefined;
  if (syntax.reach === "other") return ofOther(facts, syntax, textOf(fields["graph"]));
  const from = node === undefined ? textOf(fields["from"]) : undefined;
  const here = around(facts, from);
  if (syntax.reach === "here") return { syntax, ...here };
  return { syntax, ...ofItems(here, syntax.reach, fields) };
}

type Around = Omit<ExpressionField, "syntax">;

/** The channels, with `run`, `input` and, where a node has just run, `output`. */
function around({ parsed, moment, written }: ExpressionFacts, from: string | undefined): Around {
  const channels = channelsOf(parsed);
  const writes = from === undefined ? undefined : written(from);
  const variables = moment?.variables(writes === undefined ? {} : { writes });
  const output: NamedShape = variable("output", { schema: { type: "object" }, value: writes }, "What the node wrote.");
  return {
    scope: new ExpressionScope(channels),
    names: [
      ...channels.map((def) => channelShape(def, moment)),
      ...(from === undefined ? [] : [output]),
      variable("input", anything, "What the task itself was given, as a sent task is; otherwise null."),
      variable("run", runShape(moment), "The run: `run.id`, `run.superstep`."),
    ],
    variables,
    superstep: moment?.superstep,
  };
}

/** What an expression over one item may name; the first item of the run shown stands for all. */
function ofItems(here: Around, reach: "item" | "result", fields: JsonObject): Around {
  const over = textOf(fields["over"]);
  const list = listOn(here, over);
  const results = here.variables?.get(textOf(fields["output"]));
  const known: readonly JsonValue[] = Array.isArray(results) ? (results as readonly JsonValue[]).slice(0, 1) : [];
  const item = list?.[0];
  const names = [
    variable("item", { schema: {}, value: item }, "The item of the list."),
    variable("index", { schema: { type: "integer" }, value: item === undefined ? undefined : 0 }, "The item's number, from 0."),
    ...(reach === "item"
      ? []
      : [
          variable("output", { schema: {}, value: known[0] }, "The item's result."),
          variable("results", { schema: { type: "array" }, value: [...known] }, "The results so far, the item's own included."),
        ]),
  ];
  const values = Object.fromEntries(names.map(({ name, shape }) => [name, shape.value ?? null]));
  return {
    ...here,
    scope: reach === "item" ? itemScope(here.scope, over) : resultScope(here.scope, over),
    names: [...names, ...here.names.filter(({ name }) => !Object.hasOwn(values, name))],
    variables: here.variables === undefined || item === undefined ? undefined : itemVariables(here.variables, values),
  };
}

function listOn({ scope, variables }: Around, over: string): readonly JsonValue[] | undefined {
  const compiled = variables === undefined ? undefined : scope.compile(over, "list");
  if (variables === undefined || compiled?.ok !== true) return undefined;
  try {
    const value = compiled.program(variables);
    return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;
  } catch {
    return undefined; // it says so in its own field
  }
}

/** The channels of the graph that a node runs; what they hold is in a run of its own. */
function ofOther({ other }: ExpressionFacts, syntax: FieldSyntax, path: string): ExpressionField {
  const parsed = path === "" ? undefined : other(path);
  const channels = parsed === undefined ? [] : channelsOf(parsed);
  const names = [...channels.map((def) => channelShape(def, undefined)), variable("run", runShape(undefined), "The run inside.")];
  return { syntax, scope: new ExpressionScope(channels), names, variables: undefined, superstep: undefined };
}

/** Those that can be read, and the broken ones, which may hold anything. */
export function channelsOf({ graph, raw }: ParsedDocument): readonly ChannelDef[] {
  const names = [...raw.channels.keys()].filter((name) => wrongKey("channels", name) === undefined);
  return names.map((name) => graph.channels.get(name) ?? { name, schema: {}, reducer: "last" });
}

const lists: ReadonlySet<string> = new Set(["append", "union", "messages"]);
const numbers: ReadonlySet<string> = new Set(["sum", "min", "max"]);

/** A channel, with what it holds in the run shown. */
export function channelShape({ name, schema, reducer }: ChannelDef, moment: Moment | undefined): NamedShape {
  const type = lists.has(reducer) ? "array" : numbers.has(reducer) ? "number" : reducer === "merge" ? "object" : undefined;
  const { description } = schema;
  const help = typeof description === "string" ? description : reducer === "last" ? "A channel." : `A channel; its reducer is ${reducer}.`;
  const shape: Shape = { schema: type === undefined ? schema : { ...schema, type }, value: moment?.value(name) };
  return { name, kind: "channel", shape, help };
}

function runShape(moment: Moment | undefined): Shape {
  const properties = { id: { type: "string" }, superstep: { type: "number" } };
  const value = moment === undefined ? undefined : { id: moment.run, superstep: moment.superstep };
  return { schema: { type: "object", properties }, value };
}

function variable(name: string, shape: Shape, help: string): NamedShape {
  return { name, kind: "variable", shape, help };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
