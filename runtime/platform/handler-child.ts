// One handler process, seen from its parent.
//
// Invariants:
// 1. Every call ends with exactly one outcome, whatever the process does.
// 2. Nothing is sent before the process said that it is ready, and nothing once it has been killed.

import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { type ErrorInfo, errorInfo, toErrorInfo } from "../errors.js";
import type { Clock, HandlerCall, HandlerEvents, HandlerOutcome } from "../ports.js";
import { exitError } from "./exit-error.js";
import type { FromProcess, LogLevel, SentValue, ToProcess } from "./handler-process/messages.js";
import { readLines } from "./line-reader.js";
import { SentValues } from "./sent-values.js";

/** How long the rest of a dead process's output is waited for, in milliseconds: a program that it started may hold the pipe. */
const OUTPUT_GRACE = 500;
/** How much of the last output is kept for the error, in characters. */
const TAIL = 4000;

/** What has gone to a handler process. */
export interface HandlerCounters {
  processes: number;
  calls: number;
  /** Channel values sent; each version of a channel is sent once to a process. */
  values: number;
  /** Values sent again because the process lacked them. */
  resent: number;
}

/** How a process is started and what it reports to. */
export interface ChildSettings {
  readonly entry: string;
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  readonly execArgv: readonly string[];
  readonly clock: Clock;
  /** Milliseconds between asking a call to stop and killing the process. */
  readonly grace: number;
  readonly cacheBytes: number;
  readonly counters: HandlerCounters;
  /** Output that belongs to no single call. */
  readonly onOutput: (level: LogLevel, line: string) => void;
}

interface Pending {
  readonly call: HandlerCall;
  readonly events: HandlerEvents;
  settle(outcome: HandlerOutcome): void;
}

/** A running handler process and the calls at work in it. */
export class HandlerChild {
  readonly #settings: ChildSettings;
  readonly #process: ChildProcess;
  readonly #sent: SentValues;
  readonly #pending = new Map<number, Pending>();
  readonly #closed: Promise<void>;
  #unsent: ToProcess[] | undefined = [];
  #alive = true;
  #nextId = 1;
  #fatal: ErrorInfo | undefined;
  #stopReason: string | undefined;
  #tail = "";

  constructor(settings: ChildSettings) {
    this.#settings = settings;
    this.#sent = new SentValues(settings.cacheBytes);
    settings.counters.processes += 1;
    this.#process = fork(settings.entry, [], {
      cwd: settings.workspace,
      env: settings.env,
      execArgv: [...settings.execArgv],
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#process.on("message", (message) => this.#receive(message as FromProcess));
    this.#closed = this.#watchEnd();
    this.#readOutput(this.#process.stdout, "info");
    this.#readOutput(this.#process.stderr, "warn");
    this.#holdParent(false);
  }

  /** Whether it takes calls. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Calls a handler; `url` is the checked URL of its module. */
  call(call: HandlerCall, url: string, events: HandlerEvents, signal: AbortSignal): Promise<HandlerOutcome> {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#settings.counters.calls += 1;
    return new Promise((resolve) => {
      let cancelKill = () => {};
      const abort = () => {
        this.#send({ type: "abort", id });
        cancelKill = this.#settings.clock.after(this.#settings.grace, () => this.#killStuck(id));
      };
      const settle = (outcome: HandlerOutcome) => {
        if (!this.#pending.delete(id)) return; // invariant 1
        signal.removeEventListener("abort", abort);
        cancelKill();
        if (this.#pending.size === 0) this.#holdParent(false);
        resolve(signal.aborted ? cancelled : outcome);
      };
      this.#pending.set(id, { call, events, settle });
      this.#holdParent(true);
      signal.addEventListener("abort", abort, { once: true });
      this.#sendCall(id, call, url);
    });
  }

  /** Lets the process drop the values of a run. */
  release(run: string): void {
    const entries = this.#sent.release(run);
    if (entries.length > 0) this.#send({ type: "forget", entries });
  }

  /** Ends the process; resolves when it is gone. Calls in flight end with `reason`. */
  kill(reason: string): Promise<void> {
    this.#alive = false;
    this.#stopReason ??= reason;
    this.#holdParent(true); // somebody waits for the end
    this.#process.kill("SIGKILL");
    return this.#closed;
  }

  #sendCall(id: number, call: HandlerCall, url: string): void {
    const { values, forget } = this.#sent.parcel(call);
    if (forget.length > 0) this.#send({ type: "forget", entries: forget });
    this.#settings.counters.values += values.length;
    const channels = Object.fromEntries(Object.entries(call.channels).map(([name, { version }]) => [name, version]));
    const { exportName, run, input, attempt, idempotencyKey, answers, error } = call;
    const own = { ...(input === undefined ? {} : { input }), answers, ...(error === undefined ? {} : { error }) };
    this.#send({ type: "call", id, module: url, exportName, run, channels, values, attempt, idempotencyKey, ...own });
  }

  #receive(message: FromProcess): void {
    switch (message.type) {
      case "ready": {
        const unsent = this.#unsent ?? [];
        this.#unsent = undefined;
        for (const waiting of unsent) this.#send(waiting);
        return;
      }
      case "fatal":
        this.#alive = false;
        this.#fatal = message.error;
        return;
      case "missing":
        return this.#resend(message.id, message.channels);
      case "log":
        return this.#pending.get(message.id)?.events.log(message.level, message.message);
      case "progress":
        return this.#pending.get(message.id)?.events.progress(message.fraction, message.message);
      case "done":
        return this.#pending.get(message.id)?.settle(message.outcome);
    }
  }

