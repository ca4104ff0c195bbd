import type { Decision, StoredTask } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import type { TaskContext } from "../plan/behaviour.js";
import type { HandlerEvents } from "../ports.js";
import type { AttemptContexts } from "./attempts.js";
import type { Snapshot } from "./snapshot.js";
import type { TaskServices } from "./task-runner.js";

/** What the behaviour of a task sees, attempt by attempt. `error`: what the node failed with, for its fallback. */
export function attemptContexts(
  run: string,
  snapshot: Snapshot,
  task: StoredTask,
  services: TaskServices,
  error?: ErrorInfo,
): AttemptContexts {
  const { frontier, channels } = snapshot;
  const superstep = frontier.superstep + 1;
  const decided = decisionsOf(task, snapshot);
  return {
    open({ attempt, last, signal, alive }) {
      let open = true;
      const events = taskEvents(superstep, task, services, () => {
        if (open) alive?.();
        return open;
      });
      const context: TaskContext = {
        run,
        taskId: task.id,
        node: task.node,
        superstep,
        attempt,
        lastAttempt: last,
        signal,
        handlers: services.handlers,
        events,
        ...decided,
        ...(error === undefined ? {} : { error }),
        channel: (name) => channels.view(name),
        channelNames: () => channels.names(),
        variables: () => channels.variables({ run: { id: run, superstep } }),
        resolve: services.resolve,
      };
      return { context, close: () => void (open = false) };
    },
  };
}

/** What the key of a task's questions starts with: the node's id, with what tells its tasks of one superstep apart. */
function questionPrefix(task: StoredTask): string {
  return task.id.slice(task.id.indexOf("/") + 1);
}

/** The key of a question of a task; `key` is the handler's own. */
export function questionKey(task: StoredTask, key: string | undefined): string {
  return key === undefined ? questionPrefix(task) : `${questionPrefix(task)}/${key}`;
}

type Decided = Pick<TaskContext, "decision" | "answers">;
const undecided: Decided = { decision: undefined, answers: {} };

function decisionsOf(task: StoredTask, { frontier: { questions, decisions } }: Snapshot): Decided {
  if (questions.length === 0) return undecided;
  const prefix = questionPrefix(task);
  const asked = questions.filter((question) => question.task === task.id && question.key !== prefix);
  const answers = asked.flatMap(({ key }): (readonly [string, Decision])[] => {
    const decision = decisions[key];
    return decision === undefined ? [] : [[key.slice(prefix.length + 1), decision]];
  });
  return { decision: decisions[prefix], answers: Object.fromEntries(answers) };
}

function taskEvents(superstep: number, { node }: StoredTask, { trace }: TaskServices, mayReport: () => boolean): HandlerEvents {
  return {
    log(level, message) {
      if (mayReport()) trace.record({ type: "log", superstep, node, level, message });
    },
    progress(fraction, message) {
      if (!mayReport()) return;
      const text = `${Math.round(fraction * 100)} %${message === undefined ? "" : ` ${message}`}`;
      trace.record({ type: "log", superstep, node, level: "debug", message: text });
    },
  };
}
