import type { ExpressionScope } from "../expression/cel.js";
import type { SubgraphNode } from "../model/graph.js";
import type { FirstValues, GraphOutcome, InnerGraph, TaskContext, TaskOutcome } from "../plan/behaviour.js";
import { evaluated, faultInside, oncePerScope, programsOf, type Programs } from "./graph-mappings.js";
import type { KindDefinition } from "./kind.js";
import { sharedValues, writtenInside } from "./shared-channels.js";

type Completed = Extract<GraphOutcome, { type: "completed" }>;

/** `subgraph`: runs another document's graph as a run of its own, and writes what comes out of it. */
export const subgraph: KindDefinition<SubgraphNode> = {
  kind: "subgraph",
  compile(def, scope, files) {
    const given = def.in === undefined ? undefined : programsOf(def.in, scope);
    const { out } = def;
    const version = files(def.graph);
    const returned = out === undefined ? undefined : oncePerScope((inner) => programsOf(out, inner));
    const first = (task: TaskContext, inner: InnerGraph): FirstValues =>
      given === undefined
        ? { ok: true, values: sharedValues(task, inner) }
        : evaluated(given, task.variables(), (name) => inner.channels.get(name), task.node, "in");
    return async (task): Promise<TaskOutcome> => {
      const outcome = await task.runGraph({
        graph: def.graph,
        ...(version === undefined ? {} : { version }),
        first: (inner) => first(task, inner),
      });
      if (outcome.type !== "completed") return outcome;
      if (returned !== undefined) return written(task, outcome, returned);
      const before = first(task, outcome.graph);
      return before.ok ? writtenInside(task, outcome, before.values) : { type: "failed", error: before.error };
    };
  },
};

function written(task: TaskContext, { graph, variables }: Completed, returned: (scope: ExpressionScope) => Programs): TaskOutcome {
  try {
    const writes = evaluated(returned(graph.scope), variables, (name) => task.program(name), task.node, "out");
    return writes.ok ? { type: "done", writes: writes.values } : { type: "failed", error: writes.error };
  } catch (thrown) {
    return { type: "failed", error: faultInside(thrown, task.node, "out") };
  }
}
