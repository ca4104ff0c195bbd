import { errorInfo, toErrorInfo } from "../errors.js";
import { questionKey, type StoredTask } from "../checkpoint/checkpoint.js";
import type { TaskContext, TaskOutcome } from "../plan/behaviour.js";
import type { Plan } from "../plan/plan.js";
import type { Clock, HandlerHost } from "../ports.js";
import type { TraceRecorder } from "../trace/recorder.js";
import type { Snapshot } from "./snapshot.js";

/** What tasks are run with. */
export interface TaskServices {
  readonly handlers: HandlerHost;
  readonly clock: Clock;
  readonly trace: TraceRecorder;
  /** Makes the absolute path of a module that the document names. */
  readonly resolve: (path: string) => string;
}

/** A task's outcome with the milliseconds it took. */
export interface TimedOutcome {
  readonly task: StoredTask;
  readonly outcome: TaskOutcome;
  readonly ms: number;
}

/** Runs one task to its outcome; never rejects. */
export async function runTask(
  plan: Plan,
  run: string,
  snapshot: Snapshot,
  task: StoredTask,
  services: TaskServices,
  signal: AbortSignal,
): Promise<TimedOutcome> {
  const started = services.clock.monotonic();
  const outcome = await attempt(plan, taskContext(run, snapshot, task, services, signal));
  return { task, outcome, ms: services.clock.monotonic() - started };
}

async function attempt(plan: Plan, context: TaskContext): Promise<TaskOutcome> {
  const program = plan.nodes.get(context.node);
  if (program === undefined)
    return { type: "failed", error: errorInfo("NOT_RESUMABLE", `The graph has no node "${context.node}".`, { node: context.node }) };
  try {
    return await program.behaviour(context);
  } catch (error) {
    return { type: "failed", error: toErrorInfo(error, "HANDLER_FAILED") };
  }
}

function taskContext(run: string, snapshot: Snapshot, task: StoredTask, services: TaskServices, signal: AbortSignal): TaskContext {
  const { frontier, channels } = snapshot;
  const superstep = frontier.superstep + 1;
  const question = frontier.questions.find((each) => each.task === task.id);
  return {
    run,
    taskId: task.id,
    node: task.node,
    superstep,
    attempt: 1,
    signal,
    input: task.input,
    handlers: services.handlers,
    events: {
      log: (level, message) => services.trace.record({ type: "log", superstep, node: task.node, level, message }),
      progress: (fraction, message) => {
        const text = `${Math.round(fraction * 100)} %${message === undefined ? "" : ` ${message}`}`;
        services.trace.record({ type: "log", superstep, node: task.node, level: "debug", message: text });
      },
    },
    // A decision may come before its question.
    decision: frontier.decisions[question?.key ?? questionKey(task.id)],
    channel: (name) => channels.view(name),
    channelNames: () => channels.names(),
    variables: () => ({ ...channels.variables(), input: task.input ?? null, run: { id: run, superstep } }),
    resolve: services.resolve,
  };
}
