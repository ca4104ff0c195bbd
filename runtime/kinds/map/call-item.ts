// What is run for the items of a list: the user's handler (a graph: run-graph.ts).
import { errorInfo, type ErrorInfo } from "../../errors.js";
import type { FileVersion, FileVersions } from "../../model/file-version.js";
import type { HandlerMapNode } from "../../model/graph.js";
import { handlerName } from "../../model/handler-name.js";
import type { Awaitable } from "../../model/awaitable.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { TaskContext } from "../../plan/behaviour.js";
import type { ItemAttempt, ItemOutcome, ItemServices } from "../../plan/items.js";
import type { HandlerAnswer, HandlerEvents, HandlerOutcome, HandlerResult } from "../../ports.js";
import { questionsOf, viewsOf } from "../call-handler.js";

/** What is worked on at once: one item by itself, or a chunk. */
export interface Unit {
  /** Of its items, in order; at least one. */
  readonly indexes: readonly number[];
  readonly items: readonly JsonValue[];
}

/** Runs one attempt at a unit. Its value is the item's result, or the list of the results of a chunk. */
export type ItemRunner = (unit: Unit, attempt: ItemAttempt, answers: Readonly<Record<string, HandlerAnswer>>) => Awaitable<ItemOutcome>;

/** Makes what is run for the items of one task. */
export type RunnerOf = (task: TaskContext, services: ItemServices) => ItemRunner;

/** Calls a map's handler. */
export function handlerRunner(def: HandlerMapNode, files: FileVersions): RunnerOf {
  const version = files(handlerName(def.handler).path);
  return (task, services) => callsOf(def, version, task, services);
}

/** What all items have in common is made once. */
function callsOf(
  { handler, reads, chunk, pool }: HandlerMapNode,
  version: FileVersion | undefined,
  task: TaskContext,
  services: ItemServices,
): ItemRunner {
  const { path, exportName } = handlerName(handler);
  const shared = {
    run: task.run,
    node: task.node,
    module: task.resolve(path),
    exportName,
    channels: viewsOf(task, reads),
    returns: "value",
    ...(version === undefined ? {} : { version }),
    ...(pool === "process" ? { exclusive: true } : {}),
  } as const;
  const finished = (unit: Unit, outcome: HandlerOutcome): ItemOutcome =>
    outcome.ok ? outcomeOf(task.node, outcome.result, unit, chunk !== undefined) : { type: "failed", error: outcome.error };
  return (unit, { attempt, last, signal, alive }, answers) => {
    const taskId = `${task.taskId}/${nameOf(unit)}`;
    const input = chunk === undefined ? single(unit) : { items: unit.items, indexes: unit.indexes };
    const outcome = task.handlers.call(
      { ...shared, taskId, input, attempt, lastAttempt: last, idempotencyKey: `${task.run}/${taskId}`, answers },
      eventsOf(services.events(unit.indexes[0] ?? 0), unit, alive),
      signal,
    );
    return outcome instanceof Promise ? outcome.then((each) => finished(unit, each)) : finished(unit, outcome);
  };
}

/** What a unit is called in ids and keys: the index of its item, or the first and the last of a chunk. */
function nameOf({ indexes }: Unit): string {
  return indexes.length === 1 ? String(indexes[0]) : `${indexes[0]}-${indexes.at(-1)}`;
}

function single({ indexes, items }: Unit): JsonObject {
  return { item: items[0] ?? null, index: indexes[0] ?? 0 };
}

/** How far one item is says nothing about the list; it is a sign of life. */
function eventsOf(events: HandlerEvents, unit: Unit, alive: () => void): HandlerEvents {
  return {
    log(level, message) {
      alive();
      events.log(level, `[${nameOf(unit)}] ${message}`);
    },
    progress: () => alive(),
    emit(value) {
      alive();
      events.emit(value);
    },
  };
}

function outcomeOf(node: string, { value = null, asks = [] }: HandlerResult, unit: Unit, isChunk: boolean): ItemOutcome {
  if (asks.length > 0) return questionsOf(node, asks);
  const fault = isChunk ? misfit(node, value, unit) : undefined;
  return fault === undefined ? { type: "done", value } : { type: "failed", error: fault };
}

function misfit(node: string, value: JsonValue, { indexes }: Unit): ErrorInfo | undefined {
  if (Array.isArray(value) && value.length === indexes.length) return undefined;
  const given = Array.isArray(value) ? `${value.length} results` : "something that is no list";
  const message = `The handler of "${node}" was given ${indexes.length} items and returned ${given}: a list with a result for each is expected.`;
  return errorInfo("HANDLER_RESULT", message, { node, items: indexes.length });
}
