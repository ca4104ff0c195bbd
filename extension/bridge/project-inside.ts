import { openQuestions } from "../../runtime/run/questions.js";
import type { RunFacts } from "./project-run.js";

/**
 * A run inside a task as its canvas shows it: what has been answered in the run around, which hands it in when it goes on, is asked no more.
 * `isAsked`: whether a question still is.
 */
export function factsInside(run: RunFacts, isAsked: (question: string) => boolean): RunFacts {
  const questions = run.frontier.questions.filter(({ key }) => isAsked(key));
  if (questions.length === run.frontier.questions.length) return run;
  const { id, plan, channels, tally, runningTasks, progress, inside, blocked, restoredFrom } = run;
  const frontier = { ...run.frontier, questions };
  const status = run.status === "waiting" && openQuestions(frontier).length === 0 ? "paused" : run.status;
  return { id, status, frontier, plan, channels, tally, runningTasks, progress, inside, blocked, restoredFrom };
}
