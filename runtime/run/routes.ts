// Routes: where a superstep's finished tasks go. Pure.
//
// 1. Routes see the state after all writes of the superstep, and are taken in task order.
// 2. Of what leads on from a task the first counts: an edge that a person forced, `@error` edges where it failed, its own `goto`,
//    an override, its edges. Sent tasks come beside all of them.
// 3. Given the same plan, tasks, state and arrivals, the answer is the same: a new plan may route a paused run anew.
import type { ChannelState } from "../channels/channel-state.js";
import type { Arrivals, ChannelWrites, Failures, Overrides, RoutedTask, StoredTask } from "../checkpoint/checkpoint.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import { END, START, type NodeId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { EdgeProgram, Plan, Routing } from "../plan/plan.js";
import { errorEdges, firedEdges, whyOf } from "./fired-edges.js";
import { arrive, noFailures, type Joined } from "./joins.js";
import type { TakenRoute } from "./taken-route.js";

/** What routing is done from. */
export interface RouteInput {
  readonly run: string;
  /** The superstep that has finished; 0 for the first `@start`. */
  readonly superstep: number;
  readonly routed: readonly RoutedTask[];
  /** Its last entries are what the routed tasks wrote, one for one. */
  readonly writes: ChannelWrites;
  readonly channels: Pick<ChannelState, "variables">;
  readonly arrivals: Arrivals;
  readonly failures?: Failures;
  readonly overrides?: Overrides;
  /** The tasks that the routed ones sent. */
  readonly sent: readonly StoredTask[];
}

/** Where the run goes, or why it cannot; `tasks`: those that answered what cannot be followed. */
export type RouteResult =
  | ({ readonly ok: true; readonly taken: readonly TakenRoute[] } & Joined)
  | { readonly ok: false; readonly error: ErrorInfo; readonly tasks: readonly string[] };

/** Takes the routes of finished tasks. */
export function takeRoutes(plan: Plan, input: RouteInput): RouteResult {
  const taken: TakenRoute[] = [];
  let place = input.writes.length - input.routed.length;
  for (const task of input.routed) {
    const routes = routesOf(plan, task, input.writes[place]?.writes ?? {}, input);
    if ("code" in routes) return { ok: false, error: routes, tasks: isAtFault(task, routes) ? [task.task] : [] };
    for (const route of routes) taken.push(route);
    place += 1;
  }
  const lost = input.sent.find(({ node }) => !plan.nodes.has(node));
  if (lost !== undefined) return { ok: false, error: unknownTarget(`A task is sent to node "${lost.node}"`, lost.node), tasks: [] };
  const { superstep, arrivals, failures = noFailures, sent } = input;
  return { ok: true, taken, ...arrive(plan, taken, { superstep, arrivals, failures, sent }) };
}

/** Whether a node of the plan has an edge for its failures. */
export function catchesErrors(plan: Plan, node: NodeId): boolean {
  const routing = plan.nodes.get(node)?.routing;
  return routing !== undefined && errorEdges(routing).length > 0;
}

/** Invariant 2. */
function routesOf(plan: Plan, task: RoutedTask, output: JsonObject, input: RouteInput): readonly TakenRoute[] | ErrorInfo {
  const program = plan.nodes.get(task.node);
  const routing = task.node === START ? plan.start : program?.routing;
  if (routing === undefined) return gone(task.node);
  if (task.forced !== undefined) return forcedRoute(routing, task, task.forced);
  if (task.error !== undefined) return failedRoutes(routing, task, task.error);
  if (task.goto !== undefined) return targetRoutes(plan, task.node, task.goto, "@goto");
  const override = input.overrides?.[task.node];
  if (override !== undefined) return targetRoutes(plan, task.node, override, "@override");
  const { run, superstep, channels } = input;
  const variables = () => channels.variables({ output, input: task.input ?? null, run: { id: run, superstep } });
  const fired = firedEdges(routing, task, program?.kind, variables);
  return "code" in fired ? fired : fired.map((edge) => along(task.node, edge));
}

function along(node: NodeId, edge: EdgeProgram): TakenRoute {
  const route = { node, via: edge.id, to: edge.to, why: whyOf(edge) };
  return edge.terminate === undefined ? route : { ...route, terminate: edge.terminate };
}

function forcedRoute(routing: Routing, task: RoutedTask, forced: string): readonly TakenRoute[] | ErrorInfo {
  const edge = routing.edges.find(({ id }) => id === forced);
  if (edge === undefined) return lostForce(task.node, forced);
  return [{ ...along(task.node, edge), forced: true, ...failureIn(task) }];
}

function failureIn({ node, error }: RoutedTask): { readonly failure?: JsonObject } {
  return error === undefined ? {} : { failure: failureOf(node, error) };
}

function failedRoutes(routing: Routing, { node }: RoutedTask, error: ErrorInfo): readonly TakenRoute[] | ErrorInfo {
  const edges = errorEdges(routing);
  if (edges.length > 0) return edges.map((edge) => ({ ...along(node, edge), failure: failureOf(node, error) }));
  return errorInfo("NOT_RESUMABLE", `Node "${node}" failed, and no \`@error\` edge leaves it any more: ${error.message}`, { node });
}

/** The stack stays in the trace: it is for people, and names places on one machine. */
function failureOf(node: NodeId, { code, message, details }: ErrorInfo): JsonObject {
  return { node, code, message, ...(details === undefined ? {} : { details }) };
}

function targetRoutes(plan: Plan, node: NodeId, targets: readonly NodeId[], via: "@goto" | "@override"): readonly TakenRoute[] | ErrorInfo {
  const lost = targets.find((to) => to !== END && !plan.nodes.has(to));
  if (lost !== undefined) return unknownTarget(`Node "${node}" goes to "${lost}"`, lost, node);
  return targets.map((to) => ({ node, via, to, why: via.slice(1) }));
}

/** Whether it is the task's own answer that cannot be followed, so that running it again may help. */
function isAtFault({ forced, goto, error }: RoutedTask, { code }: ErrorInfo): boolean {
  return code === "UNKNOWN_ACTION" || (forced === undefined && (goto !== undefined || error !== undefined));
}

/** The error for a target that the plan does not have. */
export function unknownTarget(what: string, target: NodeId, node?: NodeId): ErrorInfo {
  return errorInfo("UNKNOWN_TARGET", `${what}, which the graph does not have.`, { ...(node === undefined ? {} : { node }), target });
}

/** The error for a forced edge that no longer leaves its node. */
export function lostForce(node: NodeId, edge: string): ErrorInfo {
  return errorInfo("NOT_RESUMABLE", `Edge "${edge}" is forced, and leaves node "${node}" no more: take the force back or undo the edit.`, {
    node,
    edge,
  });
}

function gone(node: NodeId): ErrorInfo {
  return errorInfo("NOT_RESUMABLE", `Node "${node}" finished last, and the graph has it no more: where the run goes on is not known.`, {
    node,
  });
}
