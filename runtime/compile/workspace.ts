// Compiles the graphs of a folder that nobody has open.
//
// 1. All work goes through the queue: one job a graph, in its order, and what is cancelled waits there.
// 2. A change of a file or of a graph is noted once for each graph that depends on it, however far away, and for no other.
// 3. A graph that is broken or cannot be read is told of, and keeps nobody else from being compiled.
// 4. What was compiled counts for one text and one version of Patchbay.
import { PatchbayError } from "../errors.js";
import type { Clock } from "../ports.js";
import type { CompileQueue } from "./queue.js";
import type { Triggers } from "./queue/entry.js";
import { compileKey, type CompiledKeys } from "./workspace/compile-key.js";
import { Dependents } from "./workspace/dependents.js";
import { pathsNamed, WorkspaceGraph, type GraphResult } from "./workspace/workspace-graph.js";
import type { WorkspaceFiles } from "./workspace/workspace-files.js";

/** What a workspace is compiled with. */
export interface WorkspaceServices {
  readonly queue: CompileQueue;
  readonly clock: Clock;
  readonly files: WorkspaceFiles;
  /** Of Patchbay: what another one has compiled is compiled anew. */
  readonly version: string;
  /** Absent: nothing is remembered. */
  readonly compiled?: CompiledKeys;
  /** How the queue calls a graph; absent: by its path. */
  readonly keyOf?: (graph: string) => string;
}

const byDefault: Triggers = { sizeThreshold: 1, staleAfterMs: 2000, staleMinEdits: 1 };
const ASKED = ["the workspace is compiled"];

interface Member {
  readonly graph: WorkspaceGraph;
  /** Undefined while somebody has it open, and compiles it. */
  unregister: (() => void) | undefined;
  /** Somebody was told how it stands, and is to be told again when it is closed. */
  wasCompiled: boolean;
}

/** The graphs of a workspace, who of them depends on what, and what came of compiling them. */
export class WorkspaceCompiler {
  readonly #services: WorkspaceServices;
  readonly #dependents = new Dependents();
  readonly #members = new Map<string, Member>();
  readonly #results = new Map<string, GraphResult>();
  readonly #listeners = new Set<(result: GraphResult) => void>();
  readonly #open = new Set<string>();

  constructor(services: WorkspaceServices) {
    this.#services = services;
  }

