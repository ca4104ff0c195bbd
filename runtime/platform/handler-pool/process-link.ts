// The wire to one handler process: messages, the thread that watches over it, its output, its end.
//
// 1. Nothing is sent to a process that has ended or is to end.
// 2. With the process, all that it started ends.

import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { Clock } from "../../ports.js";
import { type FromProcess, type LogLevel, type ProcessLimits, type ToProcess, WATCH_PIPE } from "../handler-process/messages.js";
import { readLines } from "../line-reader.js";
import { Outbox } from "../transfer/outbox.js";
import { endProcessGroup } from "./process-group.js";
import { readMessage } from "./read-message.js";

/** How long the rest of a dead process's output is waited for, in milliseconds: a program that it started may hold the pipe. */
const OUTPUT_GRACE = 500;
/** How much of the last output is kept for the error, in characters. */
const TAIL = 4000;

/** How a process is started. */
export interface ProcessSettings {
  readonly entry: string;
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  readonly execArgv: readonly string[];
  readonly limits: ProcessLimits;
  readonly clock: Clock;
}

/** How a process ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it could not be started or reached, if so. */
  readonly fault: string | undefined;
  /** The last of its standard error. */
  readonly output: string;
}

/** What comes from a process. */
export interface LinkEvents {
  message(message: FromProcess): void;
  /** It has sent what is no message: user code runs there, and may send anything. */
  malformed(): void;
  /** These calls had not begun and never will. */
  handedBack(ids: readonly number[]): void;
  /** It has used up its memory. */
  exhausted(): void;
  output(level: LogLevel, line: string): void;
  /** After the last message and the last output. */
  ended(end: Ended): void;
}

/** A running handler process. */
export class ProcessLink {
  readonly #process: ChildProcess;
  readonly #events: LinkEvents;
  readonly #outbox: Outbox<ToProcess>;
  readonly #watch: Socket;
  readonly #closed: Promise<void>;
  #open = true;
  #fault: string | undefined;
  #tail = "";

  constructor(settings: ProcessSettings, events: LinkEvents) {
    this.#events = events;
    this.#process = fork(settings.entry, [JSON.stringify(settings.limits)], {
      cwd: settings.workspace,
      env: settings.env,
      execArgv: [...settings.execArgv],
      serialization: "advanced",
      detached: process.platform !== "win32", // the leader of a group of its own
      stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
    });
    this.#outbox = new Outbox((batch, written) => this.#post(batch, written));
    this.#process.on("message", (batch: unknown) => this.#receive(batch));
    this.#closed = this.#watchEnd(settings.clock);
    this.#watch = this.#readWatch();
    this.#readOutput(this.#process.stdout, "info");
    this.#readOutput(this.#process.stderr, "warn");
  }

  send(message: ToProcess, bytes = 0): void {
    if (this.#open) this.#outbox.push(message, bytes);
  }

  /** Resolves when all that was sent is written, or cannot be. */
  drained(): Promise<void> {
    return this.#outbox.drained();
  }

  /** Asks for calls back; those that have begun stay. */
  askBack(ids: readonly number[]): void {
    if (ids.length > 0 && this.#open && this.#watch.writable) this.#watch.write(`${ids.join("\n")}\n`);
  }

  /** Ends the process and all that it started; resolves when it is gone. */
  kill(): Promise<void> {
    this.#open = false; // invariant 1
    this.hold(true); // somebody waits for the end
    endProcessGroup(this.#process.pid);
    this.#process.kill("SIGKILL");
    return this.#closed;
  }

  /** Holds the program, as it does until it is told otherwise. An idle process must not keep a program alive that has nothing else to do; it ends with its parent. */
  hold(hold: boolean): void {
    const { channel } = this.#process;
    if (hold) {
      this.#process.ref();
      channel?.ref();
    } else {
      this.#process.unref();
      channel?.unref();
    }
  }

  #receive(batch: unknown): void {
    if (!Array.isArray(batch)) return this.#events.malformed();
    for (const sent of batch) {
      const message = readMessage(sent);
      if (message === undefined) this.#events.malformed();
      else this.#events.message(message);
    }
  }

  #post(batch: readonly ToProcess[], written: () => void): void {
    if (!this.#open || !this.#process.connected) return written();
    this.#process.send([...batch], written); // a failure to write is the end of the process, which is watched
  }

  #watchEnd(clock: Clock): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let isEnded = false;
    const finish = (): void => {
      if (isEnded) return;
      isEnded = true;
      const { exitCode, signalCode: signal } = this.#process;
      this.#events.ended({ exitCode, signal, fault: this.#fault, output: this.#tail });
      resolve();
    };
    this.#process.on("error", (error) => {
      this.#open = false;
      this.#fault ??= `It could not be started or reached: ${error.message}`;
      if (this.#process.pid === undefined) finish();
    });
    this.#process.on("exit", () => {
      this.#open = false;
      endProcessGroup(this.#process.pid); // invariant 2
      const cancel = clock.after(OUTPUT_GRACE, finish);
      this.#process.once("close", cancel);
    });
    this.#process.once("close", finish);
    return promise;
  }

  #readWatch(): Socket {
    const pipe = this.#process.stdio[WATCH_PIPE] as Socket;
    pipe.unref();
    pipe.on("error", () => {}); // the end of the process, which is watched
    readLines(pipe, (lines) => {
      const ids = lines.filter((line) => line !== "memory").map(Number);
      if (ids.length > 0) this.#events.handedBack(ids);
      if (ids.length < lines.length) this.#events.exhausted();
    });
    return pipe;
  }

  #readOutput(stream: Readable | null, level: LogLevel): void {
    if (stream === null) return;
    (stream as Socket).unref(); // the calls keep the parent alive, not the pipes
    readLines(stream, (lines) => {
      if (level === "warn") this.#tail = `${this.#tail}${lines.join("\n")}\n`.slice(-TAIL);
      for (const line of lines) this.#events.output(level, line);
    });
  }
}
