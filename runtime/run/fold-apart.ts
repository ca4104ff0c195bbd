// Channels that are folded by functions of the user's: these run where handlers run, one call for all that a superstep wrote to a channel.
import type { ChannelProgram } from "../channels/channel-program.js";
import type { Frontier, StoredResult } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";
import { handlerName } from "../model/handler-name.js";
import type { NodeId } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { OwnReducer } from "../model/graph.js";
import type { TaskOutcome } from "../plan/behaviour.js";
import type { Plan } from "../plan/plan.js";
import { foldedMisfit, reducerFailed } from "./fold-errors.js";
import type { TraceRecorder } from "../trace/recorder.js";
import type { TraceSink } from "../trace/lane.js";
import type { Snapshot } from "./snapshot.js";
import { acceptResults } from "./superstep.js";
import type { TaskServices } from "./task-runner.js";
import { withinLimits } from "./time-limits.js";

/** What a superstep wrote to a channel that is folded apart, in task order. */
export interface ApartWrites {
  readonly channel: ChannelProgram;
  readonly fold: OwnReducer;
  /** Who wrote, one for one. */
  readonly nodes: readonly NodeId[];
  readonly writes: readonly JsonValue[];
}

/** What came out, by channel, or why nothing did. */
export type FoldedApart = { readonly ok: true; readonly folded: JsonObject } | { readonly ok: false; readonly error: ErrorInfo };

const none: readonly ApartWrites[] = [];

/** What is to be folded apart before the open superstep can finish; nothing if its writes cannot be applied anyway. */
export function apartWrites(plan: Plan, frontier: Frontier): readonly ApartWrites[] {
  if (!plan.foldsApart) return none;
  const accepted = acceptResults(plan, frontier);
  if (!accepted.ok) return none;
  const found = new Map<string, { channel: ChannelProgram; fold: OwnReducer; nodes: NodeId[]; writes: JsonValue[] }>();
  for (const { node, writes } of accepted.results) {
    for (const [name, write] of Object.entries(writes)) {
      const channel = plan.channels.get(name);
      if (channel?.def.fold === undefined) continue;
      const earlier = found.get(name) ?? { channel, fold: channel.def.fold, nodes: [], writes: [] };
      found.set(name, earlier);
      earlier.nodes.push(node);
      earlier.writes.push(write);
    }
  }
  return [...found.values()];
}

/** Whether a result waits for a fold: then it must be kept, as what folds may fail. */
export function waitsForFold(plan: Plan, { writes }: StoredResult): boolean {
  return plan.foldsApart && Object.keys(writes).some((name) => plan.channels.get(name)?.reducer.apart === true);
}

/** What folding is done with. */
export interface FoldServices extends Pick<TaskServices, "handlers" | "clock" | "resolve"> {
  readonly run: string;
  readonly snapshot: Snapshot;
  readonly trace: TraceRecorder;
  readonly signal: AbortSignal;
}

/** Folds several channels, side by side. Never rejects; of several failures the first in the order of writing is told. */
export async function foldApart(all: readonly ApartWrites[], services: FoldServices): Promise<FoldedApart> {
  const { trace } = services;
  const version = trace.seq;
  const outcomes = await Promise.all(all.map((each) => foldChannel(each, version, trace.openLane(), services)));
  trace.settle();
  const folded: Record<string, JsonValue> = {};
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome;
    Object.assign(folded, outcome.folded);
  }
  return { ok: true, folded };
}

async function foldChannel(given: ApartWrites, version: number, lane: TraceSink, services: FoldServices): Promise<FoldedApart> {
  const { name } = given.channel.def;
  const failed = { ...given, channel: name };
  const { clock, signal } = services;
  const outcome = await withinLimits({ runMs: given.fold.timeoutMs }, name, clock, signal, (within) =>
    callReducer(given, version, lane, services, within),
  );
  if (outcome.type === "failed") return { ok: false, error: reducerFailed(failed, outcome.error) };
  const value = outcome.type === "done" ? outcome.writes[name] : undefined;
  if (value === undefined) return { ok: false, error: foldedMisfit(failed, { path: "", reason: "there is no value" }) };
  const misfit = given.channel.misfit(value);
  return misfit === undefined ? { ok: true, folded: { [name]: value } } : { ok: false, error: foldedMisfit(failed, misfit) };
}

async function callReducer(
  { channel, fold, nodes, writes }: ApartWrites,
  version: number,
  lane: TraceSink,
  { run, snapshot: { channels, frontier }, handlers, resolve }: FoldServices,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  const { name } = channel.def;
  const { path, exportName } = handlerName(fold.handler);
  const [node = ""] = nodes;
  const superstep = frontier.superstep + 1;
  const taskId = `${superstep}/@fold/${name}`;
  const written = `@writes/${name}`; // no channel has such a name
  const held = channels.view(name);
  const outcome = await handlers.call(
    {
      taskId,
      run,
      node,
      module: resolve(path),
      exportName,
      ...(channel.file === undefined ? {} : { version: channel.file }),
      channels: { ...(held === undefined ? {} : { [name]: held }), [written]: { version, value: writes } },
      fold: { value: name, writes: written },
      attempt: 1,
      idempotencyKey: `${run}/${taskId}`,
      answers: {},
    },
    {
      log: (level, message) => {
        if (!signal.aborted) lane.record({ type: "log", superstep, node, level, message: `Reducer of channel "${name}": ${message}` });
      },
      progress: () => {},
      emit: () => {},
    },
    signal,
  );
  return outcome.ok ? { type: "done", writes: outcome.result.update } : { type: "failed", error: outcome.error };
}
