// What a person does to a paused run beside answering: forcing a route, overriding one, giving input, writing as a node. Pure.
//
// 1. What is forced or overridden is checked against the plan when it is given, and again when a plan is swapped in.
// 2. An intervention that writes is a superstep of its own, so that the history names it and task ids stay unique.
import { freshFrontier, superstepOf, type Frontier, type Overrides, type RoutedTask } from "../checkpoint/checkpoint.js";
import { PatchbayError, thrownOf, type ErrorInfo } from "../errors.js";
import { END, START, type EdgeId, type NodeId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { Plan, Routing } from "../plan/plan.js";
import type { TraceDraft } from "../trace/event.js";
import { lostMove } from "./moved-tasks.js";
import { lostForce, unknownTarget } from "./routes.js";
import type { Snapshot } from "./snapshot.js";
import { checkWrites } from "./writes.js";

/** Another frontier, in which a node goes elsewhere, and what the trace says of it. */
export interface Redirection {
  readonly frontier: Frontier;
  /** Whose routes are taken anew by that. */
  readonly node?: NodeId;
  readonly events: readonly InterventionEvent[];
}

/** A superstep of what a person wrote, ready to be finished, and what the trace says of it. */
export interface Overwriting {
  readonly snapshot: Snapshot;
  readonly event: Extract<InterventionEvent, { type: "input" | "edited" }>;
}

type InterventionEvent =
  Extract<TraceDraft, { type: "route-forced" | "route-overridden" | "moved" | "restarted" | "input" | "edited" }> extends infer Event
    ? Event extends unknown
      ? Omit<Event, "superstep">
      : never
    : never;

/** Forces an edge. Throws `UNKNOWN_EDGE`. */
export function forceEdge(plan: Plan, frontier: Frontier, id: EdgeId, actor: string): Redirection {
  const { node, to } = findEdge(plan, id);
  return { frontier: withForced(frontier, node, id), node, events: [{ type: "route-forced", node, edge: id, to, forced: true, actor }] };
}

/** Takes back what a node is forced to take, unless it is done. */
export function freeNode(frontier: Frontier, node: NodeId, actor: string): Redirection {
  const events = forcedEdges(frontier, node).map((edge) => ({ type: "route-forced", node, edge, forced: false, actor }) as const);
  return { frontier: withoutForced(frontier, node), node, events };
}

/** Overrides a node's routes for the rest of the run; without targets, ends that. Throws `UNKNOWN_TARGET`. */
export function overrideNode(plan: Plan, frontier: Frontier, node: NodeId, targets: readonly NodeId[], actor: string): Redirection {
  checkOverrides(plan, { [node]: targets });
  return { frontier: withOverride(frontier, node, targets), node, events: [{ type: "route-overridden", node, to: targets, actor }] };
}

/** Starts over from `@start` with new input on the state that there is. Throws `INPUT_INVALID`. */
export function giveInput(plan: Plan, snapshot: Snapshot, input: JsonObject, actor: string): Overwriting {
  checkInput(plan, START, input);
  return { snapshot: withInput(snapshot, input), event: { type: "input", input, actor } };
}

/** Writes as if a node had just finished with that, and takes its routes. Throws `UNKNOWN_TARGET`, `INPUT_INVALID`. */
export function writeAs(plan: Plan, snapshot: Snapshot, node: NodeId, result: WrittenResult, actor: string): Overwriting {
  if (!plan.nodes.has(node)) throw thrownOf(unknownTarget(`It is to be written as node "${node}"`, node));
  checkInput(plan, node, result.writes);
  return { snapshot: withResult(snapshot, node, result), event: { type: "edited", node, ...result, actor } };
}

/** What a person writes as a node. */
export interface WrittenResult {
  readonly writes: JsonObject;
  /** Picks the `on` edges. */
  readonly action?: string;
  /** Nodes that take the place of its edges' targets. */
  readonly goto?: readonly NodeId[];
}

/** Throws `INPUT_INVALID` when the channels do not take these values. */
export function checkInput(plan: Plan, node: NodeId, values: JsonObject): void {
  const fault = checkWrites(plan.channels, [{ task: node, node, writes: values, ms: 0 }]);
  if (fault !== undefined) throw new PatchbayError("INPUT_INVALID", fault.error.message, fault.error.details ?? {});
}

/** Throws `INPUT_INVALID` when channels that reducers of the user's fold cannot start from these values: no reducer judges those. */
export function checkFirstApart({ channels }: Plan, values: JsonObject): void {
  for (const [name, value] of Object.entries(values)) {
    const channel = channels.get(name);
    const misfit = channel?.reducer.apart === true ? channel.misfit(value) : undefined;
    if (misfit === undefined) continue;
    const place = misfit.path === "" ? "" : ` at ${misfit.path}`;
    throw new PatchbayError("INPUT_INVALID", `Channel "${name}" cannot start from what it is given${place}: ${misfit.reason}.`, {
      channel: name,
      path: misfit.path,
    });
  }
}

/** Finds an edge by looking through the graph: good enough for what people do. */
function findEdge(plan: Plan, id: EdgeId): { readonly node: NodeId; readonly to: NodeId } {
  const routings: (readonly [NodeId, Routing])[] = [[START, plan.start]];
  for (const program of plan.nodes.values()) routings.push([program.id, program.routing]);
  for (const [node, { edges }] of routings) {
    const edge = edges.find((each) => each.id === id);
    if (edge !== undefined) return { node, to: edge.to };
  }
  throw new PatchbayError("UNKNOWN_EDGE", `The graph has no edge "${id}".`, { edge: id });
}

/** The edge of a node is taken instead of its others: by the node if it has just finished, else when it finishes next. */
function withForced(frontier: Frontier, node: NodeId, edge: EdgeId): Frontier {
  const free = withoutForced(frontier, node);
  if (free.open || !free.routed.some((task) => task.node === node)) return { ...free, forced: { ...free.forced, [node]: edge } };
  return { ...free, routed: free.routed.map((task) => (task.node === node ? { ...task, forced: edge } : task)) };
}

/** The edges that a node is forced to take: not used up, or used in a way that can still be taken back. */
function forcedEdges(frontier: Frontier, node: NodeId): readonly EdgeId[] {
  const used = frontier.open ? [] : frontier.routed.filter((task) => task.node === node).flatMap(({ forced = [] }) => forced);
  return [...new Set([...used, ...(frontier.forced?.[node] === undefined ? [] : [frontier.forced[node]])])];
}

/** The node goes by its own edges again. */
function withoutForced(frontier: Frontier, node: NodeId): Frontier {
  const { forced: { [node]: _freed, ...others } = {}, ...kept } = frontier;
  const routed = frontier.open ? frontier.routed : frontier.routed.map((task) => (task.node === node ? unforced(task) : task));
  return { ...kept, routed, ...(Object.keys(others).length === 0 ? {} : { forced: others }) };
}

function unforced({ forced: _freed, ...task }: RoutedTask): RoutedTask {
  return task;
}

/** The frontier with a node overridden; without targets it goes by its own edges again. */
function withOverride(frontier: Frontier, node: NodeId, targets: readonly NodeId[]): Frontier {
  const { overrides: { [node]: _former, ...others } = {}, ...kept } = frontier;
  const overrides = targets.length === 0 ? others : { ...others, [node]: [...new Set(targets)] };
  return { ...kept, ...(Object.keys(overrides).length === 0 ? {} : { overrides }) };
}

/** Throws `UNKNOWN_TARGET` for an override from or to a node that the plan does not have. */
export function checkOverrides(plan: Plan, overrides: Overrides): void {
  for (const [node, targets] of Object.entries(overrides)) {
    if (node !== START && !plan.nodes.has(node)) throw thrownOf(unknownTarget(`The override is of node "${node}"`, node));
    const fault = lostTarget(plan, node, targets);
    if (fault !== undefined) throw thrownOf(fault);
  }
}

/** Why what was forced, overridden or moved cannot be followed under a plan, or nothing. */
export function interventionFault(plan: Plan, frontier: Frontier): ErrorInfo | undefined {
  const { forced = {}, overrides = {} } = frontier;
  for (const [node, edge] of Object.entries(forced)) {
    const routing = node === START ? plan.start : plan.nodes.get(node)?.routing;
    if (routing?.edges.some(({ id }) => id === edge) !== true) return lostForce(node, edge);
  }
  for (const [node, targets] of Object.entries(overrides)) {
    const fault = lostTarget(plan, node, targets);
    if (fault !== undefined) return fault;
  }
  return lostMove(plan, frontier);
}

/** A run that new input has reached: it starts over from `@start` with the state that it has; what was due or asked is dropped. */
export function withInput({ frontier, ...rest }: Snapshot, input: JsonObject): Snapshot {
  const { overrides, decisions, replay } = frontier;
  const entered = superstepOf(frontier) + 1;
  const kept = { decisions, ...(overrides === undefined ? {} : { overrides }), ...(replay === undefined ? {} : { replay }) };
  const fresh = { ...freshFrontier, ...kept, entered };
  return { ...rest, frontier: answeredBy(fresh, entered, START, { writes: input }) };
}

/** A run in which a node has finished, alone; what was due or asked is dropped. */
function withResult({ frontier, ...kept }: Snapshot, node: NodeId, result: WrittenResult): Snapshot {
  const { error: _past, nested: _dropped, moved: _away, ...rest } = frontier;
  return { ...kept, frontier: answeredBy(rest, superstepOf(frontier) + 1, node, result) };
}

/** An open superstep whose one task has its result. */
function answeredBy(frontier: Frontier, superstep: number, node: NodeId, result: WrittenResult): Frontier {
  const task = `${superstep}/${node}`;
  return {
    ...frontier,
    status: "running",
    superstep: superstep - 1,
    open: true,
    due: [{ id: task, node, cause: [] }],
    results: [{ task, node, ...result, ms: 0 }],
    questions: [],
  };
}

/** Whether the open superstep is one that a person wrote: nothing runs in it, and it waits for reducers of the user's. */
export function isGiven({ open, due }: Frontier): boolean {
  const [task] = due;
  return open && task !== undefined && task.cause.length === 0;
}

function lostTarget(plan: Plan, node: NodeId, targets: readonly NodeId[]): ErrorInfo | undefined {
  const lost = targets.find((target) => target !== END && !plan.nodes.has(target));
  return lost === undefined ? undefined : unknownTarget(`The override sends "${node}" to "${lost}"`, lost, node);
}
