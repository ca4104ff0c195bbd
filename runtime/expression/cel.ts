import { Environment, type ParseError, type TypeError as CelTypeError } from "@marcbachmann/cel-js";
import type { ChannelDef } from "../model/graph.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Table } from "../model/table.js";
import { freeNames, type NameUse } from "./free-names.js";

/** What is wrong with an expression; `start` and `end` count UTF-16 code units within its source. */
export interface ExpressionProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** The variables of an expression by name; one without a value is null. */
export type Variables = Map<string, JsonValue>;

/** A compiled expression: called with its variables, gives JSON. Throws `ExpressionError` when evaluation fails. */
export type ExpressionProgram = (variables: Variables) => JsonValue;

/** An expression that failed while it was evaluated. */
export class ExpressionError extends Error {
  constructor(source: string, reason: string, cause: unknown) {
    super(`\`${source}\`: ${reason}`, { cause });
    this.name = "ExpressionError";
  }
}

/** The answer to `compile`. */
export type ExpressionResult =
  | { readonly ok: true; readonly type: string; readonly program: ExpressionProgram }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/** A function of expressions. `on`: what it is called on, as `"a".size()`; none: as `size("a")`. */
export interface ExpressionFunction {
  readonly name: string;
  readonly signature: string;
  readonly on: string;
}

/** What an expression must come to. */
export type ExpectedType = "bool" | "list";

/** The variables of every expression. */
const standard: Readonly<Record<string, string>> = { output: "map<string, dyn>", run: "map<string, dyn>", input: "dyn" };

/**
 * CEL over the channels of one graph. Each channel is a variable; beside them `output` (what the node wrote), `input` (the task's
 * own input; null where it has none) and `run` (`run.id`, `run.superstep`). Channel types come from the reducers and schemas:
 * number and integer are `double` (as JSON has one number
 * type), and mixing them with integer literals is allowed.
 */
export class ExpressionScope {
  readonly #channels: readonly ChannelDef[];
  readonly #environment: Environment;

  /** `variables`: name -> CEL type of what is there beside the channels; one hides a channel of its name. */
  constructor(channels: Iterable<ChannelDef>, variables: Readonly<Record<string, string>> = standard) {
    this.#channels = [...channels];
    this.#environment = base().clone();
    for (const [name, type] of Object.entries(variables)) this.#environment.registerVariable(name, type);
    for (const channel of this.#channels) {
      if (!Object.hasOwn(variables, channel.name)) this.#environment.registerVariable(channel.name, channelType(channel));
    }
  }

  /** The scope for a graph's channels. */
  static of(channels: Table<ChannelDef>): ExpressionScope {
    return new ExpressionScope(channels.values());
  }

  /** The same channels with more variables, or with others of the same names. */
  with(variables: Readonly<Record<string, string>>): ExpressionScope {
    return new ExpressionScope(this.#channels, { ...standard, ...variables });
  }

  /** The functions that expressions can call, each overload by itself. */
  get functions(): readonly ExpressionFunction[] {
    return this.#environment.getDefinitions().functions.map(({ name, receiverType, signature }) => {
      const on = /^(string|list|map)\b/.exec(receiverType ?? "")?.[1];
      const isElsewhere = receiverType !== null && on === undefined;
      return { name, signature, on: isElsewhere ? "other" : (on ?? "none") };
    });
  }

  /** Parses and type-checks; `expected` (`bool` …) constrains the result's type. */
  compile(source: string, expected?: ExpectedType): ExpressionResult {
    const checked = this.#environment.check(source);
    if (!checked.valid) return { ok: false, problem: toProblem(source, checked.error) };
    const type = checked.type ?? "dyn";
    if (expected !== undefined && type !== "dyn" && type !== expected && !type.startsWith(`${expected}<`)) {
      return { ok: false, problem: { message: `is ${type}, must be ${expected}`, start: 0, end: source.length } };
    }
    const parsed = this.#environment.parse(source);
    return { ok: true, type, program: (variables) => evaluate(source, parsed, variables) };
  }
}

/** Why an expression is none, whatever its variables are. */
export function syntaxProblem(source: string): ExpressionProblem | undefined {
  try {
    base().parse(source);
    return undefined;
  } catch (error) {
    return toProblem(source, error as ParseError);
  }
}

