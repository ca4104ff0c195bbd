import { superstepOf, type Frontier, type StoredTask } from "../../runtime/checkpoint/checkpoint.js";
import type { ErrorInfo } from "../../runtime/errors.js";
import type { NodeId } from "../../runtime/model/ids.js";
import type { ItemProgress } from "../../runtime/plan/items.js";
import { openQuestions } from "../../runtime/run/questions.js";
import type { RetryPolicy } from "../../runtime/model/policies.js";
import type { NodeTally } from "../../runtime/trace/tally.js";
import type { NodeRunView } from "../../webview/protocol/node-run.js";

/** What is known of a run's tasks; a `RunSession` fits. */
export interface TaskFacts {
  readonly status: "running" | "paused" | "waiting" | "completed" | "failed" | "cancelled";
  readonly frontier: Frontier;
  readonly runningTasks: readonly StoredTask[];
  /** How far tasks are that work item by item, by task. */
  readonly progress: ReadonlyMap<string, ItemProgress>;
  readonly tally: { readonly nodes: ReadonlyMap<NodeId, NodeTally> };
  /** The plan that it goes on by. */
  readonly plan: {
    readonly nodes: { get(node: NodeId): { readonly policy: { readonly retry?: Pick<RetryPolicy, "attempts"> } | undefined } | undefined };
  };
  /** The runs inside open tasks that are driven. */
  readonly inside: Iterable<{
    readonly task: string;
    readonly run: { readonly frontier: Frontier; readonly runningTasks: readonly StoredTask[] };
  }>;
}

/** So many nodes of a run inside a task are named. */
const MOST_NAMED = 8;

/** The newest fact about a node wins: at work, then what it did in the open superstep, then that it is due, then its past. */
export function projectNodes(run: TaskFacts): Record<NodeId, NodeRunView> {
  const { frontier } = run;
  const nodes: Record<NodeId, NodeRunView> = {};
  const tell = (node: NodeId, view: Pick<NodeRunView, "status" | "error">): void => {
    nodes[node] = told(view, run.tally.nodes.get(node));
  };
  for (const [node, { finished, failed }] of run.tally.nodes)
    if (finished + failed > 0) tell(node, { status: finished > 0 ? "done" : "failed" });
  for (const { node } of frontier.due) tell(node, { status: "due" });
  for (const { node, error } of frontier.results)
    tell(node, error === undefined ? { status: "done" } : { status: "failed", error: textOf(error) });
  for (const { node } of openQuestions(frontier)) tell(node, { status: "waiting" });
  const failed = failedNodes(frontier);
  for (const node of failed)
    tell(node, { status: "failed", ...(frontier.error === undefined || failed.length > 1 ? {} : { error: textOf(frontier.error) }) });
  for (const { node, id } of run.runningTasks) {
    tell(node, { status: "running" });
    const attempt = attemptOf(run, node, id);
    if (attempt !== undefined) nodes[node] = { count: 0, status: "running", ...nodes[node], attempt };
  }
  const more = [tasksOf(run), itemsOf(run), insideOf(run)];
  for (const facts of more) for (const [node, fact] of facts) nodes[node] = { count: 0, status: "due", ...nodes[node], ...fact };
  return nodes;
}

/** How often it ran; of one that has ended, how it did. */
function told(view: Pick<NodeRunView, "status" | "error">, tally: NodeTally | undefined): NodeRunView {
  const { finished = 0, lastMs: ms, detour, newest } = tally ?? {};
  const ended = view.status === "done" || view.status === "failed";
  const how = ended ? detour : undefined;
  const retried = ended && how !== "replayed" ? (newest?.retried ?? 0) : 0;
  return {
    ...view,
    count: finished,
    ...(ms === undefined || how === "replayed" ? {} : { ms }),
    ...(how === undefined ? {} : how === "replayed" ? { replayed: true } : { by: how }),
    ...(retried === 0 ? {} : { retried }),
  };
}

