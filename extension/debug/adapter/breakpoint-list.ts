// The breakpoints that a debugger has set, as the runtime has them.
//
// 1. A breakpoint of a line belongs to the node or edge that stood there when it was set, by its id: edits of the text do not move it.
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Plan } from "../../../runtime/plan/plan.js";
import type { Breakpoint } from "../../../runtime/stepping/breakpoint.js";
import { Breakpoints } from "../../../runtime/stepping/breakpoints.js";
import { placeOnLine, positionOf } from "./places.js";
import type { Counting } from "./stage.js";
import type { GraphFile } from "./target.js";

/** One that was asked for. */
interface Listed {
  readonly id: number;
  readonly graph: string;
  readonly breakpoint: Breakpoint | undefined;
  readonly line: number;
}

/** Names a channel of a graph, as the debugger gives it back. */
export const dataIdOf = (graph: string, channel: string): string => `${graph}\n${channel}`;

/** Keeps them by what they were set for. */
export class BreakpointList {
  readonly all = new Breakpoints();
  readonly #counting: Counting;
  /** Path of a document -> what was set in it. */
  readonly #lines = new Map<string, readonly Listed[]>();
  #data: readonly Listed[] = [];
  #lastId = 0;

  constructor(counting: Counting) {
    this.#counting = counting;
  }

  /** Sets those of a document; `file` is undefined for one that is no graph's. */
  setLines(
    path: string,
    file: GraphFile | undefined,
    asked: readonly DebugProtocol.SourceBreakpoint[],
    plan: Plan | undefined,
  ): DebugProtocol.Breakpoint[] {
    const before = this.#lines.get(path) ?? [];
    const listed = asked.map((each): Listed => {
      const line = this.#counting.toDebugger(each.line);
      const place = file === undefined ? undefined : placeOnLine(file.parsed, line, each.mode);
      const id = before.find((known) => known.line === line)?.id ?? (this.#lastId += 1);
      return { id, graph: file?.path ?? "", line, breakpoint: place === undefined ? undefined : { id, place, ...termsOf(each) } };
    });
    this.#lines.set(path, listed);
    this.#hand(new Set([...before, ...listed].map(({ graph }) => graph)));
    const problems = this.#problems(file?.path, plan);
    return listed.map((each) => this.#told(each, file, problems));
  }

  /** Sets those of channels. */
  setData(asked: readonly DebugProtocol.DataBreakpoint[], planOf: (graph: string) => Plan | undefined): DebugProtocol.Breakpoint[] {
    const before = this.#data;
    this.#data = asked.map((each): Listed => {
      const [graph = "", channel = ""] = each.dataId.split("\n");
      const id = (this.#lastId += 1);
      return { id, graph, line: 0, breakpoint: { id, place: { at: "written", channel }, ...termsOf(each) } };
    });
    this.#hand(new Set([...before, ...this.#data].map(({ graph }) => graph)));
    return this.#data.map((each) => this.#told(each, undefined, this.#problems(each.graph, planOf(each.graph))));
  }

  #lineOf(line: number): number {
    return this.#counting.toClient({ line, column: 0 }).line;
  }

  #hand(graphs: ReadonlySet<string>): void {
    const all = [...[...this.#lines.values()].flat(), ...this.#data];
    for (const graph of graphs)
      this.all.set(
        graph,
        all.flatMap((each) => (each.graph === graph && each.breakpoint !== undefined ? [each.breakpoint] : [])),
      );
  }

  /** Why breakpoints of a graph cannot be met, by their numbers; nothing is known without a plan. */
  #problems(graph: string | undefined, plan: Plan | undefined): ReadonlyMap<number, string> {
    if (graph === undefined || plan === undefined) return new Map();
    return new Map(this.all.verdicts(graph, plan).flatMap(({ id, problem }) => (problem === undefined ? [] : [[id, problem] as const])));
  }

  #told({ id, line, breakpoint }: Listed, file: GraphFile | undefined, problems: ReadonlyMap<number, string>): DebugProtocol.Breakpoint {
    if (breakpoint === undefined)
      return { id, verified: false, line: this.#lineOf(line), message: "Neither a node nor an edge is written here." };
    const place = breakpoint.place;
    const at = file === undefined || "channel" in place ? {} : { line: this.#lineOf(positionOf(file.parsed, place).line) };
    const problem = problems.get(id);
    return problem === undefined ? { id, verified: true, ...at } : { id, verified: false, message: problem, ...at };
  }
}

function termsOf({
  condition,
  hitCondition,
  logMessage,
}: Pick<DebugProtocol.SourceBreakpoint, "condition" | "hitCondition" | "logMessage">): Pick<Breakpoint, "condition" | "hits" | "log"> {
  return {
    ...(condition === undefined || condition === "" ? {} : { condition }),
    ...(hitCondition === undefined || hitCondition === "" ? {} : { hits: hitCondition }),
    ...(logMessage === undefined || logMessage === "" ? {} : { log: logMessage }),
  };
}
