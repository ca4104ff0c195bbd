// The branches of a run that stands: one for each task that is due, the tasks of runs inside others in place of those.
import type { StoredTask } from "../../../runtime/checkpoint/checkpoint.js";
import type { RunSession } from "../../../runtime/run/session.js";

/** One task that is due, in its run. */
export interface Level {
  readonly run: RunSession;
  readonly task: StoredTask;
}

/** One way that the run goes on: the innermost task first, the tasks around it after that. */
export interface Branch {
  readonly levels: readonly [Level, ...Level[]];
}

/** The branches of a run, in task order. None where it has ended. */
export function branchesOf(run: RunSession, around: readonly Level[] = []): readonly Branch[] {
  if (run.status === "completed" || run.status === "cancelled") return [];
  return run.moment.due.flatMap((task): readonly Branch[] => {
    const level = { run, task };
    const inside = innerRuns(run, task).flatMap((inner) => branchesOf(inner, [level, ...around]));
    return inside.length > 0 ? inside : [{ levels: [level, ...around] }];
  });
}

/** What names a branch as long as its tasks are due. */
export function branchKey({ levels }: Branch): string {
  return levels.map(({ run, task }) => `${run.id} ${task.id}`).join("\n");
}

/** The tasks of a branch from the outermost run in, as `stepInto` takes them. */
export function pathOf({ levels }: Branch): readonly string[] {
  return levels.toReversed().map(({ task }) => task.id);
}

function innerRuns(run: RunSession, task: StoredTask): readonly RunSession[] {
  return (run.frontier.nested ?? []).filter((entry) => entry.task === task.id).flatMap(({ slot }) => run.nested(task.id, slot) ?? []);
}
