// What task outcomes come to in the frontier.
import type { StoredQuestion, StoredResult } from "../checkpoint/checkpoint.js";
import type { Plan } from "../plan/plan.js";
import type { Clock } from "../ports.js";
import { catchesErrors } from "./routes.js";
import { storedQuestion } from "./questions.js";
import type { TimedOutcome } from "./task-runner.js";

/** Whether the task failed and its node has an edge for that: then the run goes on. A task that was stopped did not fail. */
export function isCaught(plan: Plan, { task, outcome }: TimedOutcome, signal: AbortSignal): boolean {
  return outcome.type === "failed" && !signal.aborted && catchesErrors(plan, task.node);
}

/** The result that is kept of a task, if there is one. `answered`: it had asked before. */
export function resultOf({ task, outcome, ms }: TimedOutcome, caught: boolean, answered = false): StoredResult | undefined {
  if (outcome.type === "failed" && caught)
    return { task: task.id, node: task.node, writes: {}, error: outcome.error, ms, ...(answered ? { answered } : {}) };
  if (outcome.type !== "done") return undefined;
  const { writes, cleared, action, goto, send } = outcome;
  const result: { -readonly [Part in keyof StoredResult]: StoredResult[Part] } = { task: task.id, node: task.node, writes, ms };
  if (cleared !== undefined) result.cleared = cleared;
  if (action !== undefined) result.action = action;
  if (goto !== undefined) result.goto = goto;
  if (send !== undefined) result.send = send;
  if (answered) result.answered = true;
  return result;
}

const none: readonly StoredQuestion[] = [];

/** What a task asks. */
export function questionsOf({ task, outcome }: TimedOutcome, clock: Clock): readonly StoredQuestion[] {
  if (outcome.type !== "asked") return none;
  const now = clock.now();
  return outcome.questions.map((draft) => storedQuestion(task, draft, now));
}
