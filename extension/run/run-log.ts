import type * as vscode from "vscode";
import type { CompileRecord } from "../../runtime/compile/compile-record.js";
import type { LiveEvent } from "../../runtime/trace/event.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ErrorReporter } from "../error-reporter.js";
import type { FileFault, FileUpdates } from "./file-updates.js";
import type { GraphSession } from "./graph-session.js";
import type { GraphSessions } from "./graph-sessions.js";

/** Writes what graphs do to the output channel, in lines for people, and shows once that a run has failed. */
export class RunLog implements Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #reporter: ErrorReporter;
  readonly #held = new DisposableStore();

  constructor(sessions: GraphSessions, files: FileUpdates, log: vscode.LogOutputChannel, reporter: ErrorReporter) {
    this.#log = log;
    this.#reporter = reporter;
    this.#held.add(sessions.onDidOpen((session) => this.#follow(session)));
    this.#held.add(files.onDidUpdate((faults) => faults.forEach((fault) => this.#saved(fault))));
  }

  dispose(): void {
    this.#held.dispose();
  }

  /** The session's events end with it. */
  #follow(session: GraphSession): void {
    const { name } = session.source;
    session.onDidCompile((record) => this.#compiled(name, record));
    session.onTrace((event) => this.#traced(name, event));
    session.onDidFail((thrown) => this.#reporter.thrown(thrown, "STORE"));
  }

  #compiled(name: string, { class: grade, micros, recomputed, reasons, revision }: CompileRecord): void {
    this.#log.info(`${name}: ${grade} compile, ${Math.round(micros)} µs, ${recomputed} nodes, plan ${revision}: ${reasons.join("; ")}`);
  }

  #saved({ path, fault }: FileFault): void {
    if (fault !== undefined) this.#log.warn(`${path} cannot be loaded. ${fault.message}`);
  }

  #traced(name: string, event: LiveEvent): void {
    if (event.type === "log") this.#log[event.level](`${name}: ${event.node}: ${event.message}`);
    else if (event.type === "task-failed") this.#log.error(`${name}: ${event.node} failed\n${event.error.stack ?? event.error.message}`);
    else if (event.type === "run-finished") this.#log.info(`${name}: run ${event.status} after superstep ${event.superstep}`);
    else if (event.type === "run-started" || event.type === "restored" || event.type === "decision")
      this.#log.info(`${name}: ${event.type}`);
    if (event.type === "run-finished" && event.error !== undefined) this.#reporter.show(event.error);
  }
}
