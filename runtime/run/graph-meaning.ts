import type { JsonValue } from "../model/json.js";
import type { HandlerHost } from "../ports.js";
import type { GraphSource } from "./graph-source.js";

/**
 * What tells a graph from what it was before: its revision, the modules that its nodes run in the state that they have, and the
 * graphs in it. One that is in itself is looked at once.
 */
export function graphMeaning(
  source: GraphSource | undefined,
  path: string,
  handlers: HandlerHost,
  seen: readonly unknown[] = [],
): JsonValue {
  const found = source?.load(path);
  if (found?.ok !== true) return null;
  const { graph } = found;
  if (seen.includes(graph)) return seen.indexOf(graph);
  const inside: JsonValue[] = [];
  for (const { id, module, graph: named } of [...graph.plan.nodes.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (module !== undefined) inside.push([id, handlers.version?.(graph.resolve(module)) ?? null]);
    if (named !== undefined) inside.push([id, graphMeaning(graph.graphs, named, handlers, [...seen, graph])]);
  }
  return [graph.plan.revision, inside];
}
