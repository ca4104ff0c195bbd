import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { version } from "../../package.json";
import { CompileQueue } from "../compile/queue.js";
import { WorkspaceCompiler } from "../compile/workspace.js";
import type { GraphResult } from "../compile/workspace/workspace-graph.js";
import { positionAt } from "../document/text.js";
import { PatchbayError } from "../errors.js";
import { systemClock } from "../platform/system-clock.js";
import { WorkspaceDisk } from "../platform/workspace-files.js";
import { exit } from "./exit.js";
import { printProblemsOf } from "./graph-file.js";
import { reasonOf } from "./text-file.js";
import type { CliIo } from "./io.js";
import { counted } from "./lists.js";

/** Compiles every graph of folders, and graphs, as they are given; tells of each. Gives the exit status. */
export async function compileFolders(paths: readonly string[], json: boolean, io: CliIo): Promise<number> {
  const queue = new CompileQueue(systemClock);
  const report = new Report(json, io);
  const abort = new AbortController();
  const release = io.onInterrupt(() => abort.abort());
  const { folders, graphs } = sorted(paths, io);
  const disk = new WorkspaceDisk({ folders: () => folders });
  const workspace = new WorkspaceCompiler({ queue, clock: systemClock, files: disk, version });
  try {
    for (const graph of [...graphs, ...(await disk.list())]) workspace.add(graph);
    report.expect(workspace.graphs);
    workspace.onDidCompile((result) => report.take(result));
    await workspace.compile(workspace.graphs, abort.signal);
    return report.end(abort.signal.aborted);
  } finally {
    release();
    workspace.dispose();
    await queue.stop();
  }
}

function sorted(paths: readonly string[], io: CliIo): { readonly folders: readonly string[]; readonly graphs: readonly string[] } {
  const folders: string[] = [];
  const graphs: string[] = [];
  for (const given of paths) {
    const path = resolve(io.cwd, given);
    if (isFolder(path, given)) folders.push(path);
    else graphs.push(path);
  }
  return { folders, graphs };
}

function isFolder(path: string, given: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const message = `${given} cannot be read: ${reasonOf(error)}. Give the path of a folder or a graph.`;
    throw new PatchbayError("USAGE", message, {}, error);
  }
}

/** Tells of graphs in the order in which they stand in their folders, each as soon as those before it are told of. */
class Report {
  readonly #json: boolean;
  readonly #io: CliIo;
  readonly #started = systemClock.monotonic();
  readonly #results = new Map<string, GraphResult>();
  #graphs: readonly string[] = [];
  #told = 0;

  constructor(json: boolean, io: CliIo) {
    this.#json = json;
    this.#io = io;
  }

  expect(graphs: readonly string[]): void {
    this.#graphs = graphs;
  }

  take(result: GraphResult): void {
    this.#results.set(result.graph, result);
    for (;;) {
      const next = this.#results.get(this.#graphs[this.#told] ?? "");
      if (next === undefined) return;
      this.#told += 1;
      this.#tell(next);
    }
  }

  end(cancelled: boolean): number {
    for (const graph of this.#graphs.slice(this.#told)) {
      const late = this.#results.get(graph);
      if (late !== undefined) this.#tell(late);
    }
    const results = this.#graphs.flatMap((graph) => this.#results.get(graph) ?? []);
    const valid = results.every(isGood);
    if (this.#json) this.#printJson(results, valid, cancelled);
    else this.#printSum(results, cancelled);
    if (cancelled) return exit.cancelled;
    return valid ? exit.ok : exit.usage;
  }

  #tell(result: GraphResult): void {
    printProblemsOf(this.#nameOf(result.graph), result.text, result.problems, this.#io);
    if (!this.#json) this.#io.out(`${this.#nameOf(result.graph)}: ${describe(result)}\n`);
  }

  #printJson(results: readonly GraphResult[], valid: boolean, cancelled: boolean): void {
    const graphs = results.map((result) => {
      const { graph, text, problems, nodes, error, ...said } = result;
      const places = problems.map(({ range, ...problem }) => ({ ...problem, ...positionAt(text, range.start) }));
      return {
        file: this.#nameOf(graph),
        valid: isGood(result),
        ...said,
        recomputed: nodes,
        problems: places,
        ...(error === undefined ? {} : { error }),
      };
    });
    const left = this.#graphs.length - results.length;
    this.#io.out(`${JSON.stringify({ valid, graphs, ms: this.#ms(), ...(cancelled ? { cancelled, left } : {}) })}\n`);
  }

  #printSum(results: readonly GraphResult[], cancelled: boolean): void {
    const bad = results.filter((result) => !isGood(result)).length;
    const sum = `${counted(results.length, "graph")} in ${this.#ms().toFixed(0)} ms`;
    this.#io.out(`${sum}${bad === 0 ? "" : `, ${bad} with errors`}\n`);
    if (cancelled) this.#io.err(`Cancelled: ${counted(this.#graphs.length - results.length, "graph")} not compiled.\n`);
  }

  #ms(): number {
    return systemClock.monotonic() - this.#started;
  }

  #nameOf(graph: string): string {
    const way = relative(this.#io.cwd, graph);
    return (way.startsWith("..") ? graph : way).split(sep).join("/");
  }
}

function isGood({ status, error }: GraphResult): boolean {
  return status === "ok" && error === undefined;
}

function describe({ status, class: grade, nodes, ms, problems, error }: GraphResult): string {
  if (status === "gone") return "gone";
  if (error !== undefined) return `${status === "unreadable" ? "cannot be read" : "not compiled"}: ${error.message}`;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return errors > 0 ? counted(errors, "error") : `${grade}, ${counted(nodes, "node")} in ${ms.toFixed(1)} ms`;
}
