// One superstep, decided purely: what is to run, and what the results make of the run. The runner acts in between.
//
// 1. Results count in task order, never in finishing order.
// 2. Nothing is half-applied: a superstep finishes whole, or stays open with its results kept.
import type { ChannelWrites, StoredResult, StoredTask } from "../checkpoint/checkpoint.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import { START } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";
import { takeRoutes, type TakenRoute } from "./routes.js";
import type { Snapshot } from "./snapshot.js";
import { checkWrites } from "./writes.js";

/** The tasks that can run now: due, not finished, not waiting for a decision. */
export function runnableTasks(snapshot: Snapshot): readonly StoredTask[] {
  const { due, results, questions, decisions } = snapshot.frontier;
  const finished = new Set(results.map((result) => result.task));
  const waiting = new Set(questions.filter((question) => decisions[question.key] === undefined).map((question) => question.task));
  return due.filter((task) => !finished.has(task.id) && !waiting.has(task.id));
}

/** What a superstep came to. */
export type SuperstepResult =
  | { readonly ok: true; readonly snapshot: Snapshot; readonly writes: ChannelWrites; readonly taken: readonly TakenRoute[] }
  | { readonly ok: false; readonly error: ErrorInfo; readonly results: readonly StoredResult[] };

/** Finishes a superstep all of whose tasks have a result: applies the writes, takes the routes. `version` is given to what was written. */
export function finishSuperstep(plan: Plan, run: string, snapshot: Snapshot, version: number): SuperstepResult {
  const { frontier } = snapshot;
  const results = inTaskOrder(frontier.due, frontier.results);
  const fault = checkWrites(plan.channels, results);
  if (fault !== undefined) {
    return { ok: false, error: fault.error, results: results.filter((result) => !fault.tasks.includes(result.task)) };
  }
  const writes = [...snapshot.channels.passing(), ...results.map((result) => snapshot.channels.toStart(result))];
  const channels = snapshot.channels.fold(writes, version);
  const superstep = frontier.superstep + 1;
  const routed = results.map(({ task, node, action, goto }) => ({
    task,
    node,
    ...(action === undefined ? {} : { action }),
    ...(goto === undefined ? {} : { goto }),
  }));
  const routes = takeRoutes(plan, { run, superstep, routed, writes, channels, arrivals: frontier.arrivals });
  if (!routes.ok) return { ok: false, error: routes.error, results };
  // A decision is used up by the task that asked for it; one that came early is kept until its question is asked.
  const answered = new Set(frontier.questions.map((question) => question.key));
  const { error: _mended, ...kept } = frontier;
  return {
    ok: true,
    writes,
    taken: routes.taken,
    snapshot: {
      channels,
      lastWrites: writes,
      frontier: {
        ...kept,
        status: routes.due.length === 0 ? "completed" : "running",
        superstep,
        due: routes.due,
        open: false,
        results: [],
        routed,
        arrivalsBefore: frontier.arrivals,
        arrivals: routes.arrivals,
        questions: [],
        decisions: Object.fromEntries(Object.entries(frontier.decisions).filter(([key]) => !answered.has(key))),
      },
    },
  };
}

/** A run at its very start: routes from `@start` under a plan. */
export function enter(plan: Plan, run: string, snapshot: Snapshot): SuperstepResult {
  const routed = [{ task: START, node: START }];
  const { channels, lastWrites: writes } = snapshot;
  const routes = takeRoutes(plan, { run, superstep: 0, routed, writes, channels, arrivals: {} });
  if (!routes.ok) return { ok: false, error: routes.error, results: [] };
  const status = routes.due.length === 0 ? "completed" : "running";
  const frontier = { ...snapshot.frontier, status, due: routes.due, arrivals: routes.arrivals, routed } as const;
  return { ok: true, writes, taken: routes.taken, snapshot: { ...snapshot, frontier } };
}

/** Routes a run that stands between two supersteps anew, under another plan. */
export function reroute(plan: Plan, run: string, snapshot: Snapshot): SuperstepResult {
  const { frontier, channels, lastWrites: writes } = snapshot;
  const input = { run, superstep: frontier.superstep, routed: frontier.routed, writes, channels, arrivals: frontier.arrivalsBefore };
  const routes = takeRoutes(plan, input);
  if (!routes.ok) return { ok: false, error: routes.error, results: [] };
  const status = routes.due.length === 0 ? "completed" : "running";
  return {
    ok: true,
    writes,
    taken: routes.taken,
    snapshot: { ...snapshot, frontier: { ...frontier, status, due: routes.due, arrivals: routes.arrivals } },
  };
}

/** The error of a run that would go past its limit, or nothing. */
export function limitReached(plan: Plan, snapshot: Snapshot): ErrorInfo | undefined {
  const { superstep } = snapshot.frontier;
  if (superstep < plan.limits.supersteps) return undefined;
  return errorInfo("SUPERSTEP_LIMIT", `The run has done ${superstep} supersteps, which is its limit, and is not at its end.`, {
    superstep,
  });
}

function inTaskOrder(due: readonly StoredTask[], results: readonly StoredResult[]): readonly StoredResult[] {
  const byTask = new Map(results.map((result) => [result.task, result]));
  return due.flatMap((task) => byTask.get(task.id) ?? []);
}
