// What is an exception to the debugger: tasks that fail, actions that no edge takes, attempts that another one follows.
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ErrorInfo } from "../../../runtime/errors.js";
import type { FailedAttempt } from "../../../runtime/run/retries.js";
import type { WatchedRun } from "../../../runtime/run/run-watch.js";
import type { RunSession } from "../../../runtime/run/session.js";

/** What people choose from. */
export const exceptionFilters = [
  { filter: "failed", label: "Failed Tasks", description: "Stops where a task fails for good.", default: true },
  {
    filter: "unknownAction",
    label: "Unknown Actions",
    description: "Stops where a node returned an action that no edge takes.",
    default: true,
  },
  {
    filter: "retried",
    label: "Retried Tasks",
    description: "Stops where an attempt of a task failed, before the next one.",
    default: false,
  },
] as const satisfies readonly DebugProtocol.ExceptionBreakpointsFilter[];

type Filter = (typeof exceptionFilters)[number]["filter"];

/** What the run stands at. */
export interface Exception {
  readonly filter: Filter;
  readonly error: ErrorInfo;
  /** The task, and the run that it is in, where it is known. */
  readonly at?: { readonly run: string; readonly task: string };
  readonly description: string;
}

/** Which exceptions stop the run, and the one that did. */
export class Exceptions {
  #chosen: ReadonlySet<string> = new Set<string>(["failed", "unknownAction"]);
  #attempts: Exception[] = [];
  #standing: Exception | undefined;

  choose(filters: readonly string[]): void {
    this.#chosen = new Set(filters);
  }

  /** Whether a run stops where an attempt of a task failed. */
  stopsAtRetry({ id }: WatchedRun, { task, attempt, error }: FailedAttempt): boolean {
    if (!this.#chosen.has("retried")) return false;
    const at = { run: id, task: task.id };
    this.#attempts.push({ filter: "retried", error, at, description: `Attempt ${attempt} of "${task.node}" failed: ${error.message}` });
    return true;
  }

  /** What the run stands at; undefined where that is no exception that was chosen. */
  stand(run: RunSession): Exception | undefined {
    const [attempt] = this.#attempts;
    this.#attempts = [];
    const failure = run.status === "failed" ? failureOf(run) : undefined;
    const chosen = failure !== undefined && this.#chosen.has(failure.filter) ? failure : undefined;
    this.#standing = chosen ?? (failure === undefined ? attempt : undefined);
    return this.#standing;
  }

  /** What is told of it. */
  info(): DebugProtocol.ExceptionInfoResponse["body"] {
    const exception = this.#standing;
    if (exception === undefined) return { exceptionId: "", breakMode: "never" };
    const { error, filter, description } = exception;
    const { code, message, stack } = error;
    return {
      exceptionId: code,
      breakMode: filter === "retried" ? "always" : "unhandled",
      description,
      details: { message, typeName: code, fullTypeName: code, ...(stack === undefined ? {} : { stackTrace: stack }) },
    };
  }
}

function failureOf({ id, frontier, trace }: RunSession): Exception | undefined {
  const { error } = frontier;
  if (error === undefined) return undefined;
  const last = trace.findLast((event) => event.type === "task-failed");
  const at = last?.type === "task-failed" ? { at: { run: id, task: last.task } } : {};
  return { filter: error.code === "UNKNOWN_ACTION" ? "unknownAction" : "failed", error, ...at, description: error.message };
}
