// Routes: where a superstep's finished tasks go. Pure.
//
// 1. Routes see the state after all writes of the superstep, and are taken in task order.
// 2. Joins are sets of edge ids: order of arrival and order in the document mean nothing.
// 3. Given the same plan, tasks, state and arrivals, the answer is the same: a new plan may route a paused run anew.
import type { ChannelState } from "../channels/channel-state.js";
import type { ChannelWrites, RoutedTask, StoredTask } from "../checkpoint/checkpoint.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import { ExpressionError } from "../expression/cel.js";
import { END, START, type EdgeId, type NodeId } from "../model/ids.js";
import type { JsonValue } from "../model/json.js";
import type { EdgeProgram, NodeProgram, Plan, Routing } from "../plan/plan.js";

/** Stands for the edge of a route that a task names itself: it triggers its target whatever that waits for. */
const GOTO = "@goto";

type Arrivals = Readonly<Record<NodeId, readonly EdgeId[]>>;

/** What routing is done from. */
export interface RouteInput {
  readonly run: string;
  /** The superstep that has finished; 0 for `@start`. */
  readonly superstep: number;
  readonly routed: readonly RoutedTask[];
  /** What the routed tasks wrote. */
  readonly writes: ChannelWrites;
  readonly channels: ChannelState;
  readonly arrivals: Arrivals;
}

/** An edge that fired. */
export interface TakenRoute {
  readonly node: NodeId;
  readonly edge: EdgeId;
  readonly to: NodeId;
  /** `plain`, `on approve`, `when score > 3`, `else`. */
  readonly why: string;
}

/** Where the run goes, or why it cannot. */
export type RouteResult =
  | { readonly ok: true; readonly due: readonly StoredTask[]; readonly arrivals: Arrivals; readonly taken: readonly TakenRoute[] }
  | { readonly ok: false; readonly error: ErrorInfo };

/** Takes the routes of finished tasks. */
export function takeRoutes(plan: Plan, input: RouteInput): RouteResult {
  const taken: TakenRoute[] = [];
  for (const task of input.routed) {
    const routing = task.node === START ? plan.start : plan.nodes.get(task.node)?.routing;
    if (routing === undefined) return { ok: false, error: gone(task.node) };
    if (task.goto !== undefined) {
      const unknown = task.goto.find((to) => to !== END && !plan.nodes.has(to));
      if (unknown !== undefined) return { ok: false, error: unknownTarget(task.node, unknown) };
      for (const to of task.goto) taken.push({ node: task.node, edge: GOTO, to, why: "goto" });
      continue;
    }
    const fired = firedEdges(routing, task, plan.nodes.get(task.node), input);
    if ("code" in fired) return { ok: false, error: fired };
    for (const edge of fired) taken.push({ node: task.node, edge: edge.id, to: edge.to, why: why(edge) });
  }
  return { ok: true, taken, ...arrive(plan, taken, input) };
}

/** The edges of one finished task that fire, or the error that keeps them from being known. */
function firedEdges(
  routing: Routing,
  task: RoutedTask,
  program: NodeProgram | undefined,
  input: RouteInput,
): readonly EdgeProgram[] | ErrorInfo {
  const fired = new Set<EdgeProgram>();
  let chosen = false;
  for (const edge of routing.edges) {
    const fires = firesBy(edge, task, input);
    if (typeof fires === "object") return fires;
    if (!fires) continue;
    fired.add(edge);
    chosen ||= edge.condition.type !== "plain";
  }
  const otherwise = chosen ? [] : routing.edges.filter((edge) => edge.condition.type === "else");
  if (task.action !== undefined && otherwise.length === 0 && !names(routing, task.action, program))
    return unknownAction(task.node, task.action);
  for (const edge of otherwise) fired.add(edge);
  return [...fired];
}

function firesBy(edge: EdgeProgram, task: RoutedTask, input: RouteInput): boolean | ErrorInfo {
  switch (edge.condition.type) {
    case "plain":
      return true;
    case "on":
      return edge.condition.action === task.action;
    case "when":
      return test(edge, task, input);
    case "else":
      return false;
  }
}

function test(edge: EdgeProgram, task: RoutedTask, input: RouteInput): boolean | ErrorInfo {
  try {
    return edge.test?.(routeVariables(task, input)) === true;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return errorInfo("EXPRESSION", `Edge "${edge.id}" from "${task.node}": ${error.message}`, { node: task.node, edge: edge.id });
  }
}

function routeVariables(task: RoutedTask, input: RouteInput): Readonly<Record<string, JsonValue>> {
  const output = input.writes.find((each) => each.node === task.node)?.writes ?? {};
  return input.channels.variables({ output, run: { id: input.run, superstep: input.superstep } });
}

/** Whether some edge names the action. A barrier whose edges are all plain only waits: there every action goes on. */
function names(routing: Routing, action: string, program: NodeProgram | undefined): boolean {
  const on = routing.edges.filter((edge) => edge.condition.type === "on");
  if (on.length === 0 && program?.kind === "barrier") return true;
  return on.some((edge) => edge.condition.type === "on" && edge.condition.action === action);
}

/** Arrivals trigger nodes by their join policy. */
function arrive(plan: Plan, taken: readonly TakenRoute[], input: RouteInput): { due: readonly StoredTask[]; arrivals: Arrivals } {
  const waiting = new Map<NodeId, Set<EdgeId>>(Object.entries(input.arrivals).map(([node, edges]) => [node, new Set(edges)]));
  for (const { edge, to } of taken) {
    if (to === END) continue;
    const edges = waiting.get(to);
    if (edges === undefined) waiting.set(to, new Set([edge]));
    else edges.add(edge);
  }
  const due: (StoredTask & { readonly order: number })[] = [];
  const arrivals: Record<NodeId, readonly EdgeId[]> = {};
  for (const [node, edges] of waiting) {
    const program = plan.nodes.get(node);
    if (program === undefined) continue;
    // An edge that a recompile took away arrives no more (invariant 2).
    const here = program.join.incoming.filter((edge) => edges.has(edge));
    if (edges.has(GOTO)) {
      due.push({ id: `${input.superstep + 1}/${node}`, node, cause: [], order: program.order });
      if (here.length > 0) arrivals[node] = here;
      continue;
    }
    const met = here.length > 0 && (program.join.policy === "any" || here.length === program.join.incoming.length);
    if (met) due.push({ id: `${input.superstep + 1}/${node}`, node, cause: here, order: program.order });
    else if (here.length > 0) arrivals[node] = here;
  }
  due.sort((a, b) => a.order - b.order);
  return { due: due.map(({ order: _order, ...task }) => task), arrivals };
}

function why(edge: EdgeProgram): string {
  switch (edge.condition.type) {
    case "on":
      return `on ${edge.condition.action}`;
    case "when":
      return `when ${edge.condition.expression}`;
    case "plain":
    case "else":
      return edge.condition.type;
  }
}

function unknownAction(node: NodeId, action: string): ErrorInfo {
  return errorInfo("UNKNOWN_ACTION", `Node "${node}" returned action "${action}", and none of its edges is \`on\` it.`, { node, action });
}

function unknownTarget(node: NodeId, target: NodeId): ErrorInfo {
  return errorInfo("UNKNOWN_TARGET", `Node "${node}" goes on with "${target}", which is no node of the graph.`, { node, target });
}

function gone(node: NodeId): ErrorInfo {
  return errorInfo("NOT_RESUMABLE", `Node "${node}" finished last, and the graph has it no more: where the run goes on is not known.`, {
    node,
  });
}
