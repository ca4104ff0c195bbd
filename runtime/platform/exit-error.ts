import { type ErrorInfo, errorInfo } from "../errors.js";
import type { JsonValue } from "../model/json.js";
import type { HandlerCall } from "../ports.js";
import { nameOf } from "./handler-pool/job.js";

/** What is known about the end of a handler process. */
export interface ProcessEnd {
  readonly call: HandlerCall;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** What was thrown outside every call, if that ended it. */
  readonly fatal: ErrorInfo | undefined;
  /** Why it was ended from outside, if it was. */
  readonly reason: string | undefined;
  /** The last of its standard error. */
  readonly output: string;
}

/** The error of a call whose process ended. */
export function exitError(end: ProcessEnd): ErrorInfo {
  const details: Record<string, JsonValue> = {
    ...end.fatal?.details,
    node: end.call.node,
    ...(end.exitCode === null ? {} : { exitCode: end.exitCode }),
    ...(end.signal === null ? {} : { signal: end.signal }),
    ...(end.output === "" ? {} : { output: end.output }),
  };
  return errorInfo(
    "HANDLER_PROCESS",
    `The handler process ended while ${nameOf(end.call)} was running. ${reasonOf(end)}.`,
    details,
    end.fatal?.stack,
  );
}

function reasonOf({ fatal, reason, exitCode, signal, output }: ProcessEnd): string {
  if (reason !== undefined) return reason;
  if (fatal !== undefined) return `Nothing caught this error: ${fatal.message}`;
  if (/heap out of memory/i.test(output)) return "It ran out of memory";
  return signal === null ? `It exited with status ${exitCode ?? "unknown"}` : `It was ended by ${signal}`;
}
