// What is checked of one entry against the channels: the names it uses and its expressions.
//
// 1. The answer depends on the entry and the channels alone, so that it holds for as long as both are the same objects.
// 2. An expression that several entries share is checked once.
import { ExpressionScope, syntaxProblem, type ExpectedType, type ExpressionProblem, type ExpressionResult } from "../expression/cel.js";
import { itemScope, resultScope } from "../expression/item-scope.js";
import { splitTemplate } from "../expression/template.js";
import {
  MODIFY,
  REROUTE,
  type BarrierNode,
  type ChannelDef,
  type EdgeDef,
  type GraphMapNode,
  type HandlerMapNode,
  type NodeDef,
} from "../model/graph.js";
import type { TextRange } from "../model/problem.js";
import type { Table } from "../model/table.js";
import { checkGraphPath, checkHandlerPath } from "./handler-path.js";
import { checkHttp } from "./check-http.js";
import { keyRange } from "./fields.js";
import { memberOf, type JsonNode } from "./json-tree.js";
import type { LocalProblem } from "./reading.js";
import { wrongKey, type Entry, type Section } from "./section.js";
import { rangeInLiteral } from "./string-offsets.js";

/** The JSON text of a string of the entry that is checked. */
export type LiteralText = (node: JsonNode) => string;

/** How many answers about expressions are kept; typing makes new ones without end. */
const MAX_EXPRESSIONS = 20_000;

/** Checks entries against one set of channels and keeps the answers. */
export class EntryChecks {
  readonly #channels: Table<ChannelDef>;
  readonly #declared: ReadonlySet<string>;
  readonly #scope: ExpressionScope;
  readonly #answers = new WeakMap<Entry<unknown>, readonly LocalProblem[]>(); // 1
  readonly #expressions = new Map<string, readonly ExpressionProblem[]>(); // 2

  constructor(channels: Table<ChannelDef>, section: Section<ChannelDef>) {
    this.#channels = channels;
    this.#declared = new Set(section.entries.keys());
    // A channel that is declared wrongly is reported there; here it is a variable of any type.
    const broken = [...section.entries].filter(([name, { def }]) => def === undefined && wrongKey("channels", name) === undefined);
    this.#scope = new ExpressionScope([...channels.values(), ...broken.map(([name]) => anyChannel(name))]);
  }

