// The graph that a run inside a task would go on by: found from the outermost run inwards, by the nodes that the runs are inside of.
import type { CheckpointStore, StoredRun } from "../checkpoint/store.js";
import type { NodeId } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";
import type { GraphSource } from "../run/graph-source.js";

/** A plan, and the graphs that its document names. */
export interface GraphNow {
  readonly plan: Plan;
  readonly graphs: GraphSource;
}

/**
 * The graph of a run inside tasks, where the outermost of the runs around it would go on by `outermost`; undefined where a node on the way is
 * gone, runs no graph, or that graph cannot be had.
 */
export function graphInside(store: Pick<CheckpointStore, "run">, { parent }: StoredRun, outermost: GraphNow): GraphNow | undefined {
  if (parent === undefined) return outermost;
  const around = store.run(parent.run);
  const outer = around === undefined ? undefined : graphInside(store, around, outermost);
  const path = outer?.plan.nodes.get(nodeOf(parent.task))?.graph;
  const found = outer === undefined || path === undefined ? undefined : outer.graphs.load(path);
  return found?.ok === true ? found.graph : undefined;
}

/** The node of a task, by the task's id. */
function nodeOf(task: string): NodeId {
  return task.slice(task.indexOf("/") + 1).replace(/#\d+$/, "");
}
