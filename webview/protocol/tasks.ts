// What a node's tasks in the run shown were given, and what became of them.
import * as v from "valibot";
import { writerView } from "./blame.js";

export const valueView = v.object({
  name: v.string(),
  /** As JSON, cut where it is long. */
  text: v.string(),
  /** There is more of it. */
  cut: v.boolean(),
  /** Who gave it, where that is known. */
  writer: v.optional(writerView),
});
/** A value of a channel, as far as it is shown. */
export type ValueView = v.InferOutput<typeof valueView>;

export const taskView = v.object({
  task: v.string(),
  superstep: v.number(),
  end: v.picklist(["running", "done", "failed", "cached", "replayed", "bypassed"]),
});
/** A task, to choose from. */
export type TaskView = v.InferOutput<typeof taskView>;

const failure = v.object({
  code: v.string(),
  message: v.string(),
  stack: v.optional(v.string()),
  /** The first line of the user's own that the stack names, for people: `lookup.ts:12`. */
  place: v.optional(v.string()),
});
/** Why a task, or an attempt, failed. */
export type FailureView = v.InferOutput<typeof failure>;

export const taskDetails = v.object({
  /** The newest first; empty before the first. */
  tasks: v.array(taskView),
  /** The one that was asked for, else the newest. */
  shown: v.optional(
    v.object({
      ...taskView.entries,
      ms: v.optional(v.number()),
      action: v.optional(v.string()),
      fallback: v.boolean(),
      error: v.optional(failure),
      /** Attempts that failed, and were followed by another. */
      attempts: v.array(v.object({ attempt: v.number(), error: failure, delayMs: v.number() })),
      logs: v.array(v.object({ level: v.string(), message: v.string() })),
      /** What the task itself was given, as a sent one is. */
      given: v.optional(valueView),
      /** What it read; absent where that moment is out of reach. */
      input: v.optional(v.array(valueView)),
      /** What it wrote; absent: it has written nothing. */
      writes: v.optional(v.array(valueView)),
      cleared: v.array(v.string()),
    }),
  ),
});
/** The tasks of a node, and one of them in full. */
export type TaskDetails = v.InferOutput<typeof taskDetails>;

/** A value of a task: what it read or wrote in a channel, or was given itself. */
export const valuePlace = v.object({ node: v.string(), task: v.string(), of: v.picklist(["input", "writes", "given"]), name: v.string() });
/** A value of a task. */
export type ValuePlace = v.InferOutput<typeof valuePlace>;
