import type { PendingResult } from "../../runtime/checkpoint/checkpoint.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import type { JsonValue } from "../../runtime/model/json.js";

// A task may write one channel several times, and tells of its writes one by one: each is a result of its own, under the task's name
// and its place among the task's writes.

/** A write of a task that its superstep's next checkpoint has not covered. */
export interface KeptWrite {
  readonly task: string;
  /** Its place among the task's writes; below 0 for those of which the newest counts. */
  readonly index: number;
  readonly channel: string;
  readonly value: JsonValue;
}

/** Keeps writes; one that is there already stays as it is, unless the newest counts. */
export function keepWrites(store: CheckpointStore, run: string, checkpoint: string, writes: readonly KeptWrite[]): void {
  const held = new Set(store.results(run, checkpoint).map(({ task }) => task));
  for (const { task, index, channel, value } of writes) {
    const name = JSON.stringify([task, index]);
    if (index >= 0 && held.has(name)) continue;
    store.saveResult(run, checkpoint, { task: name, node: task, writes: { [channel]: value }, ms: 0 });
  }
}

/** The writes kept at a checkpoint, in the order they came. */
export function keptWrites(store: CheckpointStore, run: string, checkpoint: string): readonly KeptWrite[] {
  return store.results(run, checkpoint).flatMap(writesOf);
}

function writesOf(result: PendingResult): readonly KeptWrite[] {
  if (!("writes" in result)) return [];
  const [task, index] = JSON.parse(result.task) as [string, number];
  return Object.entries(result.writes).map(([channel, value]) => ({ task, index, channel, value }));
}
