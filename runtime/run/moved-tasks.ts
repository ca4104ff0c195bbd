// Due tasks that a person moves to other nodes, and tasks that a person has begin anew. Pure.
//
// 1. What is due follows from routes, and is found anew when those are: a move stands in the frontier, and counts until its superstep ends.
// 2. In an open superstep nothing is routed any more: there the task itself is replaced, with all that it has begun.
import type { Frontier, StoredTask } from "../checkpoint/checkpoint.js";
import { PatchbayError, thrownOf, type ErrorInfo } from "../errors.js";
import type { NodeId } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";
import { withoutQuestions } from "./inner-questions.js";
import type { Redirection } from "./interventions.js";
import { withNestedOnly } from "./nested-entries.js";
import { askedAnew } from "./questions.js";
import { unknownTarget } from "./routes.js";

/** Task -> the node that runs in its place. */
type Moves = NonNullable<Frontier["moved"]>;

/** The cause of a task that a person moved to its node. */
const MOVED = "@moved";

/** The tasks that are due, in task order, with those that were moved where they are now. A node that they meet at runs once. */
export function withMoved(plan: Plan, due: readonly StoredTask[], moved: Moves | undefined): readonly StoredTask[] {
  if (moved === undefined) return due;
  const standing = due.filter(({ id }) => moved[id] === undefined);
  const known = new Set(standing.map(({ id }) => id));
  const arrived: StoredTask[] = [];
  for (const { id } of due) {
    const node = moved[id];
    const place = node === undefined ? undefined : taskAt(id, node);
    if (node === undefined || place === undefined || known.has(place)) continue;
    known.add(place);
    arrived.push({ id: place, node, cause: [MOVED] });
  }
  return arrived.length === 0 ? standing : inOrder(plan, [...standing, ...arrived]);
}

/** Moves a due task to another node. Throws `UNKNOWN_TARGET`, `TASK_FINISHED`. */
export function moveTask(plan: Plan, frontier: Frontier, id: string, to: NodeId, actor: string): Redirection {
  const { node } = unfinished(frontier, id);
  if (!plan.nodes.has(to)) throw thrownOf(unknownTarget(`Task "${id}" is to be moved to node "${to}"`, to, node));
  const place = taskAt(id, to);
  if (place !== id && frontier.results.some(({ task }) => task === place))
    throw new PatchbayError("TASK_FINISHED", `Node "${to}" has run in this superstep already.`, { task: place });
  const events = [{ type: "moved", node, task: id, to, actor }] as const;
  if (place === id) return { frontier, events: [] };
  return { frontier: frontier.open ? replaced(plan, frontier, id, to) : { ...frontier, ...movesWith(frontier, id, to) }, events };
}

/** Has a due task begin anew: what it has asked, and the runs that have begun inside it, are dropped. Throws `UNKNOWN_TARGET`, `TASK_FINISHED`. */
export function restartTask(frontier: Frontier, id: string, actor: string): Redirection {
  const { node } = unfinished(frontier, id);
  return { frontier: mended(without(frontier, id)), events: [{ type: "restarted", node, task: id, actor }] };
}

/** Why what was moved cannot be followed under a plan, or nothing. */
export function lostMove(plan: Plan, { moved = {} }: Frontier): ErrorInfo | undefined {
  const lost = Object.values(moved).find((to) => !plan.nodes.has(to));
  return lost === undefined ? undefined : unknownTarget(`A task was moved to node "${lost}"`, lost);
}

/** The frontier without the moves to nodes that a plan does not have. */
export function withMovesOf(plan: Plan, frontier: Frontier): Frontier {
  const { moved, ...rest } = frontier;
  const kept = Object.entries(moved ?? {}).filter(([, to]) => plan.nodes.has(to));
  return kept.length === 0 ? rest : { ...rest, moved: Object.fromEntries(kept) };
}

/** Invariant 1: one that has been moved before goes on from where its routes lead. */
function movesWith({ moved = {} }: Frontier, id: string, to: NodeId): Pick<Frontier, "moved"> {
  const origins = Object.entries(moved).flatMap(([origin, node]) => (taskAt(origin, node) === id ? [origin] : []));
  const others = Object.entries(moved).filter(([origin]) => !origins.includes(origin));
  const now = [...origins, id].flatMap((origin) => (taskAt(origin, to) === origin ? [] : [[origin, to] as const]));
  return { moved: Object.fromEntries([...others, ...now]) };
}

/** Invariant 2. */
function replaced(plan: Plan, frontier: Frontier, id: string, to: NodeId): Frontier {
  const left = mended(without(frontier, id));
  return { ...left, due: withMoved(plan, left.due, { [id]: to }) };
}

/** Without what a task has begun in the open superstep. */
function without(frontier: Frontier, id: string): Frontier {
  const keys = new Set(frontier.questions.flatMap(({ key, task }) => (task === id ? [key] : [])));
  const unasked = keys.size === 0 ? frontier : { ...frontier, ...withoutQuestions(frontier, keys) };
  return withNestedOnly(unasked, ({ task }) => task !== id);
}

/** What failed is tried again when the run goes on: who moves or restarts a task goes on from there. */
function mended(frontier: Frontier): Frontier {
  if (frontier.status !== "failed") return frontier;
  const { error: _past, ...rest } = frontier;
  return { ...rest, ...askedAnew(frontier), status: "running" };
}

function unfinished({ due, results }: Frontier, id: string): StoredTask {
  const task = due.find((each) => each.id === id);
  if (task === undefined) throw new PatchbayError("UNKNOWN_TARGET", `Task "${id}" is not due.`, { task: id });
  if (results.some((result) => result.task === id))
    throw new PatchbayError("TASK_FINISHED", `Task "${id}" has finished in this superstep already.`, { task: id });
  return task;
}

/** The task of a node in the superstep of another task. */
function taskAt(task: string, node: NodeId): string {
  return `${task.slice(0, task.indexOf("/"))}/${node}`;
}

function inOrder(plan: Plan, tasks: readonly StoredTask[]): readonly StoredTask[] {
  const order = ({ node }: StoredTask): number => plan.nodes.get(node)?.order ?? 0;
  return tasks.toSorted((a, b) => order(a) - order(b));
}
