import { gravest } from "../classify.js";
import type { ChangeClass } from "../change.js";
import { GraphCompiler } from "../graph-compiler.js";
import { pathsOf, reducerPath } from "../node-files.js";
import { CompileQueue } from "../queue.js";
import { parseDocument } from "../../document/parse.js";
import type { ParsedDocument } from "../../document/parsed-document.js";
import { toErrorInfo, type ErrorInfo } from "../../errors.js";
import type { Graph } from "../../model/graph.js";
import type { Problem } from "../../model/problem.js";
import type { Clock } from "../../ports.js";
import type { WorkspaceFiles } from "./workspace-files.js";

/** How a graph stands after it was compiled. */
export interface GraphResult {
  /** Absolute path. */
  readonly graph: string;
  /** `ok`: no problem is an error. `gone`: there is no such file any more. */
  readonly status: "ok" | "problems" | "unreadable" | "gone";
  /** What it took: nothing, a patch of the plan before, or a plan from nothing. */
  readonly class: ChangeClass;
  /** Nodes that were compiled anew. */
  readonly nodes: number;
  /** Milliseconds from its text to its plan and problems. */
  readonly ms: number;
  /** Of the document and of what it names, in the order of the text. */
  readonly problems: readonly Problem[];
  /** The text that the problems are in. */
  readonly text: string;
  /** Why it cannot be read, or was not compiled. */
  readonly error?: ErrorInfo;
}

/** One graph of a workspace that nobody has open. */
export class WorkspaceGraph {
  readonly path: string;
  readonly #files: WorkspaceFiles;
  readonly #clock: Clock;
  readonly #compiler: GraphCompiler;
  #document: ParsedDocument | undefined;

  constructor(path: string, files: WorkspaceFiles, clock: Clock) {
    this.path = path;
    this.#files = files;
    this.#clock = clock;
    const source = files.source?.(path);
    // It waits in the queue of the workspace: what comes through there is compiled at once.
    const queue = new CompileQueue(clock, { mode: "inline" });
    this.#compiler = new GraphCompiler(path, queue, clock, source === undefined ? {} : { files: source });
  }

  /** What its last text says. */
  get document(): ParsedDocument | undefined {
    return this.#document;
  }

  /** Reads the text, and no more. False where there is none any more. */
  async read(signal: AbortSignal): Promise<boolean> {
    const text = await this.#files.read(this.path);
    if (text !== undefined && !signal.aborted) this.#document = parseDocument(text, this.#document);
    return text !== undefined;
  }

  /** Compiles the graph as its file and those that it names are now. Never rejects: what cannot be read is a result, too. */
  async compile(signal: AbortSignal): Promise<GraphResult> {
    try {
      if (!(await this.read(signal))) return this.#result({ status: "gone" });
    } catch (error) {
      return this.#result({ status: "unreadable", error: toErrorInfo(error, "GRAPH_UNREADABLE") });
    }
    return signal.aborted || this.#document === undefined ? this.#result({ status: "unreadable" }) : this.#compile(this.#document);
  }

  dispose(): void {
    this.#compiler.dispose();
  }

  async #compile(document: ParsedDocument): Promise<GraphResult> {
    const started = this.#clock.monotonic();
    const problems = [...document.problems, ...this.#files.problems(this.path, document)].sort((a, b) => a.range.start - b.range.start);
    const [before] = this.#compiler.history;
    this.#compiler.update(document);
    this.#compiler.filesChanged();
    await this.#compiler.compileNow();
    const { history } = this.#compiler;
    const records = history.slice(0, before === undefined ? history.length : history.indexOf(before));
    const error = this.#compiler.status.state === "refused" ? records[0]?.error : undefined;
    return this.#result({
      status: problems.some(({ severity }) => severity === "error") ? "problems" : "ok",
      class: gravest(records.map((record) => record.class)),
      nodes: records.reduce((sum, { recomputed }) => sum + recomputed, 0),
      ms: this.#clock.monotonic() - started,
      problems,
      text: document.text,
      ...(error === undefined ? {} : { error }),
    });
  }

  #result(said: Partial<GraphResult> & Pick<GraphResult, "status">): GraphResult {
    return { graph: this.path, class: "none", nodes: 0, ms: 0, problems: [], text: "", ...said };
  }
}

/** The paths of files and graphs that a graph's nodes and reducers run, as the document has them. */
export function pathsNamed({ nodes, channels }: Graph): ReadonlySet<string> {
  const reducers = [...channels.values()].flatMap((channel) => reducerPath(channel) ?? []);
  return new Set([...[...nodes.values()].flatMap(pathsOf), ...reducers]);
}
