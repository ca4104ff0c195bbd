// Tasks that tasks send. Pure.
import type { StoredResult, StoredTask } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import type { NodeId } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";
import { unknownTarget } from "./routes.js";
import type { TakenRoute } from "./taken-route.js";

/** Nobody sent anything: the usual case. */
const none: readonly StoredTask[] = [];

/** The tasks that results send, numbered for each node in task order. `superstep`: the one that they run in. */
export function sentTasks(superstep: number, results: readonly StoredResult[]): readonly StoredTask[] {
  const sends = results.flatMap(({ send = [] }) => send);
  if (sends.length === 0) return none;
  const counts = new Map<NodeId, number>();
  return sends.map(({ to, input }) => {
    const index = counts.get(to) ?? 0;
    counts.set(to, index + 1);
    return { id: `${superstep}/${to}#${index}`, node: to, cause: ["@send"], ...(input === undefined ? {} : { input }) };
  });
}

/** Those of the tasks that were sent. */
export function sentAmong(tasks: readonly StoredTask[]): readonly StoredTask[] {
  return tasks.filter(({ cause }) => cause.includes("@send"));
}

/** What was sent, for the trace: counted for each pair of nodes. */
export function sentRoutes(results: readonly StoredResult[]): readonly TakenRoute[] {
  return results.flatMap(({ node, send = [] }) => {
    const counts = new Map<NodeId, number>();
    for (const { to } of send) counts.set(to, (counts.get(to) ?? 0) + 1);
    return [...counts].map(([to, count]): TakenRoute => ({ node, via: "@send", to, why: `send ${count}` }));
  });
}

/** The first result that sends to a node that the plan does not have. */
export function misdirected(
  plan: Plan,
  results: readonly StoredResult[],
): { readonly task: string; readonly error: ErrorInfo } | undefined {
  for (const { task, node, send = [] } of results) {
    const lost = send.find(({ to }) => !plan.nodes.has(to));
    if (lost !== undefined) return { task, error: unknownTarget(`Node "${node}" sends a task to "${lost.to}"`, lost.to, node) };
  }
  return undefined;
}
