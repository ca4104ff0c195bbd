// What moves of a run come to in its trace.
import { superstepOf, type ChannelWrites, type Decision, type Frontier, type StoredResult } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import { START } from "../model/ids.js";
import type { TraceSink } from "../trace/lane.js";
import type { TakenRoute } from "./taken-route.js";

/** The routes that a superstep's tasks took. */
export function recordRoutes(trace: TraceSink, taken: readonly TakenRoute[], superstep: number): void {
  for (const { node, via, to, why, forced } of taken) {
    const edge = via.startsWith("@") ? {} : { edge: via };
    trace.record({ type: "route-taken", superstep, node, ...edge, to, why, ...(forced === true ? { forced } : {}) });
  }
}

/** What a superstep wrote, and results that failed by that. */
export function recordWrites(trace: TraceSink, superstep: number, writes: ChannelWrites, refused: readonly StoredResult[]): void {
  for (const { node, task, ms, error } of refused) {
    if (error !== undefined) trace.record({ type: "task-failed", superstep, node, task, ms, error, caught: true });
  }
  for (const { node, writes: values, cleared } of writes) {
    // What was for one superstep alone is gone now; nobody wrote that.
    if (node === START || (Object.keys(values).length === 0 && cleared === undefined)) continue;
    trace.record({ type: "write", superstep, node, writes: values, ...(cleared === undefined ? {} : { cleared }) });
  }
}

/** A decision on a question of a node, made under a revision of the graph. */
export function recordDecision(
  trace: TraceSink,
  frontier: Frontier,
  revision: string,
  { node, key, decision }: { readonly node: string; readonly key: string; readonly decision: Decision },
): void {
  const { action, actor, value, target } = decision;
  const more = { ...(value === undefined ? {} : { value }), ...(target === undefined ? {} : { target }) };
  trace.record({ type: "decision", superstep: superstepOf(frontier), node, key, action, actor, revision, ...more });
}

/** The end of a run. */
export function recordEnd(
  trace: TraceSink,
  { superstep }: Frontier,
  status: "completed" | "failed" | "cancelled",
  error?: ErrorInfo,
): void {
  trace.record({ type: "run-finished", superstep, status, ...(error === undefined ? {} : { error }) });
}
