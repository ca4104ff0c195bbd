// The breakpoints that a debugger has set, as the runtime has them.
//
// 1. A breakpoint of a line belongs to the node or edge that stood there when it was set, by its id: edits of the text do not move it.
// 2. What stops at the same as before is the same breakpoint, wherever it stands now: it goes on counting.
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Plan } from "../../../runtime/plan/plan.js";
import type { Breakpoint } from "../../../runtime/stepping/breakpoint.js";
import { Breakpoints } from "../../../runtime/stepping/breakpoints.js";
import type { Position } from "./places.js";
import type { Counting } from "./stage.js";
import type { GraphFile } from "./target.js";
import { samePlace, TextPlaces, type EntryPlace } from "./text-places.js";

/** One that was asked for. */
interface Listed {
  readonly id: number;
  readonly graph: string;
  readonly breakpoint: Breakpoint | undefined;
  readonly line: number;
}

/** One of a line. */
interface ListedLine extends Listed {
  readonly place: EntryPlace | undefined;
}

/** What the breakpoint at a position of a text belongs to, where somebody knows that better than its line does. */
export type KnownPlace = (position: Position) => EntryPlace | undefined;

/** Names a channel of a graph, as the debugger gives it back. */
export const dataIdOf = (graph: string, channel: string): string => `${graph}\n${channel}`;

/** Keeps them by what they were set for. */
export class BreakpointList {
  readonly all = new Breakpoints();
  readonly #counting: Counting;
  /** Path of a document -> what was set in it. */
  readonly #lines = new Map<string, readonly ListedLine[]>();
  #data: readonly Listed[] = [];
  #lastId = 0;

  constructor(counting: Counting) {
    this.#counting = counting;
  }

  /** Sets those of a document; `file` is undefined for one that is no graph's. `known`: what they belong to, whatever their lines say. */
  setLines(
    path: string,
    file: GraphFile | undefined,
    asked: readonly DebugProtocol.SourceBreakpoint[],
    plan: Plan | undefined,
    known: KnownPlace = () => undefined,
  ): DebugProtocol.Breakpoint[] {
    const text = file === undefined ? undefined : new TextPlaces(file.parsed);
    const before = this.#lines.get(path) ?? [];
    const kept = new Set<number>();
    const listed = asked.map((each): ListedLine => {
      const position = this.#counting.toDebugger(each.line, each.column);
      const { line } = position;
      const place = (each.mode === undefined ? known(position) : undefined) ?? text?.placeAt(position, each.mode);
      const id = before.find((one) => !kept.has(one.id) && isSame(one, place, line))?.id ?? (this.#lastId += 1);
      kept.add(id);
      return { id, graph: file?.path ?? "", line, place, breakpoint: place === undefined ? undefined : { id, place, ...termsOf(each) } };
    });
    this.#lines.set(path, listed);
    this.#hand(new Set([...before, ...listed].map(({ graph }) => graph)));
    const problems = this.#problems(file?.path, plan);
    return listed.map((each) => this.#told(each, text, problems));
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

  /** A position as the debugger counts; a whole line has no column. */
  placed(position: Position): DebugProtocol.BreakpointLocation {
    const { line, column } = this.#counting.toClient(position);
    return position.column === 0 ? { line } : { line, column };
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

  #told({ id, line, breakpoint }: Listed, text: TextPlaces | undefined, problems: ReadonlyMap<number, string>): DebugProtocol.Breakpoint {
    if (breakpoint === undefined)
      return { id, verified: false, line: this.#lineOf(line), message: "Neither a node nor an edge is written here." };
    const place = breakpoint.place;
    const position = "channel" in place ? undefined : text?.positionOf(place);
    const at = position === undefined ? {} : this.placed(position);
    const problem = problems.get(id);
    return problem === undefined ? { id, verified: true, ...at } : { id, verified: false, message: problem, ...at };
  }
}

/** Invariant 2. */
function isSame(one: ListedLine, place: EntryPlace | undefined, line: number): boolean {
  return place === undefined || one.place === undefined ? one.place === place && one.line === line : samePlace(one.place, place);
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
