import { ChannelProgram } from "../channels/channel-program.js";
import type { ExpressionProgram, ExpressionScope } from "../expression/cel.js";
import { compiled } from "../kinds/expression.js";
import { compileBehaviour } from "../kinds/kinds.js";
import { compilePolicy } from "../kinds/policy.js";
import type { FileVersions } from "../model/file-version.js";
import type { ChannelDef, EdgeDef, NodeDef } from "../model/graph.js";
import type { ChannelName } from "../model/ids.js";
import type { Table } from "../model/table.js";
import type { EdgeProgram, NodeProgram, Routing } from "../plan/plan.js";
import { fileFacts, reducerPath } from "./node-files.js";

/** What a node is by itself, compiled: all but its place and its edges. */
export function compileNode(def: NodeDef, scope: ExpressionScope, files: FileVersions): Omit<NodeProgram, "order" | "routing" | "join"> {
  return {
    id: def.id,
    kind: def.kind,
    def,
    behaviour: compileBehaviour(def, scope, files),
    ...fileFacts(def, files),
    policy: compilePolicy(def, scope, files),
  };
}

/** A channel, compiled. */
export function compileChannel(def: ChannelDef, files: FileVersions): ChannelProgram {
  const path = reducerPath(def);
  return new ChannelProgram(def, path === undefined ? undefined : files(path));
}

/** An edge, compiled. */
export function compileEdge(def: EdgeDef, scope: ExpressionScope): EdgeProgram {
  const { id, to, condition, terminate } = def;
  const edge = terminate === undefined ? { id, to, condition } : { id, to, condition, terminate };
  return condition.type === "when" ? { ...edge, test: compiledWhenAsked(condition.expression, scope) } : edge;
}

/** Validation has accepted the expression, and of a large graph's edges most are not asked in a session. */
function compiledWhenAsked(expression: string, scope: ExpressionScope): ExpressionProgram {
  let program: ExpressionProgram | undefined;
  return (variables) => (program ??= compiled(expression, scope, "bool"))(variables);
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
export function compileChannels(channels: Table<ChannelDef>, files: FileVersions): ReadonlyMap<ChannelName, ChannelProgram> {
  const sorted = [...channels].toSorted(([a], [b]) => compareIds(a, b));
  return new Map(sorted.map(([name, def]) => [name, compileChannel(def, files)]));
}
