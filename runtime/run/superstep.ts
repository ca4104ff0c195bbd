// One superstep, decided purely: what is to run, and what the results make of the run. The runner acts in between.
//
// 1. Results count in task order, never in finishing order.
// 2. Nothing is half-applied: a superstep finishes whole, or stays open with its results kept.
import { withinBudget } from "../channels/budget.js";
import type { ChannelWrites, Frontier, RoutedTask, StoredResult, StoredTask } from "../checkpoint/checkpoint.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import { isEmpty } from "../model/is-empty.js";
import { noFailures } from "./joins.js";
import { withMoved } from "./moved-tasks.js";
import { catchesErrors, takeRoutes, type RouteResult } from "./routes.js";
import { misdirected, sentAmong, sentRoutes, sentTasks } from "./sends.js";
import type { Snapshot } from "./snapshot.js";
import type { TakenRoute } from "./taken-route.js";
import { checkWrites } from "./writes.js";

/** The tasks that can run now: due, not finished, not waiting for a decision. */
export function runnableTasks(snapshot: Snapshot): readonly StoredTask[] {
  const { due, results, questions, decisions } = snapshot.frontier;
  if (results.length === 0 && questions.length === 0) return due;
  const finished = new Set(results.map((result) => result.task));
  const waiting = new Set(questions.filter((question) => decisions[question.key] === undefined).map((question) => question.task));
  // A run inside a task goes on with any of its questions answered, as it would by itself.
  for (const { key, task, inner } of questions) if (inner !== undefined && decisions[key] !== undefined) waiting.delete(task);
  return due.filter((task) => !finished.has(task.id) && !waiting.has(task.id));
}

/** A superstep that has finished. */
export interface FinishedSuperstep {
  readonly ok: true;
  readonly snapshot: Snapshot;
  readonly writes: ChannelWrites;
  readonly taken: readonly TakenRoute[];
  /** Results that failed by what they wrote, and go on by `@error` edges. */
  readonly refused: readonly StoredResult[];
}

/** What a superstep came to. `tasks`: those to blame, which may answer something else when they run again. */
export type SuperstepResult = FinishedSuperstep | { readonly ok: false; readonly error: ErrorInfo; readonly tasks: readonly string[] };

/**
 * Finishes a superstep all of whose tasks have a result: applies the writes, takes the routes. `version` is given to what was
 * written; `folded` is what reducers of the user's made of it.
 */
export function finishSuperstep(plan: Plan, run: string, snapshot: Snapshot, version: number, folded?: JsonObject): SuperstepResult {
  const { frontier } = snapshot;
  const accepted = acceptResults(plan, frontier);
  if (!accepted.ok) return accepted;
  const { results, refused } = accepted;
  const writes = snapshot.channels.applied(results, folded);
  const budgeted = withinBudget(snapshot.channels.fold(writes, version), plan.limits.stateBytes);
  if (!budgeted.ok) return { ...budgeted, tasks: results.filter((result) => !isEmpty(result.writes)).map(({ task }) => task) };
  const { channels } = budgeted;
  const superstep = frontier.superstep + 1;
  const routed = routedTasks(frontier, results);
  const { arrivals, failures = noFailures, overrides = {} } = frontier;
  const sent = sentTasks(superstep + 1, results);
  const routes = takeRoutes(plan, { run, superstep, routed, writes, channels, arrivals, failures, overrides, sent });
  if (!routes.ok) return routes;
  const ended = {
    ...settled(frontier, results),
    status: routes.due.length === 0 ? "completed" : "running",
    superstep,
    due: routes.due,
    open: false,
    results: [],
    routed,
    arrivalsBefore: arrivals,
    arrivals: routes.arrivals,
    ...(routes.failures === noFailures ? {} : { failures: routes.failures }),
    questions: [],
  } as const;
  const taken = sent.length === 0 ? routes.taken : [...routes.taken, ...sentRoutes(results)];
  return { ok: true, writes, refused, taken, snapshot: { channels, lastWrites: writes, frontier: ended } };
}

/** Routes a run that stands between two supersteps anew, under another plan or after a person forced a route. It does not end by that. */
export function reroute(plan: Plan, run: string, snapshot: Snapshot): RouteResult & { readonly snapshot: Snapshot } {
  const { frontier, channels, lastWrites: writes } = snapshot;
  const { superstep, routed, arrivalsBefore: arrivals, failures = noFailures, overrides = {} } = frontier;
  const sent = sentAmong(frontier.due);
  const routes = takeRoutes(plan, { run, superstep, routed, writes, channels, arrivals, failures, overrides, sent });
  if (!routes.ok) return { ...routes, snapshot };
  const { failures: _before, ...kept } = frontier;
  const { arrivals: now, failures: after } = routes;
  const due = withMoved(plan, routes.due, kept.moved);
  const rerouted = { ...kept, due, arrivals: now, ...(after === noFailures ? {} : { failures: after }) };
  return { ...routes, due, snapshot: { ...snapshot, frontier: rerouted } };
}