  /** Whether the answers hold for these channels too. */
  holdFor(channels: Table<ChannelDef>, section: Section<ChannelDef>): boolean {
    return (
      channels === this.#channels &&
      section.size === this.#declared.size &&
      [...section.entries.keys()].every((name) => this.#declared.has(name))
    );
  }

  /** What is wrong with a node's names and expressions. */
  node(entry: Entry<NodeDef>, literal: LiteralText): readonly LocalProblem[] {
    return this.#kept(entry, () => this.#checkNode(entry, literal));
  }

  /** What is wrong with an edge's expression. */
  edge(entry: Entry<EdgeDef>, literal: LiteralText): readonly LocalProblem[] {
    return this.#kept(entry, () => {
      const condition = entry.def?.condition;
      return condition?.type === "when" ? this.#expression(condition.expression, memberOf(entry.node, "when"), literal, "bool") : [];
    });
  }

  #kept(entry: Entry<unknown>, check: () => readonly LocalProblem[]): readonly LocalProblem[] {
    const known = this.#answers.get(entry);
    if (known !== undefined) return known;
    const answer = check();
    if (answer.length > 0) this.#answers.set(entry, answer); // of what is right nobody asks again
    return answer;
  }

  #checkNode(entry: Entry<NodeDef>, literal: LiteralText): readonly LocalProblem[] {
    return [...this.#checkKind(entry, literal), ...this.#checkPolicies(entry, literal)];
  }

  #checkPolicies({ def, node }: Entry<NodeDef>, literal: LiteralText): readonly LocalProblem[] {
    const fallback = memberOf(node, "fallback");
    const key = memberOf(memberOf(node, "cache"), "key");
    return [
      ...(def?.fallback?.type === "handler" ? checkHandlerPath(def.fallback.handler, fallback) : []),
      ...(fallback?.type === "object" ? fallback.properties.flatMap((property) => this.#name(property.key, keyRange(property))) : []),
      ...(def?.cache?.key === undefined ? [] : this.#expression(def.cache.key, key, literal)),
    ];
  }

  #checkKind({ def, node }: Entry<NodeDef>, literal: LiteralText): readonly LocalProblem[] {
    switch (def?.kind) {
      case "code":
        return [
          ...checkHandlerPath(def.handler, memberOf(node, "handler")),
          ...this.#names(memberOf(node, "reads")),
          ...this.#names(memberOf(node, "writes")),
        ];
      case "expression":
        return this.#set(memberOf(node, "set"), literal);
      case "barrier":
        return [
          ...this.#template(def.prompt, memberOf(node, "prompt"), literal, "the prompt"),
          ...this.#name(def.output, memberOf(node, "output")),
          ...checkDefault(def, memberOf(node, "default")),
        ];
      case "http":
        return [
          ...checkHttp(node, (source, at, where) => this.#template(source, at, literal, where, true)),
          ...this.#name(def.output, memberOf(node, "output")),
        ];
      case "subgraph":
        return [
          ...checkGraphPath(def.graph, memberOf(node, "graph")),
          ...this.#first(memberOf(node, "in"), literal),
          ...this.#out(memberOf(node, "out"), literal),
        ];
      case "map":
        return [
          ...this.#expression(def.over, memberOf(node, "over"), literal, "list"),
          ...(def.graph === undefined ? this.#handlerPart(def, node) : this.#graphPart(def, node, literal)),
          ...this.#name(def.output, memberOf(node, "output")),
          ...this.#ofItem(def.over, memberOf(node, "stopWhen"), literal, "bool"),
        ];
      case undefined:
        return [];
    }
  }

  /** Which channels the other graph has is for those who can read it. */
  #first(given: JsonNode | undefined, literal: LiteralText): readonly LocalProblem[] {
    return sourcesIn(given).flatMap(({ source, at }) => this.#expression(source, at, literal));
  }

  #out(out: JsonNode | undefined, literal: LiteralText): readonly LocalProblem[] {
    const names = out?.type === "object" ? out.properties.flatMap((property) => this.#name(property.key, keyRange(property))) : [];
    return [...names, ...sourcesIn(out).flatMap(({ at }) => syntaxIn(at, literal))];
  }

  #handlerPart(def: HandlerMapNode, node: JsonNode | undefined): readonly LocalProblem[] {
    return [...checkHandlerPath(def.handler, memberOf(node, "handler")), ...this.#names(memberOf(node, "reads"))];
  }

  #graphPart(def: GraphMapNode, node: JsonNode | undefined, literal: LiteralText): readonly LocalProblem[] {
    return [
      ...checkGraphPath(def.graph, memberOf(node, "graph")),
      ...sourcesIn(memberOf(node, "in")).flatMap(({ at }) => this.#ofItem(def.over, at, literal)),
      ...syntaxIn(memberOf(node, "result"), literal),
    ];
  }

  /** An expression over an item is checked with what the items of the list are; one that must be a bool has the item's result, too. */
  #ofItem(over: string, at: JsonNode | undefined, literal: LiteralText, expected?: "bool"): readonly LocalProblem[] {
    if (at?.type !== "string") return [];
    const source = String(at.value);
    const problems = this.#once(`item ${JSON.stringify([over, source, expected ?? "any"])}`, () => {
      const scope = expected === undefined ? itemScope(this.#scope, over) : resultScope(this.#scope, over);
      return problemsOf(scope.compile(source, expected));
    });
    return placed(problems, at, literal, (message) => `\`${source}\`: ${message}`);
  }

  #set(set: JsonNode | undefined, literal: LiteralText): readonly LocalProblem[] {
    const properties = set?.type === "object" ? set.properties : [];
    return properties.flatMap((property) => [
      ...this.#name(property.key, keyRange(property)),
      ...(property.value?.type === "string" ? this.#expression(String(property.value.value), property.value, literal) : []),
    ]);
  }

  #names(list: JsonNode | undefined): readonly LocalProblem[] {
    const items = list?.type === "array" ? list.items : [];
    return items.flatMap((item) => (item.type === "string" ? this.#name(String(item.value), item) : []));
  }

  #name(name: string | undefined, at: TextRange | undefined): readonly LocalProblem[] {
    if (name === undefined || at === undefined || this.#declared.has(name)) return [];
    const message = `There is no channel "${name}" in this graph.`;
    return [{ severity: "error", code: "UNDECLARED_CHANNEL", message, range: { start: at.start, end: at.end } }];
  }

  #expression(source: string, at: JsonNode | undefined, literal: LiteralText, expected?: ExpectedType): readonly LocalProblem[] {
    const problems = this.#once(`${expected ?? "any"} ${source}`, () => problemsOf(this.#scope.compile(source, expected)));
    return placed(problems, at, literal, (message) => `\`${source}\`: ${message}`);
  }

  /** `where` names the field for people. */
  #template(source: string, at: JsonNode | undefined, literal: LiteralText, where: string, secrets = false): readonly LocalProblem[] {
    const problems = this.#once(`template${secrets ? " with secrets" : ""} ${source}`, () => {
      const result = splitTemplate(source, this.#scope, { secrets });
      return result.ok ? [] : result.problems;
    });
    return placed(problems, at, literal, (message) => `In ${where}: ${message}`);
  }

  #once(key: string, check: () => readonly ExpressionProblem[]): readonly ExpressionProblem[] {
    let problems = this.#expressions.get(key);
    if (problems !== undefined) return problems;
    if (this.#expressions.size >= MAX_EXPRESSIONS) this.#expressions.clear();
    this.#expressions.set(key, (problems = check()));
    return problems;
  }
}

