// What task outcomes come to in the frontier.
import type { StoredQuestion, StoredResult } from "../checkpoint/checkpoint.js";
import type { Plan } from "../plan/plan.js";
import type { Clock, HandlerResult } from "../ports.js";
import { catchesErrors } from "./routes.js";
import { storedQuestion } from "./questions.js";
import type { TimedOutcome } from "./task-runner.js";

/** Whether the task failed and its node has an edge for that: then the run goes on. A task that was stopped did not fail. */
export function isCaught(plan: Plan, { task, outcome }: TimedOutcome, signal: AbortSignal): boolean {
  return outcome.type === "failed" && !signal.aborted && catchesErrors(plan, task.node);
}

/** The result that is kept of a task, if there is one. */
export function resultOf(timed: TimedOutcome, caught: boolean): StoredResult[] {
  const { task, outcome, ms } = timed;
  const named = { task: task.id, node: task.node, ms };
  if (outcome.type === "done") return [{ ...named, writes: outcome.writes, ...besideWrites(outcome) }];
  return outcome.type === "failed" && caught ? [{ ...named, writes: {}, error: outcome.error }] : [];
}

/** What a task asks. */
export function questionsOf({ task, outcome }: TimedOutcome, clock: Clock): readonly StoredQuestion[] {
  if (outcome.type !== "asked") return [];
  const now = clock.now();
  return outcome.questions.map((draft) => storedQuestion(task, draft, now));
}

type Beside = Omit<HandlerResult, "update" | "asks">;

function besideWrites({ cleared, action, goto, send }: Beside): Beside {
  return {
    ...(cleared === undefined ? {} : { cleared }),
    ...(action === undefined ? {} : { action }),
    ...(goto === undefined ? {} : { goto }),
    ...(send === undefined ? {} : { send }),
  };
}