function attemptOf({ tally, plan }: TaskFacts, node: NodeId, task: string): NodeRunView["attempt"] {
  const next = tally.nodes.get(node)?.newest?.next.get(task);
  const of = plan.nodes.get(node)?.policy?.retry?.attempts;
  return next === undefined ? undefined : { number: next.attempt, from: next.from, ...(of === undefined ? {} : { of }) };
}

/** The nodes that have several tasks in the superstep at work. */
function tasksOf({ status, frontier, runningTasks, tally }: TaskFacts): ReadonlyMap<NodeId, Pick<NodeRunView, "tasks">> {
  const found = new Map<NodeId, Pick<NodeRunView, "tasks">>();
  if (!frontier.open) return found;
  const atWork = status === "running";
  const superstep = superstepOf(frontier);
  const kept = countsOf(frontier.results.filter(({ error }) => error === undefined));
  const running = countsOf(runningTasks);
  for (const [node, total] of countsOf(frontier.due)) {
    if (total < 2) continue;
    const newest = tally.nodes.get(node)?.newest;
    const ended = newest?.superstep === superstep ? newest : undefined;
    const done = (atWork ? ended?.done : kept.get(node)) ?? 0;
    found.set(node, { tasks: { running: running.get(node) ?? 0, done, failed: ended?.failed ?? 0, total } });
  }
  return found;
}

/** How many there are of each node. */
function countsOf(all: readonly { readonly node: NodeId }[]): ReadonlyMap<NodeId, number> {
  const counts = new Map<NodeId, number>();
  for (const { node } of all) counts.set(node, (counts.get(node) ?? 0) + 1);
  return counts;
}

/** How far the nodes are that work on lists: all tasks of the open superstep together. */
function itemsOf({ frontier, progress }: TaskFacts): ReadonlyMap<NodeId, Pick<NodeRunView, "items">> {
  const items = new Map<NodeId, { readonly items: ItemProgress }>();
  for (const { id, node } of progress.size === 0 ? [] : frontier.due) {
    const task = progress.get(id);
    const { done = 0, failed = 0, total = 0 } = items.get(node)?.items ?? {};
    if (task !== undefined) items.set(node, { items: { done: done + task.done, failed: failed + task.failed, total: total + task.total } });
  }
  return items;
}

/** How far the runs are inside the nodes' tasks; of several, the one that is furthest. */
function insideOf({ frontier, inside, runningTasks }: TaskFacts): ReadonlyMap<NodeId, Pick<NodeRunView, "inside">> {
  const found = new Map<NodeId, { readonly inside: NonNullable<NodeRunView["inside"]> }>();
  for (const { task, run } of inside) {
    const node = (runningTasks.find(({ id }) => id === task) ?? frontier.due.find(({ id }) => id === task))?.node;
    if (node === undefined) continue;
    const superstep = superstepOf(run.frontier);
    const known = found.get(node)?.inside;
    const runs = (known?.runs ?? 0) + 1;
    const names = (tasks: readonly StoredTask[]): string[] => [...new Set(tasks.map((each) => each.node))].slice(0, MOST_NAMED);
    const here = { runs, superstep, running: names(run.runningTasks), due: names(run.frontier.due) };
    found.set(node, { inside: known !== undefined && known.superstep >= superstep ? { ...known, runs } : here });
  }
  return found;
}

/** A failed run's superstep is still open: what is due in it and has neither finished nor asked has failed. */
function failedNodes({ status, open, due, results, questions }: Frontier): readonly NodeId[] {
  if (status !== "failed" || !open) return [];
  const ended = new Set([...results, ...questions].map(({ task }) => task));
  return due.filter(({ id }) => !ended.has(id)).map(({ node }) => node);
}

/** An error in one line. */
export function textOf({ code, message }: ErrorInfo): string {
  return `${code}: ${message}`;
}
