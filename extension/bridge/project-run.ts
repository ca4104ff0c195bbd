import { superstepOf, type Frontier, type StoredQuestion, type StoredTask } from "../../runtime/checkpoint/checkpoint.js";
import type { ErrorInfo } from "../../runtime/errors.js";
import { MODIFY } from "../../runtime/model/graph.js";
import type { EdgeId, NodeId } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { ItemProgress } from "../../runtime/plan/items.js";
import { openQuestions } from "../../runtime/run/questions.js";
import type { NodeFigures } from "../../runtime/trace/node-metrics.js";
import type { NodeTally } from "../../runtime/trace/tally.js";
import type { NodeFiguresView, NodeRunView, QuestionView, RunView } from "../../webview/protocol/views.js";
import { previewJson } from "./preview-json.js";

const CHANNEL_CHARACTERS = 2000;

/** A run as the canvas needs it; a `RunSession` fits. */
export interface RunFacts {
  readonly id: string;
  readonly status: Exclude<RunView["status"], "none">;
  readonly frontier: Frontier;
  readonly channels: JsonObject;
  readonly runningTasks: readonly StoredTask[];
  /** How far tasks are that work item by item, by task. */
  readonly progress: ReadonlyMap<string, ItemProgress>;
  readonly tally: {
    readonly nodes: ReadonlyMap<NodeId, NodeTally>;
    readonly edges: ReadonlyMap<EdgeId, number>;
    readonly forcedEdges: ReadonlyMap<EdgeId, number>;
  };
  readonly blocked: ErrorInfo | undefined;
  readonly restoredFrom: number | undefined;
}

/** The canvas before the first run. */
export function noRun(sequence: number): RunView {
  const nothing = { nodes: {}, edges: {}, takenByForce: {}, forced: {}, overrides: {}, questions: [], channels: {} };
  return { sequence, run: null, status: "none", superstep: 0, ...nothing };
}

/** A run as the canvas shows it. `sequence` grows with each change. */
export function projectRun(run: RunFacts, sequence: number): RunView {
  const { frontier, restoredFrom } = run;
  const error = run.blocked ?? frontier.error;
  return {
    sequence,
    run: run.id,
    status: run.status,
    superstep: superstepOf(frontier),
    nodes: nodesOf(run),
    edges: Object.fromEntries(run.tally.edges),
    takenByForce: Object.fromEntries(run.tally.forcedEdges),
    forced: forcedEdges(frontier),
    overrides: Object.fromEntries(Object.entries(frontier.overrides ?? {}).map(([node, targets]) => [node, [...targets]])),
    questions: openQuestions(frontier).map(questionView),
    channels: Object.fromEntries(Object.entries(run.channels).map(([name, value]) => [name, previewJson(value, CHANNEL_CHARACTERS)])),
    ...(error === undefined ? {} : { error: textOf(error) }),
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
  };
}

/** The figures of the one node that is selected, where there is one that has begun. */
export function projectFigures(
  nodes: ReadonlyMap<NodeId, { readonly figures: NodeFigures }>,
  selected: readonly NodeId[],
): NodeFiguresView | undefined {
  const [node, another] = selected;
  const known = node === undefined || another !== undefined ? undefined : nodes.get(node);
  if (node === undefined || known === undefined) return undefined;
  const { runs, success, retries, cached, replayed, ms } = known.figures;
  return { node, runs, success, retries, cached, replayed, ms: ms === null ? null : { ...ms } };
}

function questionView({ key, node, prompt, actions, schema, deadline, default: whenLate, inner }: StoredQuestion): QuestionView {
  return {
    key,
    node,
    prompt,
    actions: [...actions],
    takesValue: schema !== undefined || actions.includes(MODIFY),
    ...(deadline === undefined ? {} : { deadline }),
    ...(whenLate === undefined ? {} : { default: whenLate }),
    inner: inner !== undefined,
  };
}

/** What nodes are forced to take when they finish next; between two supersteps also what those that have just finished took. */
export function forcedEdges({ open, status, routed, forced = {} }: Frontier): Record<NodeId, EdgeId> {
  if (status === "completed" || status === "cancelled") return {};
  const taken = open ? [] : routed.flatMap(({ node, forced: edge }) => (edge === undefined ? [] : [[node, edge] as const]));
  return { ...Object.fromEntries(taken), ...forced };
}

/** The newest fact about a node wins: at work, then what it did in the open superstep, then that it is due, then its past. */
function nodesOf(run: RunFacts): Record<NodeId, NodeRunView> {
  const { frontier } = run;
  const nodes: Record<NodeId, NodeRunView> = {};
  const tell = (node: NodeId, view: Pick<NodeRunView, "status" | "error">): void => {
    const tally = run.tally.nodes.get(node);
    const replayed = tally?.wasReplayed === true && view.status === "done";
    const ms = replayed ? undefined : tally?.lastMs;
    nodes[node] = { ...view, count: tally?.finished ?? 0, ...(ms === undefined ? {} : { ms }), ...(replayed ? { replayed } : {}) };
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
  for (const { node } of run.runningTasks) tell(node, { status: "running" });
  for (const [node, items] of itemsOf(run)) nodes[node] = { count: 0, status: "due", ...nodes[node], items };
  return nodes;
}

/** How far the nodes are that work on lists: all tasks of the open superstep together. */
function itemsOf({ frontier, progress }: RunFacts): ReadonlyMap<NodeId, ItemProgress> {
  const items = new Map<NodeId, ItemProgress>();
  for (const { id, node } of progress.size === 0 ? [] : frontier.due) {
    const task = progress.get(id);
    const { done = 0, failed = 0, total = 0 } = items.get(node) ?? {};
    if (task !== undefined) items.set(node, { done: done + task.done, failed: failed + task.failed, total: total + task.total });
  }
  return items;
}

/** A failed run's superstep is still open: what is due in it and has neither finished nor asked has failed. */
function failedNodes({ status, open, due, results, questions }: Frontier): readonly NodeId[] {
  if (status !== "failed" || !open) return [];
  const ended = new Set([...results, ...questions].map(({ task }) => task));
  return due.filter(({ id }) => !ended.has(id)).map(({ node }) => node);
}

function textOf({ code, message }: ErrorInfo): string {
  return `${code}: ${message}`;
}
