import { format } from "node:util";
import type { JsonValue } from "../../model/json.js";
import { Command, emittable } from "../handler-result.js";
import type { ErrorInfo } from "../../errors.js";
import type { AskedQuestion, HandlerAnswer, HandlerCall } from "../../ports.js";
import { deepFreeze } from "../read-only.js";
import { Asking } from "./asking.js";
import type { CommandParts, HandlerCommand, HandlerContext, HandlerLog, HandlerQuestion, LogFunction } from "./handler-types.js";
import type { LogLevel } from "./messages.js";

/** What a call's reports go to. */
export interface Reports {
  log(level: LogLevel, message: string): void;
  progress(fraction: number, message?: string): void;
  emit(value: JsonValue): void;
}

/** Longer log lines are cut: a trace is for reading. */
const LONGEST_LINE = 16_384;

/** The `ctx` of one call. Its functions may be taken out of it; what few handlers use is made when it is used. */
export class CallContext implements HandlerContext {
  readonly input: JsonValue | undefined;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly error?: ErrorInfo;
  readonly #answers: HandlerCall["answers"];
  readonly #stopped: AbortSignal;
  readonly #reports: Reports;
  #left: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #log: HandlerLog | undefined;
  #asking: Asking | undefined;
  #park: (asks: readonly AskedQuestion[]) => void = () => {};

  constructor(
    call: Pick<HandlerCall, "input" | "attempt" | "idempotencyKey" | "answers" | "error">,
    stopped: AbortSignal,
    reports: Reports,
  ) {
    this.input = deepFreeze(call.input);
    this.attempt = call.attempt;
    this.idempotencyKey = call.idempotencyKey;
    if (call.error !== undefined) this.error = call.error;
    this.#answers = call.answers;
    this.#stopped = stopped;
    this.#reports = reports;
  }

  get signal(): AbortSignal {
    this.#left ??= new AbortController();
    this.#signal ??= AbortSignal.any([this.#stopped, this.#left.signal]);
    return this.#signal;
  }

  get ask(): (key: string, question: HandlerQuestion) => Promise<HandlerAnswer> {
    this.#asking ??= new Asking(this.#answers, (asks) => {
      this.#park(asks);
      this.#left?.abort();
    });
    const asking = this.#asking;
    return (key, question) => asking.ask(key, question);
  }

  /** Calls back once the handler has asked something that has no answer: it is to be left then, and its signal is aborted. */
  onPark(park: (asks: readonly AskedQuestion[]) => void): void {
    this.#park = park;
  }

  get log(): HandlerLog {
    this.#log ??= makeLog(this.#reports);
    return this.#log;
  }

  get progress(): (fraction: number, message?: string) => void {
    const reports = this.#reports;
    return (fraction, message) => reports.progress(clamp(fraction), message);
  }

  get emit(): (value: JsonValue) => void {
    const reports = this.#reports;
    return (value) => reports.emit(emittable(value));
  }

  command(this: void, parts: CommandParts): HandlerCommand {
    return new Command(parts);
  }
}

/** A log line as text, formatted like `console.log` and cut to a length that can be shown. */
export function logLine(parts: readonly unknown[]): string {
  const line = format(...parts);
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}… (${line.length} characters)` : line;
}

function makeLog(reports: Reports): HandlerLog {
  const at =
    (level: LogLevel): LogFunction =>
    (...parts) =>
      reports.log(level, logLine(parts));
  return Object.freeze(Object.assign(at("info"), { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }));
}

function clamp(fraction: number): number {
  return Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
}
