// The graphs of the workspace that nobody has open, kept up with their files.
//
// 1. Nothing of it runs user code: it is done in a workspace that is not trusted, too.
// 2. Files are told of in batches: a checkout changes hundreds of them.
import type { CompileQueue } from "../../runtime/compile/queue.js";
import { WorkspaceCompiler } from "../../runtime/compile/workspace.js";
import type { CompiledKeys } from "../../runtime/compile/workspace/compile-key.js";
import type { GraphResult } from "../../runtime/compile/workspace/workspace-graph.js";
import { WorkspaceDisk, type DiskOptions } from "../../runtime/platform/workspace-files.js";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { isGraphPath } from "../editor/graph-uri.js";
import { Emitter } from "../emitter.js";

const SETTLE_MS = 200;
const skipped = /[\\/](?:node_modules|\.git|\.patchbay)[\\/]/;

/** What compiling the workspace takes. */
export interface WorkspaceCompileServices {
  readonly queue: CompileQueue;
  readonly clock: Clock;
  readonly compiled: CompiledKeys;
  readonly disk: DiskOptions;
  /** Of Patchbay. */
  readonly version: string;
  /** How the queue and the sessions call a graph. */
  readonly keyOf: (path: string) => string;
  /** Something failed that nobody waits for. */
  readonly failed: (thrown: unknown) => void;
}

/** The closed graphs of the workspace: compiled when asked, and when what they depend on is saved. */
export class WorkspaceCompiles implements Disposable {
  readonly #clock: Clock;
  readonly #failed: (thrown: unknown) => void;
  readonly #compiler: WorkspaceCompiler;
  readonly #held = new DisposableStore();
  readonly #compiled = this.#held.add(new Emitter<GraphResult>());
  readonly #ended = new AbortController();
  readonly #noted = new Set<string>();
  #cancelTimer: (() => void) | undefined;

  /** A closed graph was compiled, or is gone. */
  readonly onDidCompile = this.#compiled.event;

  constructor({ queue, clock, compiled, disk, version, keyOf, failed }: WorkspaceCompileServices) {
    this.#clock = clock;
    this.#failed = failed;
    this.#compiler = new WorkspaceCompiler({ queue, clock, compiled, version, files: new WorkspaceDisk(disk), keyOf });
    this.#held.defer(() => this.#compiler.dispose());
    this.#held.defer(this.#compiler.onDidCompile((result) => this.#compiled.fire(result)));
    this.#held.defer(() => this.#cancelTimer?.());
    this.#held.defer(() => this.#ended.abort());
  }

  /** Reads who depends on what. What was compiled once and has changed since enters the queue. */
  async start(): Promise<void> {
    await this.#guarded(() => this.#compiler.scan(this.#ended.signal, "compiled before"));
  }

  /** Somebody has opened a graph, or closed it. */
  setOpen(path: string, isOpen: boolean): void {
    this.#compiler.setOpen(path, isOpen);
  }

  /** A file or a folder is not as it was, or gone. */
  note(path: string): void {
    if (skipped.test(path)) return;
    this.#noted.add(path);
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(SETTLE_MS, () => void this.#guarded(() => this.#tell()));
  }

  /** Paths of the graphs that run a graph, as far as the workspace has been read. */
  usersOf(path: string): readonly string[] {
    return this.#compiler.dependentsOf(path);
  }

  /** Finds the graphs of the workspace; those that nobody has open, by path. */
  async find(signal: AbortSignal): Promise<readonly string[]> {
    await this.#compiler.scan(signal, "none");
    return this.#compiler.closed;
  }

  /** Compiles graphs that nobody has open. Resolves as `WorkspaceCompiler.compile` does. */
  async compile(graphs: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#compiler.compile(graphs, signal);
  }

  dispose(): void {
    this.#held.dispose();
  }

  async #tell(): Promise<void> {
    this.#cancelTimer = undefined;
    const paths = [...this.#noted];
    this.#noted.clear();
    for (const path of paths) if (isGraphPath(path)) this.#compiler.add(path);
    await this.#compiler.changed(paths);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }
}