/** The error of a run that would go past its limit, or nothing. */
export function limitReached(plan: Plan, snapshot: Snapshot): ErrorInfo | undefined {
  const { superstep, entered = 0 } = snapshot.frontier;
  const done = superstep - entered;
  if (done < plan.limits.supersteps) return undefined;
  return errorInfo("SUPERSTEP_LIMIT", `The run has done ${done} supersteps, which is its limit, and is not at its end.`, { superstep });
}

type Accepted =
  | { readonly ok: true; readonly results: readonly StoredResult[]; readonly refused: readonly StoredResult[] }
  | { readonly ok: false; readonly error: ErrorInfo; readonly tasks: readonly string[] };

/** Checks what was written and sent by the tasks of the open superstep, in task order. A node that wrote what does not fit has failed, and goes on by its `@error` edges if it has some. */
export function acceptResults(plan: Plan, { due, results: given }: Frontier): Accepted {
  const refused: StoredResult[] = [];
  let results = inTaskOrder(due, given);
  for (;;) {
    const fault = checkWrites(plan.channels, results);
    if (fault === undefined) break;
    const [task, other] = fault.tasks;
    const culprit = results.find((result) => result.task === task);
    if (culprit === undefined || other !== undefined || !catchesErrors(plan, culprit.node)) return { ok: false, ...fault };
    const { task: refusedTask, node, ms, answered } = culprit;
    const failed = { task: refusedTask, node, writes: {}, error: fault.error, ms, ...(answered === undefined ? {} : { answered }) };
    refused.push(failed);
    results = results.map((result) => (result === culprit ? failed : result));
  }
  const lost = misdirected(plan, results);
  return lost === undefined ? { ok: true, results, refused } : { ok: false, error: lost.error, tasks: [lost.task] };
}

/** What routing is to know of the results, also when it is done anew. Absent parts are left out: most tasks have none. */
function routedTasks({ due, forced }: Frontier, results: readonly StoredResult[]): readonly RoutedTask[] {
  const inputs = due.some(({ input }) => input !== undefined) ? new Map(due.map(({ id, input }) => [id, input])) : undefined;
  return results.map(({ task, node, action, goto, send, error, answered }) => {
    const routed: { -readonly [Part in keyof RoutedTask]: RoutedTask[Part] } = { task, node };
    const input = inputs?.get(task);
    const edge = forced?.[node];
    if (action !== undefined) routed.action = action;
    if (goto !== undefined) routed.goto = goto;
    if (send !== undefined && send.length > 0) routed.sent = send.map(({ to }) => to);
    if (answered !== undefined) routed.answered = answered;
    if (error !== undefined) routed.error = error;
    if (input !== undefined) routed.input = input;
    if (edge !== undefined) routed.forced = edge;
    return routed;
  });
}

/** The frontier without what the results have used up: decisions, forced edges, moves, errors, the runs inside. In most supersteps there is nothing of these. */
function settled(frontier: Frontier, results: readonly StoredResult[]): Frontier {
  const left = frontier.error ?? frontier.failures ?? frontier.forced ?? frontier.nested ?? frontier.moved;
  const kept = left === undefined ? frontier : withoutSpent(frontier, new Set(results.map((result) => result.node)));
  if (isEmpty(frontier.decisions)) return kept;
  const decisions = Object.entries(frontier.decisions);
  // A decision is used up by the task that asked for it; one that came early is kept until its question is asked.
  const answered = new Set(frontier.questions.map((question) => question.key));
  return { ...kept, decisions: Object.fromEntries(decisions.filter(([key]) => !answered.has(key))) };
}

function withoutSpent(
  { error: _mended, failures: _before, nested: _ended, moved: _gone, forced = {}, ...kept }: Frontier,
  ran: ReadonlySet<string>,
): Frontier {
  const waiting = Object.entries(forced).filter(([node]) => !ran.has(node));
  return waiting.length === 0 ? kept : { ...kept, forced: Object.fromEntries(waiting) };
}

/** The newest result of each task that has one, in task order. */
export function inTaskOrder(due: readonly StoredTask[], results: readonly StoredResult[]): readonly StoredResult[] {
  if (due.length === 1 && results.length === 1) return results;
  const byTask = new Map(results.map((result) => [result.task, result]));
  return due.flatMap((task) => byTask.get(task.id) ?? []);
}