  /** The graphs that are known. */
  get graphs(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** Those of them that nobody has open. */
  get closed(): readonly string[] {
    return this.graphs.filter((path) => this.#members.get(path)?.unregister !== undefined);
  }

  /** What came of a graph when it was compiled last; undefined before, and while somebody has it open. */
  result(graph: string): GraphResult | undefined {
    return this.#results.get(graph);
  }

  /** Calls back for each graph that was compiled, or is gone. The returned function ends that. */
  onDidCompile(listener: (result: GraphResult) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Finds the graphs of the folder and reads who of them depends on what. Noted in the queue are, as `note` says, all that are not
   * compiled as they are; only those that were compiled before, in another state or by another version of Patchbay; or none. Rejects
   * when the folder cannot be read.
   */
  async scan(signal: AbortSignal, note: "all" | "compiled before" | "none" = "all"): Promise<void> {
    for (const path of await this.#services.files.list()) {
      if (signal.aborted) return;
      if (this.#members.has(path)) continue;
      this.add(path);
      const reason = await this.#look(path, signal);
      if (reason === undefined || note === "none") continue;
      if (note === "all" || this.#services.compiled?.get(path) !== undefined) this.#notify(path, [reason]);
    }
  }

  /** Makes a graph known. Nothing is read. */
  add(path: string): void {
    if (this.#members.has(path)) return;
    const { files, clock } = this.#services;
    const member: Member = { graph: new WorkspaceGraph(path, files, clock), unregister: undefined, wasCompiled: false };
    this.#members.set(path, member);
    if (!this.#open.has(path)) this.#register(member);
  }

  /** Somebody has opened a graph and compiles it from now on, or no longer. */
  setOpen(path: string, isOpen: boolean): void {
    if (isOpen) this.#open.add(path);
    else this.#open.delete(path);
    const member = this.#members.get(path);
    if (member === undefined) return;
    if (isOpen) {
      member.unregister?.();
      member.unregister = undefined;
      member.wasCompiled = this.#results.delete(path);
    } else if (member.unregister === undefined) {
      this.#register(member);
      if (member.wasCompiled) this.#notify(path, ["closed in the editor"]);
    }
  }

  /**
   * Files, folders or graphs have changed, have come or are gone: notes it for the graphs themselves and for all that depend on them
   * (invariant 2). Who is open is left to who compiles it.
   */
  async changed(paths: readonly string[]): Promise<void> {
    const { files } = this.#services;
    await files.refresh?.(paths);
    const touched = new Set(paths.flatMap((path) => this.#under(path)));
    const reasons = new Map<string, Set<string>>();
    const note = (graph: string, reason: string): void => {
      const known = reasons.get(graph);
      if (known === undefined) reasons.set(graph, new Set([reason]));
      else known.add(reason);
    };
    for (const path of touched) {
      if (this.#open.has(path)) await this.#look(path, new AbortController().signal); // nobody else tells what it needs
      if (this.#members.has(path)) note(path, "its file changed");
      for (const { graph, reason } of this.#dependents.of(path)) note(graph, reason);
    }
    for (const [graph, lines] of reasons) this.#notify(graph, [...lines]);
  }

  /** Who depends on a file or a graph, as far as graphs have been read. */
  dependentsOf(path: string): readonly string[] {
    return this.#dependents.of(path).map(({ graph }) => graph);
  }

  /**
   * Compiles graphs now (all that nobody has open, where none are named), through the queue. Resolves when each was tried; after
   * the signal is aborted at once, and those that were not stay in the queue until somebody asks or they change.
   */
  async compile(graphs: readonly string[] = this.graphs, signal?: AbortSignal): Promise<void> {
    const { queue } = this.#services;
    const closed = graphs.filter((path) => this.#members.get(path)?.unregister !== undefined);
    const keys = closed.map((path) => this.#keyOf(path));
    for (const path of closed) if (queue.entry(this.#keyOf(path)) === undefined) this.#notify(path, ASKED);
    const cancel = (): void => {
      for (const key of keys) queue.cancel(key);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    if (signal?.aborted === true) cancel();
    else await queue.compileNow(keys);
    signal?.removeEventListener("abort", cancel);
  }

  dispose(): void {
    for (const { unregister, graph } of this.#members.values()) {
      unregister?.();
      graph.dispose();
    }
    this.#members.clear();
    this.#listeners.clear();
  }

  #register(member: Member): void {
    const { path } = member.graph;
    member.unregister = this.#services.queue.register(this.#keyOf(path), (signal) => this.#compile(member, signal), { never: true });
  }

  /** The queue's job. */
  async #compile(member: Member, signal: AbortSignal): Promise<void> {
    const result = await member.graph.compile(signal);
    if (signal.aborted || member.unregister === undefined) return;
    this.#noteNeeds(member);
    this.#remember(member, result);
    for (const listener of this.#listeners) listener(result);
    // The queue tries again what could not be read.
    if (result.error !== undefined && result.status === "unreadable") throw new PatchbayError(result.error.code, result.error.message);
  }

  #remember({ graph: { path } }: Member, result: GraphResult): void {
    const { compiled, version } = this.#services;
    if (result.status === "gone") return this.#remove(path);
    this.#results.set(path, result);
    if (result.status !== "unreadable") compiled?.set(path, compileKey(version, result.text)); // invariant 4
  }

  /** Reads a graph and what it needs; says why it is to be compiled, if it is. One that cannot be read is left to its job. */
  async #look(path: string, signal: AbortSignal): Promise<string | undefined> {
    const member = this.#members.get(path);
    if (member === undefined) return undefined;
    const before = this.#services.compiled?.get(path);
    try {
      await member.graph.read(signal);
    } catch {
      return "cannot be read";
    }
    this.#noteNeeds(member);
    if (before === undefined) return "never compiled";
    const now = compileKey(this.#services.version, member.graph.document?.text ?? "");
    return before === now ? undefined : "changed since it was compiled, or Patchbay has";
  }

  #noteNeeds({ graph: { path, document } }: Member): void {
    if (document !== undefined) this.#dependents.set(path, this.#services.files.needs(path, pathsNamed(document.graph)));
  }

  #notify(path: string, reasons: readonly string[]): void {
    const member = this.#members.get(path);
    if (member?.unregister === undefined) return;
    this.#services.queue.notify(this.#keyOf(path), reasons, member.graph.document?.graph.compile ?? byDefault);
  }

  #remove(path: string): void {
    const member = this.#members.get(path);
    this.#members.delete(path);
    this.#results.delete(path);
    this.#dependents.delete(path);
    member?.unregister?.();
    member?.graph.dispose();
    this.#services.compiled?.set(path, undefined);
  }

  /** A path and, where it is a folder, everything in it that somebody depends on. */
  #under(path: string): readonly string[] {
    const inside = (each: string): boolean => each.startsWith(path) && /^[\\/]/.test(each.slice(path.length));
    return [path, ...[...this.#dependents.paths, ...this.#members.keys()].filter(inside)];
  }

  #keyOf(path: string): string {
    return this.#services.keyOf?.(path) ?? path;
  }
}
