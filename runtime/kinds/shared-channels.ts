// What a subgraph is given and returns where its node does not say: the channels that both graphs have by name.
//
// 1. What comes back is what was written inside, and no more: two subgraphs beside one another do not undo each other's writes.
// 2. A channel that both graphs fold in one way gets what was added inside, as if the nodes in there had written to it here.
import { canonical, isSameValue } from "../model/canonical.js";
import { errorInfo, type ErrorInfo } from "../errors.js";
import type { ReducerName } from "../model/graph.js";
import { isObject, type JsonObject, type JsonValue } from "../model/json.js";
import type { GraphOutcome, InnerGraph, TaskContext, TaskOutcome } from "../plan/behaviour.js";

type Completed = Extract<GraphOutcome, { type: "completed" }>;

/** The values here of channels that the other graph has too. */
export function sharedValues(task: TaskContext, { channels }: InnerGraph): JsonObject {
  const values: [string, JsonValue][] = [];
  for (const name of channels.keys()) {
    const value = task.channel(name)?.value;
    if (value !== undefined) values.push([name, value]);
  }
  return Object.fromEntries(values);
}

/** The writes here that stand for what happened inside to channels of the same name; `first`: what those were given. */
export function writtenInside(task: TaskContext, { graph, values }: Completed, first: JsonObject): TaskOutcome {
  const writes: [string, JsonValue][] = [];
  const cleared: string[] = [];
  for (const name of task.channelNames()) {
    const inner = graph.channels.get(name);
    if (inner === undefined) continue;
    const before = Object.hasOwn(first, name) ? first[name] : inner.reducer.view(inner.reducer.start(inner.def.initial));
    const after = values[name];
    if (isSameValue(before, after)) continue; // invariant 1
    const both = task.program(name)?.def.reducer === inner.def.reducer;
    if (both && inner.reducer.apart === true) return { type: "failed", error: unclear(task.node, name) };
    if (after === undefined) cleared.push(name);
    else writes.push([name, both ? added(inner.def.reducer, before, after) : after]);
  }
  return { type: "done", writes: Object.fromEntries(writes), ...(cleared.length === 0 ? {} : { cleared }) };
}

/** What was added by a function of the user's is not known; its whole value would count a second time what it started with. */
function unclear(node: string, channel: string): ErrorInfo {
  const message = `Subgraph "${node}" shares channel "${channel}", which both graphs fold by a reducer of their own: say in \`out\` what is to be written.`;
  return errorInfo("SHARED_REDUCER", message, { node, channel });
}

/** Invariant 2: the write that makes `after` of `before`. */
function added(reducer: ReducerName, before: JsonValue | undefined, after: JsonValue): JsonValue {
  switch (reducer) {
    case "append":
      return itemsAdded(before, after);
    case "sum":
      return Number(after) - Number(before ?? 0);
    case "merge":
      return propertiesChanged(before, after);
    case "messages":
      return messagesChanged(before, after);
    case "union":
    case "min":
    case "max":
    case "last":
    case "latest":
    case "ephemeral":
    case "handler": // is not shared
      return after;
  }
}

function itemsAdded(before: JsonValue | undefined, after: JsonValue): JsonValue {
  const old = listOf(before);
  const all = listOf(after);
  return isSameValue(old, all.slice(0, old.length)) ? all.slice(old.length) : all;
}

function propertiesChanged(before: JsonValue | undefined, after: JsonValue): JsonValue {
  const old = isObject(before) ? before : {};
  const all = isObject(after) ? after : {};
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(all, key));
  const changed = Object.entries(all).filter(([key, value]) => !Object.hasOwn(old, key) || !isSameValue(old[key], value));
  return Object.fromEntries([...changed, ...gone.map((key) => [key, null] as const)]);
}

/** Messages without an id can only have been added at the end. */
function messagesChanged(before: JsonValue | undefined, after: JsonValue): JsonValue {
  const old = new Map(listOf(before).map((message) => [canonical(message), message]));
  const ids = new Set(listOf(after).map(idOf));
  const gone = listOf(before).flatMap((message) =>
    idOf(message) === undefined || ids.has(idOf(message)) ? [] : [{ remove: idOf(message) ?? null }],
  );
  return [...gone, ...listOf(after).filter((message) => !old.has(canonical(message)))];
}

function idOf(message: JsonValue): string | number | undefined {
  const id = isObject(message) ? message["id"] : undefined;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
