// What can be said of the graphs that a document's nodes run only by those who can read the other graphs: are they there, do they have the
// channels, do the types fit.
import { channelType, ExpressionScope, mayBe, type ExpressionProblem } from "../expression/cel.js";
import { itemScope, itemType } from "../expression/item-scope.js";
import { usesGraph, type ChannelDef, type Graph, type GraphMapNode, type GraphUser } from "../model/graph.js";
import type { Problem } from "../model/problem.js";
import { keyRange } from "./fields.js";
import { readJson } from "./json-reader.js";
import { memberOf, type JsonNode, type Property } from "./json-tree.js";
import type { ParsedDocument } from "./parsed-document.js";
import { rangeInLiteral } from "./string-offsets.js";

/** What is known of another graph. */
export type OtherGraph = { readonly found: "missing" | "outside" } | { readonly found: "file"; readonly document: ParsedDocument };

/** A problem whose range counts from the start of the node's value. */
type NodeProblem = Pick<Problem, "code" | "message" | "range">;

/**
 * What is wrong with the graphs that a document's nodes run, and with what goes in and comes out, in the order of the text. `look`
 * is given the path that the document names; it answers undefined while it does not know.
 */
export function graphProblems(document: ParsedDocument, look: (path: string) => OtherGraph | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  for (const node of [...document.graph.nodes.values()].filter(usesGraph)) {
    const entry = document.ranges.nodes.get(node.id);
    const other = look(node.graph);
    if (entry === undefined || other === undefined) continue;
    const { start, end } = entry.value;
    const check = new NodeCheck(document.text.slice(start, end), document.graph, node);
    for (const { range, ...problem } of check.problems(other)) {
      problems.push({ severity: "error", ...problem, range: { start: start + range.start, end: start + range.end }, node: node.id });
    }
  }
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}

class NodeCheck {
  readonly #text: string;
  readonly #root: JsonNode | undefined;
  readonly #here: Graph;
  readonly #node: GraphUser;

  constructor(text: string, here: Graph, node: GraphUser) {
    this.#text = text;
    this.#root = readJson(text).root;
    this.#here = here;
    this.#node = node;
  }

  problems(other: OtherGraph): readonly NodeProblem[] {
    const { graph } = this.#node;
    if (other.found !== "file") return [this.#unread(other.found)];
    const { document } = other;
    const [first] = document.problems.filter(({ severity }) => severity === "error");
    const broken = first === undefined ? [] : [this.#atGraph("GRAPH_INVALID", `The graph "${graph}" has errors: ${first.message}`)];
    // Channels that are broken there are not to be blamed here.
    return broken.length > 0 ? broken : [...this.#given(document.graph), ...this.#returned(document.graph)];
  }

  #unread(found: "missing" | "outside"): NodeProblem {
    const { graph } = this.#node;
    return found === "missing"
      ? this.#atGraph("GRAPH_MISSING", `There is no file for the graph "${graph}".`)
      : this.#atGraph("GRAPH_OUTSIDE", `The graph "${graph}" is outside the folder of the workspace.`);
  }

  #given(inner: Graph): readonly NodeProblem[] {
    const channels = ExpressionScope.of(this.#here.channels);
    const scope = this.#node.kind === "map" ? itemScope(channels, this.#node.over) : channels;
    return this.#mappings("in").flatMap(([property, value, source]) => {
      const channel = inner.channels.get(property.key);
      if (channel === undefined) return [this.#noChannel(property)];
      // What is wrong with the expression itself the document says.
      return scope.compile(source).ok ? this.#typed(source, value, scope, channel) : [];
    });
  }

  #returned(inner: Graph): readonly NodeProblem[] {
    const scope = ExpressionScope.of(inner.channels);
    if (this.#node.kind === "map") return this.#resulting(this.#node, scope);
    return this.#mappings("out").flatMap(([property, value, source]) =>
      this.#typed(source, value, scope, this.#here.channels.get(property.key)),
    );
  }

  /** The results of items are a list: each must fit the items of the channel. */
  #resulting({ result, output }: GraphMapNode, scope: ExpressionScope): readonly NodeProblem[] {
    const at = memberOf(this.#root, "result");
    if (result === undefined || at === undefined) return [];
    const compiled = scope.compile(result);
    if (!compiled.ok) return [this.#atExpression(result, at, compiled.problem)];
    const channel = output === undefined ? undefined : this.#here.channels.get(output);
    const wanted = channel === undefined ? "dyn" : itemType(channelType(channel));
    if (channel === undefined || mayBe(compiled.type, wanted)) return [];
    const message = `is ${compiled.type}, and the items of channel "${channel.name}" are ${wanted}`;
    return [this.#atExpression(result, at, { message, start: 0, end: result.length })];
  }

  #mappings(field: "in" | "out"): readonly (readonly [Property, JsonNode, string])[] {
    const object = memberOf(this.#root, field);
    const properties = object?.type === "object" ? object.properties : [];
    return properties.flatMap((property) => {
      const { value } = property;
      return value?.type === "string" ? [[property, value, String(value.value)] as const] : [];
    });
  }

  /** What is wrong with an expression whose value is for a channel. */
  #typed(source: string, at: JsonNode, scope: ExpressionScope, channel: ChannelDef | undefined): readonly NodeProblem[] {
    const result = scope.compile(source);
    if (!result.ok) return [this.#atExpression(source, at, result.problem)];
    if (channel === undefined || takesParts(channel)) return [];
    const wanted = channelType(channel);
    if (mayBe(result.type, wanted)) return [];
    const message = `is ${result.type}, and channel "${channel.name}" holds ${wanted}`;
    return [this.#atExpression(source, at, { message, start: 0, end: source.length })];
  }

  #noChannel(property: Property): NodeProblem {
    const message = `The graph "${this.#node.graph}" has no channel "${property.key}".`;
    return { code: "UNDECLARED_CHANNEL", message, range: keyRange(property) };
  }

  #atExpression(source: string, at: JsonNode, problem: ExpressionProblem): NodeProblem {
    const inside = rangeInLiteral(this.#text.slice(at.start, at.end), problem);
    const range = { start: at.start + inside.start, end: at.start + Math.max(inside.end, inside.start + 1) };
    return { code: "EXPRESSION", message: `\`${source}\`: ${problem.message}`, range };
  }

  #atGraph(code: Problem["code"], message: string): NodeProblem {
    const at = memberOf(this.#root, "graph");
    return { code, message, range: at === undefined ? { start: 0, end: 1 } : { start: at.start + 1, end: at.end - 1 } };
  }
}

/** Whether a write may be a part of the value: an item, or some. */
function takesParts({ reducer }: ChannelDef): boolean {
  return reducer === "append" || reducer === "union" || reducer === "messages";
}
