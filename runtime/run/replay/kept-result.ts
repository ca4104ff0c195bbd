// The whole result of a task as a checkpoint has it. Pure.
//
// 1. Nothing is stored twice: of a superstep that is finished, what a task wrote is in the delta, one for one with the tasks whose
//    routes were taken, and what it sent is with the tasks that it sent.
import type { ChannelWrites, Checkpoint, RoutedTask, StoredResult, StoredTask } from "../../checkpoint/checkpoint.js";
import type { NodeId } from "../../model/ids.js";
import type { JsonValue } from "../../model/json.js";
import type { Send } from "../../ports.js";

/** A finished task. */
export interface KeptResult {
  readonly result: StoredResult;
  /** What the task was given. */
  readonly input?: JsonValue;
}

/** The result of a task of the superstep that a checkpoint stands in: one of those of the open one, or of the finished one. */
export function keptResult({ frontier, channels }: Checkpoint, task: string): KeptResult | undefined {
  const { open, results, due, routed } = frontier;
  if (!open) return routedResult(routed, channels.delta, due, frontier.superstep, task);
  const result = results.findLast((each) => each.task === task);
  return result === undefined ? undefined : { result, ...inputOf(due, task) };
}

/** The superstep of a task that was finished on the way to a checkpoint, and not saved by itself: its result, and what it ran under. */
export interface PassedResult extends KeptResult {
  readonly revision: string;
}

/** The result of a task of a superstep that was finished between a checkpoint and its parent, or last before one that is open. */
export function passedResult({ frontier, channels, revision }: Checkpoint, superstep: number, task: string): PassedResult | undefined {
  const { delta, under = revision, earlier = [] } = channels;
  if (frontier.open && superstep === frontier.superstep) {
    const last = routedResult(frontier.routed, delta, frontier.due, superstep, task);
    return last === undefined ? undefined : { ...last, revision: under };
  }
  const place = earlier.findIndex((each) => each.superstep === superstep);
  const writes = earlier[place];
  if (writes?.routed === undefined) return undefined;
  const next = (earlier[place + 1]?.routed ?? frontier.routed).map((each) => ({ id: each.task, ...inputAs(each) }));
  const passed = routedResult(writes.routed, writes.delta, next, superstep, task);
  return passed === undefined ? undefined : { ...passed, revision: writes.revision ?? revision };
}

function inputAs({ input }: RoutedTask): { readonly input?: JsonValue } {
  return input === undefined ? {} : { input };
}

/** The result of a pending one; its task is due at the checkpoint that it was saved after. */
export function pendingResult({ frontier }: Checkpoint, result: StoredResult): KeptResult {
  return { result, ...inputOf(frontier.due, result.task) };
}

function inputOf(due: readonly StoredTask[], task: string): { readonly input?: JsonValue } {
  const input = due.find(({ id }) => id === task)?.input;
  return input === undefined ? {} : { input };
}

/** Invariant 1. `next`: the tasks of the superstep after it. The milliseconds that it took are no part of it. */
function routedResult(
  routed: readonly RoutedTask[],
  delta: ChannelWrites,
  next: readonly Pick<StoredTask, "id" | "input">[],
  superstep: number,
  task: string,
): KeptResult | undefined {
  const place = routed.findIndex((each) => each.task === task);
  const found = routed[place];
  // What the end of the superstep took away, and what reducers of the user's made, stands before.
  const wrote = delta[delta.length - routed.length + place];
  if (found === undefined || wrote === undefined || wrote.node !== found.node) return undefined;
  const send = sendsOf(routed, place, next, superstep + 1);
  if (send === "unknown") return undefined;
  const { node, action, goto, error, answered, input } = found;
  const result: StoredResult = {
    task,
    node,
    writes: wrote.writes,
    ms: 0,
    ...(wrote.cleared === undefined ? {} : { cleared: wrote.cleared }),
    ...(action === undefined ? {} : { action }),
    ...(goto === undefined ? {} : { goto }),
    ...(send === undefined ? {} : { send }),
    ...(error === undefined ? {} : { error }),
    ...(answered === undefined ? {} : { answered }),
  };
  return { result, ...(input === undefined ? {} : { input }) };
}

/** Sent tasks are counted for each node over all that send, in task order. */
function sendsOf(
  routed: readonly RoutedTask[],
  place: number,
  next: readonly Pick<StoredTask, "id" | "input">[],
  superstep: number,
): readonly Send[] | "unknown" | undefined {
  const sent = routed[place]?.sent;
  if (sent === undefined) return undefined;
  const counts = new Map<NodeId, number>();
  for (const { sent: before = [] } of routed.slice(0, place)) for (const to of before) counts.set(to, (counts.get(to) ?? 0) + 1);
  const inputs = new Map(next.map((each) => [each.id, each]));
  const sends: Send[] = [];
  for (const to of sent) {
    const index = counts.get(to) ?? 0;
    counts.set(to, index + 1);
    const task = inputs.get(`${superstep}/${to}#${index}`);
    if (task === undefined) return "unknown";
    sends.push({ to, ...(task.input === undefined ? {} : { input: task.input }) });
  }
  return sends;
}
