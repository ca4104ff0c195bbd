// What nodes and edges read and write, as their definitions say. Pure.
//
// 1. What cannot be told counts as everything: an answer may name too much, never too little.
import { holesIn } from "../expression/template.js";
import type { EdgeDef, HttpNode, MapNode, NodeDef, SubgraphNode } from "../model/graph.js";
import type { ChannelName } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import type { EdgeProgram } from "../plan/plan.js";

/** Channels, or all of them. */
export type Channels = ReadonlySet<ChannelName> | "all";

/** The channels that a node may touch. */
export interface Uses {
  readonly reads: Channels;
  readonly writes: Channels;
}

/** Whether a channel is among some. */
export function includes(channels: Channels, name: ChannelName): boolean {
  return channels === "all" || channels.has(name);
}

const known = new WeakMap<NodeDef, Uses>();

/** What a node may read and write. */
export function usesOf(def: NodeDef): Uses {
  const before = known.get(def);
  if (before !== undefined) return before;
  const { reads, writes } = ownUses(def);
  const uses = { reads: union(reads, policyReads(def)), writes: union(writes, fallbackWrites(def)) };
  known.set(def, uses);
  return uses;
}

/** The names in the condition of an edge: its channels among them. */
export function readsOfEdge({ condition }: Pick<EdgeProgram | EdgeDef, "condition">): ReadonlySet<string> {
  return condition.type === "when" ? namesIn(condition.expression) : nothing;
}

const nothing: ReadonlySet<string> = new Set();

function ownUses(def: NodeDef): Uses {
  switch (def.kind) {
    case "code":
      return { reads: listed(def.reads), writes: listed(def.writes) };
    case "expression":
      return { reads: namesOf(Object.values(def.set)), writes: new Set(Object.keys(def.set)) };
    case "barrier":
      return { reads: namesInTemplate(def.prompt), writes: output(def) };
    case "http":
      return { reads: requestReads(def), writes: output(def) };
    case "map":
      return { reads: mapReads(def), writes: output(def) };
    case "subgraph":
      return { reads: mapped(def.in), writes: def.out === undefined ? "all" : new Set(Object.keys(def.out)) };
  }
}

function listed(names: readonly ChannelName[] | undefined): Channels {
  return names === undefined ? "all" : new Set(names);
}

function output({ output: name }: { readonly output?: ChannelName }): Channels {
  return name === undefined ? nothing : new Set([name]);
}

function requestReads({ url, headers, query, body }: HttpNode): Channels {
  return namesInTemplate([url, ...Object.values(headers), ...Object.values(query), ...stringsIn(body)].join("\n"));
}

function mapReads(def: MapNode): Channels {
  const own = namesOf([def.over, def.stopWhen ?? ""]);
  return union(own, def.graph === undefined ? listed(def.reads) : mapped(def.in));
}

function mapped(expressions: SubgraphNode["in"]): Channels {
  return expressions === undefined ? "all" : namesOf(Object.values(expressions));
}

function policyReads({ cache, fallback }: NodeDef): Channels {
  return fallback?.type === "handler" ? "all" : namesIn(cache?.key ?? "");
}

function fallbackWrites({ fallback }: NodeDef): Channels {
  if (fallback === undefined) return nothing;
  return fallback.type === "handler" ? "all" : new Set(Object.keys(fallback.writes));
}

function union(a: Channels, b: Channels): Channels {
  if (a === "all" || b === "all") return "all";
  return b.size === 0 ? a : new Set([...a, ...b]);
}

function namesOf(expressions: readonly string[]): ReadonlySet<string> {
  return new Set(expressions.flatMap((expression) => [...namesIn(expression)]));
}

function namesInTemplate(template: string): ReadonlySet<string> {
  return namesOf(Array.from(holesIn(template), ([start, end]) => template.slice(start + 2, end - 2)));
}

/** Every name outside the texts of an expression: more than the variables, never fewer. */
function namesIn(expression: string): ReadonlySet<string> {
  return new Set(expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, " ").match(/[A-Za-z_]\w*/g) ?? []);
}

function stringsIn(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}
