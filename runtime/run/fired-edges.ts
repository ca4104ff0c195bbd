// Which of its node's edges a task takes that finished well and chose no targets. Pure.
import type { RoutedTask } from "../checkpoint/checkpoint.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import { ExpressionError, type Variables } from "../expression/cel.js";
import type { NodeKind } from "../model/graph.js";
import { isStatusPattern } from "../model/http-status.js";
import { ON_ERROR } from "../model/ids.js";
import type { EdgeProgram, Routing } from "../plan/plan.js";

/** The edges that fire, or why that cannot be known. */
export function firedEdges(
  routing: Routing,
  task: RoutedTask,
  kind: NodeKind | undefined,
  variables: () => Variables,
): readonly EdgeProgram[] | ErrorInfo {
  const fired: EdgeProgram[] = [];
  let chosen = false;
  for (const edge of routing.edges) {
    const fires = firesBy(edge, task, variables);
    if (typeof fires === "object") return fires;
    if (!fires) continue;
    fired.push(edge);
    chosen ||= edge.condition.type !== "plain";
  }
  const before = fired.length;
  if (!chosen) for (const edge of routing.edges) if (edge.condition.type === "else") fired.push(edge);
  if (task.action !== undefined && fired.length === before && !names(routing, task.action, kind))
    return unknownAction(task.node, task.action);
  return fired;
}

/** The edges of a node that fire when it failed. */
export function errorEdges(routing: Routing): readonly EdgeProgram[] {
  return routing.edges.filter(isErrorEdge);
}

/** Why an edge fires, for the trace, and that it ends the run, if so. */
export function whyOf(edge: EdgeProgram): string {
  return edge.terminate === undefined ? reasonOf(edge) : `${reasonOf(edge)}, ends the run`;
}

function reasonOf({ condition }: EdgeProgram): string {
  switch (condition.type) {
    case "on":
      return `on ${condition.action}`;
    case "when":
      return `when ${condition.expression}`;
    case "plain":
    case "else":
      return condition.type;
  }
}

function firesBy(edge: EdgeProgram, task: RoutedTask, variables: () => Variables): boolean | ErrorInfo {
  switch (edge.condition.type) {
    case "plain":
      return true;
    case "on":
      return edge.condition.action === task.action && !isErrorEdge(edge);
    case "when":
      return test(edge, task, variables);
    case "else":
      return false;
  }
}

function test(edge: EdgeProgram, task: RoutedTask, variables: () => Variables): boolean | ErrorInfo {
  try {
    return edge.test?.(variables()) === true;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return errorInfo("EXPRESSION", `Edge "${edge.id}" from "${task.node}": ${error.message}`, { node: task.node, edge: edge.id });
  }
}

/**
 * Whether some edge names the action. A barrier whose edges are all plain only waits: there every action goes on. The statuses of
 * an `http` node are there to be chosen from: nobody must draw an edge for each.
 */
function names(routing: Routing, action: string, kind: NodeKind | undefined): boolean {
  if (kind === "http" && isStatusPattern(action)) return true;
  const on = routing.edges.filter((edge) => edge.condition.type === "on" && !isErrorEdge(edge));
  if (on.length === 0 && kind === "barrier") return true;
  return on.some((edge) => edge.condition.type === "on" && edge.condition.action === action);
}

function isErrorEdge({ condition }: EdgeProgram): boolean {
  return condition.type === "on" && condition.action === ON_ERROR;
}

function unknownAction(node: string, action: string): ErrorInfo {
  return errorInfo("UNKNOWN_ACTION", `Node "${node}" returned action "${action}", and none of its edges is \`on\` it.`, { node, action });
}
