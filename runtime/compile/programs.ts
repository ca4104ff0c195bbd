import { ChannelProgram } from "../channels/channel-program.js";
import type { ExpressionScope } from "../expression/cel.js";
import { compiled } from "../kinds/expression.js";
import type { ChannelDef, EdgeDef } from "../model/graph.js";
import type { ChannelName } from "../model/ids.js";
import type { Table } from "../model/table.js";
import type { EdgeProgram, Routing } from "../plan/plan.js";

/** An edge, compiled. */
export function compileEdge(def: EdgeDef, scope: ExpressionScope): EdgeProgram {
  const { id, to, condition, terminate } = def;
  const edge = terminate === undefined ? { id, to, condition } : { id, to, condition, terminate };
  return condition.type === "when" ? { ...edge, test: compiled(condition.expression, scope, "bool") } : edge;
}

/** A routing of these edges, sorted by id. */
export function routingOf(edges: readonly EdgeProgram[]): Routing {
  return { edges: edges.toSorted((a, b) => compareIds(a.id, b.id)) };
}

/** Order of ids: by code unit, the same on every machine. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All channels, compiled, by name in sorted order. */
export function compileChannels(channels: Table<ChannelDef>): ReadonlyMap<ChannelName, ChannelProgram> {
  const sorted = [...channels].toSorted(([a], [b]) => compareIds(a, b));
  return new Map(sorted.map(([name, def]) => [name, new ChannelProgram(def)]));
}
