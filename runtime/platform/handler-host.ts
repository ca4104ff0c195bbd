import { type ErrorInfo, errorInfo, toErrorInfo } from "../errors.js";
import type { Clock, HandlerCall, HandlerEvents, HandlerHost, HandlerInspection, HandlerOutcome } from "../ports.js";
import { HandlerChild, type ChildEvents } from "./handler-child.js";
import { ProcessLink, type ProcessSettings } from "./handler-pool/process-link.js";
import { CalledModules } from "./modules/called-modules.js";
import { ModuleChecker } from "./modules/module-checker.js";
import type { ModuleSnapshot } from "./modules/module-snapshot.js";
import { Inspections } from "./handler-pool/inspections.js";
import { cancelled } from "./handler-pool/job.js";
import { poolLimits, type PoolLimits, residentBytes } from "./handler-pool/limits.js";
import { type HandlerCounters, HandlerPool } from "./handler-pool/pool.js";
import type { LogLevel } from "./handler-process/messages.js";
import { systemClock } from "./system-clock.js";

/** An inspector tells the address by which it lets a debugger in to nobody who asks at its port. */
const KEPT_QUIET = "--inspect-publish-uid=stderr";

/** Settings of a handler host. */
export interface HandlerHostOptions extends Partial<PoolLimits> {
  /** Path of the bundled program that handler processes run (`handler-process.mjs`). */
  readonly entry: string;
  /** The folder that handlers must lie in; the processes' working directory. */
  readonly workspace: string;
  /** Added to the environment of the processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** Opens a debugging port, on the loopback interface, at a free number. */
  readonly debug?: boolean;
  readonly clock?: Clock;
  /** Output of the processes that belongs to no single call. */
  readonly onOutput?: (level: LogLevel, line: string) => void;
}

/** Runs handlers in processes of their own, which are started when calls need them, stay warm, and are replaced when they die. */
export interface HandlerProcesses extends HandlerHost {
  readonly counters: Readonly<HandlerCounters>;
  call(call: HandlerCall, events: HandlerEvents, signal: AbortSignal): Promise<HandlerOutcome>;
  inspect(run: string, node: string, inspection: HandlerInspection): () => void;
  release(run: string): void;
  /** Why a module cannot be loaded, as far as its text tells; nothing of it is run. */
  check(snapshot: ModuleSnapshot): Promise<ErrorInfo | undefined>;
}

/** Makes a host; no process is started before the first call. */
export function createHandlerHost(options: HandlerHostOptions): HandlerProcesses {
  return new ProcessHost(options);
}

class ProcessHost implements HandlerProcesses {
  readonly counters: HandlerCounters = { processes: 0, calls: 0, values: 0, resent: 0, handedBack: 0 };
  readonly #options: HandlerHostOptions;
  readonly #pool: HandlerPool;
  readonly #modules: CalledModules;
  readonly #checker: ModuleChecker;
  readonly #parallel: number;
  readonly #inspections = new Inspections();
  #disposed = false;

  constructor(options: HandlerHostOptions) {
    const { debug = false, clock = systemClock } = options;
    const limits = poolLimits(debug ? { stuckAfter: Infinity, ...options } : options); // a breakpoint is no endless loop
    this.#options = options;
    this.#checker = new ModuleChecker({
      workspace: options.workspace,
      clock,
      start: (events) => new ProcessLink(this.#processSettings(limits, clock, false), events),
    });
    this.#parallel = limits.processes;
    this.#modules = new CalledModules(options.workspace);
    this.#pool = new HandlerPool({ limits, counters: this.counters, clock, start: (events) => this.#start(limits, clock, events) });
  }

  get parallel(): number {
    return this.#parallel;
  }

  async call(call: HandlerCall, events: HandlerEvents, signal: AbortSignal): Promise<HandlerOutcome> {
    if (this.#disposed) return { ok: false, error: errorInfo("HANDLER_PROCESS", "The handler processes were stopped.") };
    if (signal.aborted) return cancelled;
    try {
      const module = this.#modules.find(call);
      return module.ok ? await this.#pool.call(call, module, events, signal, this.#inspections.take(call)) : module;
    } catch (thrown) {
      return { ok: false, error: toErrorInfo(thrown, "HANDLER_PROCESS") };
    }
  }

  version(module: string): string {
    return this.#modules.version(module);
  }

  async check(snapshot: ModuleSnapshot): Promise<ErrorInfo | undefined> {
    return this.#disposed ? undefined : this.#checker.check(snapshot);
  }

  inspect(run: string, node: string, inspection: HandlerInspection): () => void {
    return this.#inspections.add(run, node, inspection);
  }

  release(run: string): void {
    this.#pool.release(run);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([this.#pool.stop("The handler processes were stopped"), this.#checker.dispose()]);
  }

  #start(limits: PoolLimits, clock: Clock, events: ChildEvents): HandlerChild {
    const { onOutput = () => {} } = this.#options;
    return new HandlerChild(
      { ...this.#processSettings(limits, clock, this.#options.debug === true), pool: limits, counters: this.counters, onOutput },
      events,
    );
  }

  #processSettings(limits: PoolLimits, clock: Clock, debug: boolean): ProcessSettings {
    const { entry, workspace, env } = this.#options;
    const heap = `--max-old-space-size=${Math.ceil(limits.memoryBytes / 2 ** 20)}`;
    return {
      entry,
      workspace,
      env: { ...environment(), ...env },
      execArgv: debug ? [heap, "--inspect=127.0.0.1:0"] : [heap, KEPT_QUIET],
      limits: {
        resultBytes: limits.resultBytes,
        heapBytes: limits.memoryBytes,
        residentBytes: residentBytes(limits),
        reloads: limits.reloads,
      },
      clock,
    };
  }
}

/** This process's environment without what would make the child an editor, or open a debugging port in it. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, VSCODE_INSPECTOR_OPTIONS: _inspector, ...rest } = process.env;
  return { ...rest, ELECTRON_RUN_AS_NODE: "1" };
}
