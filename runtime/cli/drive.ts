import type { NodeId } from "../model/ids.js";
import type { RunSession } from "../run/session.js";
import type { LiveEvent } from "../trace/event.js";
import type { Decisions } from "./decisions.js";
import { followInterrupts } from "./interrupts.js";
import type { CliIo } from "./io.js";
import { showProgress } from "./progress/progress.js";
import { saveEvery } from "./save-every.js";
import { pauseBefore } from "./until.js";

/** Who decides and redirects here, for the trace. */
export const ACTOR = "command line";

/** What is asked of a run here. */
export type DrivenRun = Pick<
  RunSession,
  "status" | "frontier" | "runningTasks" | "continue" | "drain" | "stop" | "decide" | "onTrace" | "save"
>;

/** How far a run is to be taken. */
export interface Course {
  readonly decisions: Decisions;
  /** Pause before this node is run. */
  readonly until?: NodeId | undefined;
  /** Make a checkpoint of every so many supersteps. */
  readonly saveEvery?: number | undefined;
  /** A new run pauses where it begins, if that is its goal; one that is resumed there goes on until the node is due again. */
  readonly isNew: boolean;
}

/**
 * Takes a run as far as the decisions and `until` allow. A completed run stays as it is. The first interrupt drains the run, the
 * second cancels it, the third ends the process. Rejects with `DECISION_INVALID`, `NOT_RESUMABLE`, `RUN_FINISHED`.
 */
export async function drive(session: DrivenRun, { decisions, until, saveEvery: supersteps, isNew }: Course, given: CliIo): Promise<void> {
  const progress = showProgress(session, given);
  const { io } = progress;
  const interrupts = followInterrupts(session, io);
  const goal = pauseBefore(until, session);
  const stopSaving = saveEvery(supersteps, session);
  const stopLogging = session.onTrace((event) => log(event, io));
  try {
    if (session.status === "completed" || (isNew && goal.reached)) return;
    answerQuestions(session, decisions);
    do await session.continue();
    while (interrupts.asked === "nothing" && !goal.reached && answerQuestions(session, decisions));
    if (interrupts.asked === "cancel") await session.stop();
  } finally {
    stopSaving();
    stopLogging();
    goal.release();
    interrupts.release();
    progress.end();
  }
}

/** Answers the open questions that there are decisions for; whether there were any. */
export function answerQuestions(session: Pick<RunSession, "frontier" | "decide">, decisions: Decisions): boolean {
  const { questions, decisions: made } = session.frontier;
  const answerable = questions.filter((question) => made[question.key] === undefined && decisions.has(question.key));
  for (const { key } of answerable) {
    const decision = decisions.get(key);
    if (decision !== undefined) session.decide(key, { ...decision, actor: ACTOR });
  }
  return answerable.length > 0;
}

function log(event: LiveEvent, io: CliIo): void {
  if (event.type === "log" && event.level !== "debug")
    io.err(`${event.node}: ${event.level === "info" ? "" : `${event.level}: `}${event.message}\n`);
}
