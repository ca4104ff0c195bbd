// What the trace of a superstep tells of one of its tasks.
import type { ChannelRecord } from "../checkpoint/channel-record.js";
import type { NodeId } from "../model/ids.js";
import type { TraceEvent } from "../trace/event.js";
import type { BlameStore } from "./blame-store.js";
import type { InsideRun, Writer, WriterDecision } from "./writer.js";

/** The events that tell of a task's result. */
const results: ReadonlySet<TraceEvent["type"]> = new Set(["task-finished", "task-failed", "task-cached", "task-replayed", "task-bypassed"]);

/** The id of a task that a checkpoint does not name: those of a node stand in task order in the trace. */
export function taskIdOf(
  events: readonly TraceEvent[],
  { node, nth }: { readonly node: NodeId; readonly nth: number },
): string | undefined {
  const tasks = new Set(events.flatMap((event) => ("task" in event && results.has(event.type) && event.node === node ? [event.task] : [])));
  return [...tasks][nth];
}

/** The decisions that a node was given in a superstep. One that came early is in the checkpoint before its question. */
export function decisionsOf(
  events: readonly TraceEvent[],
  store: BlameStore,
  { parent }: ChannelRecord,
  node: NodeId,
): Pick<Writer, "decisions"> {
  const asked = events.flatMap((event) => (event.type === "question" && event.node === node ? [event.key] : []));
  if (asked.length === 0) return {};
  const made = events.flatMap((event): WriterDecision[] => {
    if (event.type !== "decision" || event.node !== node) return [];
    return [{ key: event.key, action: event.action, actor: event.actor }];
  });
  const missing = asked.filter((key) => !made.some((decision) => decision.key === key));
  const early = missing.length === 0 || parent === null ? {} : store.load(parent).frontier.decisions;
  for (const key of missing) {
    const decision = Object.hasOwn(early, key) ? early[key] : undefined;
    if (decision !== undefined) made.push({ key, action: decision.action, actor: decision.actor });
  }
  return made.length === 0 ? {} : { decisions: made };
}

/** The runs inside a task, each once. */
export function insideOf(events: readonly TraceEvent[], task: string | undefined): Pick<Writer, "inside"> {
  const inside = events.flatMap((event): InsideRun[] => {
    if (event.type !== "nested-run" || event.task !== task) return [];
    return [{ run: event.run, graph: event.graph, ...(event.slot === undefined ? {} : { slot: event.slot }) }];
  });
  return inside.length === 0 ? {} : { inside };
}

/** Whether a recorded result stood in for a task. */
export function replayedBy(events: readonly TraceEvent[], task: string | undefined): Pick<Writer, "replayed"> {
  for (const event of events) if (event.type === "task-replayed" && event.task === task) return { replayed: event.checkpoint };
  return {};
}
