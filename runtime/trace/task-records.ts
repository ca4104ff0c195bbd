// What a trace tells of the tasks of one node. Pure.
import type { ErrorInfo } from "../errors.js";
import type { ChannelName, NodeId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { TraceEvent } from "./event.js";

/** How a task ended; `running`: it has not. */
export type TaskEnd = "running" | "done" | "failed" | "cached" | "replayed" | "bypassed";

/** A failed attempt that another one followed. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly error: ErrorInfo;
  readonly delayMs: number;
}

/** One task of a node. */
export interface TaskRecord {
  readonly task: string;
  readonly superstep: number;
  /** When its first event was, in milliseconds since the epoch. */
  readonly at: number;
  readonly end: TaskEnd;
  readonly ms?: number;
  readonly action?: string;
  /** What it failed with; of one that its fallback took the place of, too. */
  readonly error?: ErrorInfo;
  /** Its fallback gave its result. */
  readonly fallback?: true;
  readonly failures: readonly FailedAttempt[];
  readonly logs: readonly { readonly level: string; readonly message: string }[];
  /** Undefined: it has written nothing. */
  readonly writes?: JsonObject;
  readonly cleared?: readonly ChannelName[];
}

type Draft = { -readonly [Field in keyof TaskRecord]: TaskRecord[Field] } & {
  failures: FailedAttempt[];
  logs: { readonly level: string; readonly message: string }[];
};

/** The newest tasks of a node that a stretch of a trace tells of, the newest first; `most` at most. */
export function taskRecords(events: readonly TraceEvent[], node: NodeId, most: number): readonly TaskRecord[] {
  const tasks = new Map<string, Draft>();
  /** Tasks of the open superstep that have ended, in task order: their writes follow in the same. */
  let ended: Draft[] = [];
  let open: Draft | undefined;
  for (const event of events) {
    if (event.type === "superstep-started") ended = [];
    if (!("node" in event) || event.node !== node) continue;
    if ("task" in event) {
      const known = tasks.get(event.task);
      // A task that a person had begin anew is another one.
      const draft = known === undefined || event.type === "restarted" ? begun(event.task, event) : known;
      if (draft !== known) tasks.set(event.task, draft);
      open = draft;
      tell(draft, event);
      if (draft.end !== "running" && !ended.includes(draft)) ended.push(draft);
    } else if (event.type === "log") open?.logs.push({ level: event.level, message: event.message });
    else if (event.type === "write") give(ended, event);
  }
  return [...tasks.values()].slice(-most).toReversed();
}

function begun(task: string, { superstep, at }: TraceEvent): Draft {
  return { task, superstep, at, end: "running", failures: [], logs: [] };
}

function tell(draft: Draft, event: TraceEvent): void {
  switch (event.type) {
    case "task-finished":
      draft.end = "done";
      draft.ms = event.ms;
      if (event.action !== undefined) draft.action = event.action;
      break;
    case "task-failed":
      draft.end = "failed";
      draft.ms = event.ms;
      draft.error = event.error;
      break;
    case "task-retried":
      draft.failures.push({ attempt: event.attempt, error: event.error, delayMs: event.delayMs });
      break;
    case "task-fallback":
      draft.fallback = true;
      draft.error = event.error;
      break;
    case "task-cached":
      draft.end = "cached";
      break;
    case "task-replayed":
      draft.end = "replayed";
      if (event.action !== undefined) draft.action = event.action;
      if (event.error !== undefined) draft.error = event.error;
      break;
    case "task-bypassed":
      draft.end = "bypassed";
      break;
    default:
      break;
  }
}

/** A write is of the first task that has ended and has none yet. */
function give(ended: readonly Draft[], { writes, cleared = [] }: Extract<TraceEvent, { type: "write" }>): void {
  const draft = ended.find((each) => each.writes === undefined && each.end !== "failed");
  if (draft === undefined) return;
  draft.writes = writes;
  if (cleared.length > 0) draft.cleared = cleared;
}