/** The names that an expression takes from outside, in its order; undefined for one that cannot be read. */
export function namesIn(source: string): readonly NameUse[] | undefined {
  try {
    return freeNames(base().parse(source).ast);
  } catch {
    return undefined;
  }
}

/** What an expression reads, as far as its text says: `order.total`, `score`, in the order of the text, each once. Empty where it is none. */
export function pathsIn(source: string): readonly string[] {
  return [...new Set((namesIn(source) ?? []).map(({ name, fields }) => [name, ...fields].join(".")))];
}

/** Whether a value of one type may be what another is wanted: what is not known until it is evaluated may. */
export function mayBe(type: string, wanted: string): boolean {
  const known = (name: string): string => (name === "int" || name === "uint" ? "double" : name);
  if (type === wanted || type === "dyn" || wanted === "dyn" || known(type) === known(wanted)) return true;
  const [, item] = /^list<(.*)>$/.exec(type) ?? [];
  const [, wantedItem] = /^list<(.*)>$/.exec(wanted) ?? [];
  if (item !== undefined && wantedItem !== undefined) return mayBe(item, wantedItem);
  return type.startsWith("map<") && wanted.startsWith("map<");
}

let shared: Environment | undefined;

/** The environment that all scopes extend. Made once: registering is slow, cloning is not. */
function base(): Environment {
  if (shared === undefined) {
    shared = new Environment({ homogeneousAggregateLiterals: false });
    registerMixedNumbers(shared);
  }
  return shared;
}

/** CEL keeps `int` and `double` apart; JSON does not, so that `score * 2` must mean what it says. */
function registerMixedNumbers(environment: Environment): void {
  const operators: Record<string, (a: number, b: number) => number> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "%": (a, b) => a % b,
  };
  for (const [operator, apply] of Object.entries(operators)) {
    const mixed = (a: unknown, b: unknown): number => apply(Number(a), Number(b));
    environment.registerOperator(`double ${operator} int`, mixed);
    environment.registerOperator(`int ${operator} double`, mixed);
  }
  environment.registerOperator("double % double", (a: number, b: number) => a % b);
  environment.registerOperator("double == int", (a: unknown, b: unknown) => Number(a) === Number(b));
  environment.registerOperator("double in list<int>", (a: unknown, list: readonly unknown[]) => list.some((b) => Number(b) === a));
}

/** The type of a channel in expressions: what it holds by its reducer; what its schema says of that. */
export function channelType({ schema, reducer, initial }: ChannelDef): string {
  switch (reducer) {
    case "last":
    case "latest":
    case "handler":
      return celType(schema);
    case "ephemeral":
      // Most of the time there is nothing: an expression must be able to ask for null.
      return initial === undefined ? "dyn" : celType(schema);
    case "append":
    case "union":
    case "messages":
      return celType({ ...schema, type: "array" });
    case "merge":
      return "map<string, dyn>";
    case "sum":
    case "min":
    case "max":
      return "double";
  }
}

function celType(schema: JsonObject): string {
  switch (schema["type"]) {
    case "string":
      return "string";
    case "number":
    case "integer":
      return "double";
    case "boolean":
      return "bool";
    case "object":
      return "map<string, dyn>";
    case "array": {
      const items = schema["items"];
      return `list<${typeof items === "object" && items !== null && !Array.isArray(items) ? celType(items as JsonObject) : "dyn"}>`;
    }
    default:
      return "dyn";
  }
}

function toProblem(source: string, error: ParseError | CelTypeError | undefined): ExpressionProblem {
  const range = error?.range ?? { start: 0, end: source.length };
  const start = Math.min(range.start, source.length);
  return { message: error?.summary ?? "cannot be understood", start, end: Math.max(start, Math.min(range.end, source.length)) };
}

function evaluate(source: string, parsed: (variables: Map<string, unknown>) => unknown, variables: Variables): JsonValue {
  try {
    return toJson(parsed(variables));
  } catch (error) {
    const summary = error instanceof Error && "summary" in error ? String(error.summary) : String(error);
    throw new ExpressionError(source, summary, error);
  }
}

/** CEL's integers are `bigint`, its maps may be `Map`s, its times are `Date`s: as JSON. */
function toJson(value: unknown): JsonValue {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), toJson(item)]));
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
  return null; // nothing else comes out of CEL
}
