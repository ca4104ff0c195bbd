import { errorInfo } from "../errors.js";
import type { CodeNode } from "../model/graph.js";
import { handlerName } from "../model/handler-name.js";
import type { TaskContext, TaskOutcome } from "../plan/behaviour.js";
import type { ChannelView } from "../ports.js";
import type { KindDefinition } from "./kind.js";

/** `code`: the user's module, called in a handler process. */
export const code: KindDefinition<CodeNode> = {
  kind: "code",
  compile(def) {
    const { path, exportName } = handlerName(def.handler);
    const writes = def.writes === undefined ? undefined : new Set(def.writes);
    return async (task) => {
      const outcome = await task.handlers.call(
        {
          taskId: task.taskId,
          run: task.run,
          node: task.node,
          module: task.resolve(path),
          exportName,
          channels: viewsOf(task, def.reads),
          ...(task.input === undefined ? {} : { input: task.input }),
          attempt: task.attempt,
          idempotencyKey: `${task.run}/${task.taskId}`,
        },
        task.events,
        task.signal,
      );
      if (!outcome.ok) return { type: "failed", error: outcome.error };
      const { update, ...routes } = outcome.result;
      return undeclared(task.node, update, writes) ?? { type: "done", writes: update, ...routes };
    };
  },
};

function viewsOf(task: TaskContext, reads: readonly string[] | undefined): Record<string, ChannelView> {
  const views: Record<string, ChannelView> = {};
  for (const name of reads ?? task.channelNames()) {
    const view = task.channel(name);
    if (view !== undefined) views[name] = view;
  }
  return views;
}

function undeclared(node: string, update: object, writes: ReadonlySet<string> | undefined): TaskOutcome | undefined {
  const extra = writes === undefined ? undefined : Object.keys(update).find((channel) => !writes.has(channel));
  if (extra === undefined) return undefined;
  const message = `Node "${node}" wrote channel "${extra}", which its \`writes\` does not name.`;
  return { type: "failed", error: errorInfo("UNDECLARED_WRITE", message, { node, channel: extra }) };
}