  #resend(id: number, channels: readonly string[]): void {
    const call = this.#pending.get(id)?.call;
    const values = channels.flatMap((channel): SentValue[] => {
      const view = call?.channels[channel];
      return view === undefined ? [] : [{ channel, ...view }];
    });
    this.#settings.counters.resent += values.length;
    this.#send({ type: "resend", id, values });
  }

  #send(message: ToProcess): void {
    if (this.#unsent !== undefined) this.#unsent.push(message);
    else if (this.#alive && this.#process.connected) this.#post(message);
  }

  #post(message: ToProcess): void {
    try {
      this.#process.send(message, () => {}); // a failure to write is the end of the process, which is watched
    } catch (thrown) {
      if ("id" in message) this.#pending.get(message.id)?.settle({ ok: false, error: toErrorInfo(thrown, "HANDLER_PROCESS") });
    }
  }

  /** Any other call in the process ends too: an endless loop leaves nothing else to do. */
  #killStuck(id: number): void {
    const node = this.#pending.get(id)?.call.node ?? "";
    void this.kill(`It was ended because node ${node} did not stop when it was asked to`);
  }

  #watchEnd(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const finish = (): void => {
      this.#settleAll();
      resolve();
    };
    this.#process.on("error", (error) => {
      this.#alive = false;
      this.#stopReason ??= `It could not be started or reached: ${error.message}`;
      if (this.#process.pid === undefined) finish();
    });
    this.#process.on("exit", () => {
      this.#alive = false;
      const cancel = this.#settings.clock.after(OUTPUT_GRACE, finish);
      this.#process.once("close", cancel);
    });
    this.#process.once("close", finish); // after the last message and the last output
    return promise;
  }

  #settleAll(): void {
    for (const waiting of this.#pending.values()) {
      const { exitCode, signalCode } = this.#process;
      waiting.settle({
        ok: false,
        error: exitError({
          node: waiting.call.node,
          exitCode,
          signal: signalCode,
          fatal: this.#fatal,
          reason: this.#stopReason,
          output: this.#tail,
        }),
      });
    }
  }

  #readOutput(stream: Readable | null, level: LogLevel): void {
    if (stream === null) return;
    (stream as Socket).unref(); // the calls keep the parent alive, not the pipes
    readLines(stream, (line) => {
      if (level === "warn") this.#tail = `${this.#tail}${line}\n`.slice(-TAIL);
      const [only, ...others] = this.#pending.values();
      if (only !== undefined && others.length === 0) only.events.log(level, line);
      else this.#settings.onOutput(level, line);
    });
  }

  /** An idle process must not keep a program alive that has nothing else to do; it ends with its parent. */
  #holdParent(hold: boolean): void {
    const { channel } = this.#process;
    if (hold) {
      this.#process.ref();
      channel?.ref();
    } else {
      this.#process.unref();
      channel?.unref();
    }
  }
}

const cancelled: HandlerOutcome = { ok: false, error: errorInfo("CANCELLED", "The run was stopped.") };
