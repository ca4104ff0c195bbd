// A node's tasks as the inspector shows them.
import type { ErrorInfo } from "../../runtime/errors.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import type { WriterView } from "../../webview/protocol/blame.js";
import type { FailureView, TaskDetails, ValuePlace, ValueView } from "../../webview/protocol/tasks.js";
import { stackPlace, type StackPlace } from "../commands/stack-place.js";
import { blameChannels } from "../run/blame-channels.js";
import { writerView } from "../views/writer-text.js";
import { inputOf, quietly, taskOf, tasksOf, type TaskInput, type TaskSubject } from "./task-facts.js";

const CHARACTERS = 400;
/** Of a failing loop the last lines are enough. */
const LOGS = 50;

/** The tasks of a node by now, or by the end of a superstep, and one of them in full. */
export function taskDetails(session: TaskSubject, node: string, wanted: string | undefined, until?: number): TaskDetails {
  const records = tasksOf(session, node, until);
  const tasks = records.map(({ task, superstep, end }) => ({ task, superstep, end }));
  const shown = records.find(({ task }) => task === wanted) ?? records[0];
  if (shown === undefined) return { tasks };
  const input = inputOf(session, node, shown);
  const writers = input === undefined ? {} : writersOf(session, input);
  const { task, superstep, end, ms, action, error, fallback, failures, logs, writes, cleared = [] } = shown;
  return {
    tasks,
    shown: {
      task,
      superstep,
      end,
      ms,
      action,
      fallback: fallback === true,
      cleared: [...cleared],
      ...(error === undefined ? {} : { error: failureView(error) }),
      attempts: failures.map((each) => ({ attempt: each.attempt, delayMs: each.delayMs, error: failureView(each.error) })),
      logs: logs.slice(-LOGS).map(({ level, message }) => ({ level, message })),
      ...(input?.given === undefined ? {} : { given: valueView("input", input.given, undefined) }),
      ...(input === undefined ? {} : { input: valuesView(input.values, writers) }),
      ...(writes === undefined ? {} : { writes: valuesView(writes, {}) }),
    },
  };
}

/** A value of a task in full; undefined where it is out of reach. */
export function taskValue(session: TaskSubject, { node, task, of, name }: ValuePlace): JsonValue | undefined {
  const record = taskOf(session, node, task);
  if (record === undefined) return undefined;
  if (of === "writes") return record.writes?.[name];
  const input = inputOf(session, node, record);
  return of === "given" ? input?.given : input?.values[name];
}

/** The first line of the user's own that a task, or one of its attempts, failed in. */
export function failurePlace(session: TaskSubject, node: string, task: string, attempt: number | undefined): StackPlace | undefined {
  const record = taskOf(session, node, task);
  const error = attempt === undefined ? record?.error : record?.failures.find((each) => each.attempt === attempt)?.error;
  return stackPlace(error?.stack ?? "");
}

function writersOf(session: TaskSubject, { checkpoint, values }: TaskInput): Readonly<Record<string, WriterView>> {
  const { run, archive } = session;
  if (run === undefined || checkpoint === undefined) return {};
  const blamed = quietly(() => blameChannels(archive, run.id, checkpoint, Object.keys(values))) ?? [];
  return Object.fromEntries(blamed.map((each) => [each.channel, writerView(each)]));
}

function valuesView(values: JsonObject, writers: Readonly<Record<string, WriterView>>): ValueView[] {
  return Object.entries(values).map(([name, value]) => valueView(name, value, writers[name]));
}

function valueView(name: string, value: JsonValue, writer: WriterView | undefined): ValueView {
  const text = previewJson(value, CHARACTERS);
  return { name, text, cut: text.endsWith("…"), ...(writer === undefined ? {} : { writer }) };
}

function failureView({ code, message, stack }: ErrorInfo): FailureView {
  const place = stackPlace(stack ?? "");
  const file = place?.path.split(/[\\/]/).at(-1);
  return {
    code,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(place === undefined || file === undefined ? {} : { place: `${file}:${String(place.line)}` }),
  };
}
