import { fileURLToPath } from "node:url";
import { errorInfo, toErrorInfo } from "../errors.js";
import type { Clock, HandlerCall, HandlerEvents, HandlerHost, HandlerOutcome } from "../ports.js";
import { HandlerChild, type HandlerCounters } from "./handler-child.js";
import { resolveHandlerPath } from "./handler-path.js";
import type { LogLevel } from "./handler-process/messages.js";
import { ModuleVersions } from "./module-version.js";
import { systemClock } from "./system-clock.js";

/** Settings of a handler host; all times in milliseconds. */
export interface HandlerHostOptions {
  /** Path of the bundled program that handler processes run (`handler-process.mjs`). */
  readonly entry: string;
  /** The folder that handlers must lie in; the processes' working directory. */
  readonly workspace: string;
  /** Added to the environment of the processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** Opens a debugging port, on the loopback interface, at a free number. */
  readonly debug?: boolean;
  readonly clock?: Clock;
  /** How long a stopped handler may take to end before its process is killed. Default 1000. */
  readonly grace?: number;
  /** Bound on the channel values that a process keeps, in bytes, roughly. Default 128 MB. */
  readonly cacheBytes?: number;
  /** Output of the processes that belongs to no single call. */
  readonly onOutput?: (level: LogLevel, line: string) => void;
}

/** Runs handlers in a process of its own, which is started by the first call, stays warm, and is replaced when it dies. */
export interface HandlerProcesses extends HandlerHost {
  readonly counters: Readonly<HandlerCounters>;
  /** Frees what is kept of a finished run; calling on is possible and only costs sending anew. */
  release(run: string): void;
}

/** Makes a host; no process is started before the first call. */
export function createHandlerHost(options: HandlerHostOptions): HandlerProcesses {
  return new ProcessHost(options);
}

class ProcessHost implements HandlerProcesses {
  readonly counters: HandlerCounters = { processes: 0, calls: 0, values: 0, resent: 0 };
  readonly #options: HandlerHostOptions;
  #child: HandlerChild | undefined;
  readonly #versions = new ModuleVersions();
  #disposed = false;

  constructor(options: HandlerHostOptions) {
    this.#options = options;
  }

  async call(call: HandlerCall, events: HandlerEvents, signal: AbortSignal): Promise<HandlerOutcome> {
    if (this.#disposed) return { ok: false, error: errorInfo("HANDLER_PROCESS", "The handler processes were stopped.") };
    if (signal.aborted) return { ok: false, error: errorInfo("CANCELLED", "The run was stopped.") };
    try {
      const path = resolveHandlerPath(call.module, this.#options.workspace);
      return path.ok ? await this.#childFor(call).call(call, path.url, events, signal) : path;
    } catch (thrown) {
      return { ok: false, error: toErrorInfo(thrown, "HANDLER_PROCESS") };
    }
  }

  version(module: string): string {
    return this.#versions.of(module.startsWith("file:") ? fileURLToPath(module) : module);
  }

  release(run: string): void {
    this.#child?.release(run);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#child?.kill("The handler processes were stopped");
  }

  /** One process serves all calls so far; a pool would choose here. */
  #childFor(_call: HandlerCall): HandlerChild {
    if (this.#child?.alive !== true) this.#child = this.#spawn();
    return this.#child;
  }

  #spawn(): HandlerChild {
    const {
      entry,
      workspace,
      env,
      debug = false,
      clock = systemClock,
      grace = 1000,
      cacheBytes = 128 * 2 ** 20,
      onOutput = () => {},
    } = this.#options;
    return new HandlerChild({
      entry,
      workspace,
      env: { ...environment(), ...env },
      execArgv: debug ? ["--inspect=127.0.0.1:0"] : [],
      clock,
      grace,
      cacheBytes,
      counters: this.counters,
      onOutput,
    });
  }
}

/** This process's environment without what would make the child an editor, or open a debugging port in it. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, VSCODE_INSPECTOR_OPTIONS: _inspector, ...rest } = process.env;
  return { ...rest, ELECTRON_RUN_AS_NODE: "1" };
}
