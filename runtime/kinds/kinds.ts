import type { ExpressionScope } from "../expression/cel.js";
import type { FileVersions } from "../model/file-version.js";
import { handlerOf, usesGraph, type NodeDef } from "../model/graph.js";
import { handlerName } from "../model/handler-name.js";
import type { Behaviour } from "../plan/behaviour.js";
import type { NodeProgram } from "../plan/plan.js";
import { barrier } from "./barrier.js";
import { code } from "./code.js";
import { expression } from "./expression.js";
import { http } from "./http.js";
import { map } from "./map.js";
import { subgraph } from "./subgraph.js";

/** The behaviour of a node of any kind. */
export function compileBehaviour(def: NodeDef, scope: ExpressionScope, files: FileVersions): Behaviour {
  switch (def.kind) {
    case "code":
      return code.compile(def, scope, files);
    case "expression":
      return expression.compile(def, scope, files);
    case "barrier":
      return barrier.compile(def, scope, files);
    case "http":
      return http.compile(def, scope, files);
    case "subgraph":
      return subgraph.compile(def, scope, files);
    case "map":
      return map.compile(def, scope, files);
  }
}

/** The files that a node's tasks run, as the document names them: a module, or another graph. */
export function filesOf(def: NodeDef): Pick<NodeProgram, "module" | "graph"> {
  const handler = handlerOf(def);
  if (handler !== undefined) return { module: handlerName(handler).path };
  return usesGraph(def) ? { graph: def.graph } : {};
}
