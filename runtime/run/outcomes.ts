// What task outcomes come to in the frontier.
import { questionKey, type StoredQuestion, type StoredResult } from "../checkpoint/checkpoint.js";
import type { Plan } from "../plan/plan.js";
import type { HandlerResult } from "../ports.js";
import { catchesErrors } from "./routes.js";
import type { TimedOutcome } from "./task-runner.js";

/** Whether the task failed and its node has an edge for that: then the run goes on. A task that was stopped did not fail. */
export function isCaught(plan: Plan, { task, outcome }: TimedOutcome, signal: AbortSignal): boolean {
  return outcome.type === "failed" && !signal.aborted && catchesErrors(plan, task.node);
}

/** The result that is kept of a task, if there is one. */
export function resultOf(timed: TimedOutcome, caught: boolean): StoredResult[] {
  const { task, outcome, ms } = timed;
  const named = { task: task.id, node: task.node, ms };
  if (outcome.type === "done") return [{ ...named, writes: outcome.writes, ...routesOf(outcome) }];
  return outcome.type === "failed" && caught ? [{ ...named, writes: {}, error: outcome.error }] : [];
}

/** The question that a task asks, if it does. */
export function questionOf({ task, outcome }: TimedOutcome): StoredQuestion[] {
  return outcome.type === "asked" ? [{ key: questionKey(task.id), node: task.node, task: task.id, ...outcome.question }] : [];
}

function routesOf({ action, goto, send }: Omit<HandlerResult, "update">): Omit<HandlerResult, "update"> {
  return {
    ...(action === undefined ? {} : { action }),
    ...(goto === undefined ? {} : { goto }),
    ...(send === undefined ? {} : { send }),
  };
}