/** What a barrier does by itself must be something that it offers, and that needs nothing more from anybody. */
function checkDefault({ actions, default: action }: BarrierNode, at: TextRange | undefined): readonly LocalProblem[] {
  if (action === undefined || at === undefined) return [];
  const needs = action === MODIFY ? "a value" : action === REROUTE ? "a target" : undefined;
  if (actions.includes(action) && needs === undefined) return [];
  const offered = actions.map((each) => `"${each}"`).join(", ");
  const reason = needs === undefined ? `the barrier offers ${offered}` : `"${action}" needs ${needs}, which only a person can give`;
  const message = `"${action}" cannot be the default: ${reason}.`;
  return [{ severity: "error", code: "UNKNOWN_ACTION", message, range: { start: at.start, end: at.end } }];
}

/** What is wrong with an expression over another graph's channels, as far as can be told without that. */
function syntaxIn(at: JsonNode | undefined, literal: LiteralText): readonly LocalProblem[] {
  if (at?.type !== "string") return [];
  const source = String(at.value);
  const problem = syntaxProblem(source);
  return problem === undefined ? [] : placed([problem], at, literal, (message) => `\`${source}\`: ${message}`);
}

function sourcesIn(node: JsonNode | undefined): readonly { readonly source: string; readonly at: JsonNode }[] {
  const properties = node?.type === "object" ? node.properties : [];
  return properties.flatMap(({ value }) => (value?.type === "string" ? [{ source: String(value.value), at: value }] : []));
}

function problemsOf(result: ExpressionResult): readonly ExpressionProblem[] {
  return result.ok ? [] : [result.problem];
}

function anyChannel(name: string): ChannelDef {
  return { name, schema: {}, reducer: "last" };
}

/** Problems of an expression at their place inside the JSON string that holds it. */
function placed(
  problems: readonly ExpressionProblem[],
  at: JsonNode | undefined,
  literal: LiteralText,
  say: (message: string) => string,
): readonly LocalProblem[] {
  if (at === undefined) return [];
  return problems.map((problem) => {
    const inside = rangeInLiteral(literal(at), problem);
    // What is missing at the end of an expression has no width; the closing quote shows the place.
    const range = { start: at.start + inside.start, end: at.start + Math.max(inside.end, inside.start + 1) };
    return { severity: "error", code: "EXPRESSION", message: say(problem.message), range };
  });
}
