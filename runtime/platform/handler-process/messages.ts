import type { ErrorInfo } from "../../errors.js";
import type { JsonValue } from "../../model/json.js";
import type { HandlerAnswer, HandlerOutcome } from "../../ports.js";

/** A channel's value on its way to the process, which keeps it until told to forget it. */
export interface SentValue {
  readonly channel: string;
  readonly version: number;
  readonly value: JsonValue | undefined;
}

/** Values the process may drop: one channel of a run, or all of it. */
export interface Forgotten {
  readonly run: string;
  readonly channel?: string;
}

/** Starts a handler. Channels named but not among `values` are those the process has. */
export interface CallMessage {
  readonly type: "call";
  readonly id: number;
  /** File URL of the module. */
  readonly module: string;
  readonly exportName: string;
  readonly run: string;
  /** Channel -> version. */
  readonly channels: Readonly<Record<string, number>>;
  readonly values: readonly SentValue[];
  /** The task's own input. */
  readonly input?: JsonValue;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly answers: Readonly<Record<string, HandlerAnswer>>;
  readonly error?: ErrorInfo;
}

/** From the host to a handler process. Order matters: what is forgotten before a call is not there for it. */
export type ToProcess =
  | CallMessage
  | { readonly type: "resend"; readonly id: number; readonly values: readonly SentValue[] }
  | { readonly type: "abort"; readonly id: number }
  | { readonly type: "forget"; readonly entries: readonly Forgotten[] };

/** How loud a log line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** From a handler process to the host. */
export type FromProcess =
  | { readonly type: "ready" }
  /** The process lacks values of a call; the host answers with `resend`. */
  | { readonly type: "missing"; readonly id: number; readonly channels: readonly string[] }
  | { readonly type: "log"; readonly id: number; readonly level: LogLevel; readonly message: string }
  | { readonly type: "progress"; readonly id: number; readonly fraction: number; readonly message?: string }
  | { readonly type: "done"; readonly id: number; readonly outcome: HandlerOutcome }
  /** Something threw outside every call; the process ends. */
  | { readonly type: "fatal"; readonly error: ErrorInfo };
