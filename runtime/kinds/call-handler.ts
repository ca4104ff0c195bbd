import { compileSchema } from "../channels/schema-check.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { FileVersions } from "../model/file-version.js";
import { handlerName } from "../model/handler-name.js";
import type { ChannelName } from "../model/ids.js";
import type { Behaviour, QuestionDraft, TaskContext, TaskOutcome } from "../plan/behaviour.js";
import type { AskedQuestion, ChannelView, HandlerOutcome } from "../ports.js";

/** A handler as a node names it. */
export interface HandlerUse {
  readonly handler: string;
  /** Channels that it is given; absent: all. */
  readonly reads?: readonly ChannelName[];
  /** Channels that it may write; absent: all. */
  readonly writes?: readonly ChannelName[];
}

/** The behaviour that calls the user's module. */
export function callHandler({ handler, reads, writes }: HandlerUse, files: FileVersions): Behaviour {
  const { path, exportName } = handlerName(handler);
  const version = files(path);
  const allowed = writes === undefined ? undefined : new Set(writes);
  return (task) => {
    const outcome = task.handlers.call(
      {
        taskId: task.taskId,
        run: task.run,
        node: task.node,
        module: task.resolve(path),
        exportName,
        ...(version === undefined ? {} : { version }),
        channels: viewsOf(task, reads),
        ...(task.input === undefined ? {} : { input: task.input }),
        attempt: task.attempt,
        lastAttempt: task.lastAttempt,
        idempotencyKey: `${task.run}/${task.taskId}`,
        answers: task.answers,
        ...(task.error === undefined ? {} : { error: task.error }),
      },
      task.events,
      task.signal,
    );
    return outcome instanceof Promise
      ? outcome.then((given) => outcomeOf(task.node, given, allowed))
      : outcomeOf(task.node, outcome, allowed);
  };
}

function outcomeOf(node: string, outcome: HandlerOutcome, allowed: ReadonlySet<string> | undefined): TaskOutcome {
  if (!outcome.ok) return { type: "failed", error: outcome.error };
  const { asks = [], update, ...rest } = outcome.result;
  if (asks.length > 0) return questionsOf(node, asks);
  const fault = allowed === undefined ? undefined : undeclared(node, [...Object.keys(update), ...(rest.cleared ?? [])], allowed);
  return fault === undefined ? { type: "done", writes: update, ...rest } : { type: "failed", error: fault };
}

/** What a handler asks, or why it cannot be asked. */
export function questionsOf(node: string, asks: readonly AskedQuestion[]): Exclude<TaskOutcome, { type: "done" | "parked" }> {
  for (const { key, schema } of asks) {
    const fault = schema === undefined ? undefined : schemaFault(schema);
    if (fault === undefined) continue;
    const message = `Node "${node}" asked "${key}" with a schema that cannot be used: ${fault}.`;
    return { type: "failed", error: errorInfo("HANDLER_RESULT", message, { node, key }) };
  }
  return { type: "asked", questions: asks satisfies readonly QuestionDraft[] };
}

/** Ajv throws for a schema that it cannot compile. */
function schemaFault(schema: NonNullable<AskedQuestion["schema"]>): string | undefined {
  try {
    compileSchema(schema);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

/** The channels that a handler is given. */
export function viewsOf(task: TaskContext, reads: readonly string[] | undefined): Record<string, ChannelView> {
  const views: Record<string, ChannelView> = {};
  for (const name of reads ?? task.channelNames()) {
    const view = task.channel(name);
    if (view !== undefined) views[name] = view;
  }
  return views;
}

function undeclared(node: string, written: readonly string[], allowed: ReadonlySet<string>): ErrorInfo | undefined {
  const extra = written.find((channel) => !allowed.has(channel));
  if (extra === undefined) return undefined;
  const message = `Node "${node}" wrote channel "${extra}", which its \`writes\` does not name.`;
  return errorInfo("UNDECLARED_WRITE", message, { node, channel: extra });
}
