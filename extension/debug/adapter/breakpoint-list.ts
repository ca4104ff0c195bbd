// The breakpoints that a debugger has set, as the runtime has them.
//
// 1. A breakpoint of a line belongs to the node or edge that stood there when it was set, by its id: edits of the text do not move it.
// 2. What stops at the same as before is the same breakpoint, wherever it stands now: it goes on counting.
// 3. What was said of a breakpoint is said anew where it has changed, and only then.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { readPlace } from "../../../runtime/blame/channel-path.js";
import type { Plan } from "../../../runtime/plan/plan.js";
import type { Breakpoint, BreakPlace } from "../../../runtime/stepping/breakpoint.js";
import { Breakpoints } from "../../../runtime/stepping/breakpoints.js";
import type { Position } from "./places.js";
import type { Counting } from "./stage.js";
import type { GraphFile } from "./target.js";
import { TextPlaces, type EntryPlace } from "./text-places.js";

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

/** What people say of a breakpoint beside its place. */
type Terms = Pick<DebugProtocol.SourceBreakpoint, "condition" | "hitCondition" | "logMessage">;

/** What is known of graphs, by the names that breakpoints know them by. */
export interface KnownGraphs {
  file(graph: string): GraphFile | undefined;
  /** What the breakpoint at a position of its text belongs to, where somebody knows that better than its line does. */
  placeAt(graph: string, position: Position): EntryPlace | undefined;
  /** Hears that somebody chose when the breakpoint at a position of its text stops. */
  chosen(graph: string, position: Position, place: EntryPlace): void;
  /** Undefined as long as no run goes through it. */
  plan(graph: string): Plan | undefined;
}

/** Names a place in a channel of a graph, as the debugger gives it back. */
export const dataIdOf = (graph: string, expression: string): string => `${graph}\n${expression}`;

/** Keeps them by what they were set for. */
export class BreakpointList {
  readonly all = new Breakpoints();
  readonly #counting: Counting;
  readonly #graphs: KnownGraphs;
  /** Path of a document -> what was set in it. */
  readonly #lines = new Map<string, readonly ListedLine[]>();
  #data: readonly Listed[] = [];
  #named: readonly Listed[] = [];
  #lastId = 0;
  /** What was said last of each. */
  #told = new Map<number, string>();

  constructor(counting: Counting, graphs: KnownGraphs) {
    this.#counting = counting;
    this.#graphs = graphs;
  }

  /** Sets those of a document. */
  setLines(path: string, asked: readonly DebugProtocol.SourceBreakpoint[]): DebugProtocol.Breakpoint[] {
    const file = this.#graphs.file(path);
    const before = this.#lines.get(path) ?? [];
    const text = file === undefined ? undefined : TextPlaces.of(file.parsed);
    const known = Map.groupBy(before, ({ place, line }) => nameOf(place, line));
    const listed = asked.map((each): ListedLine => {
      const position = this.#counting.toDebugger(each.line, each.column);
      const { line } = position;
      const place = (each.mode === undefined ? this.#graphs.placeAt(path, position) : undefined) ?? text?.placeAt(position, each.mode);
      if (each.mode !== undefined && place !== undefined) this.#graphs.chosen(path, position, place);
      const id = known.get(nameOf(place, line))?.shift()?.id ?? (this.#lastId += 1); // invariant 2
      return { id, graph: file?.path ?? path, line, place, breakpoint: place === undefined ? undefined : { id, place, ...termsOf(each) } };
    });
    this.#lines.set(path, listed);
    return this.#set(before, listed);
  }

  /** Sets those of channels and places in them. */
  setData(asked: readonly DebugProtocol.DataBreakpoint[]): DebugProtocol.Breakpoint[] {
    const before = this.#data;
    this.#data = asked.map((each): Listed => {
      const [graph = "", expression = ""] = each.dataId.split("\n");
      const id = (this.#lastId += 1);
      return { id, graph, line: 0, breakpoint: { id, place: writtenAt(expression), ...termsOf(each) } };
    });
    return this.#set(before, this.#data);
  }

  /** Sets those that a launch names. */
  setNamed(graph: string, asked: readonly { readonly place: BreakPlace; readonly terms: Terms }[]): DebugProtocol.Breakpoint[] {
    const before = this.#named;
    this.#named = asked.map(({ place, terms }): Listed => {
      const id = (this.#lastId += 1);
      return { id, graph, line: 0, breakpoint: { id, place, ...termsOf(terms) } };
    });
    return this.#set(before, this.#named);
  }

  /** What is to be said anew, since plans or texts have changed (invariant 3). */
  review(): readonly DebugProtocol.Breakpoint[] {
    const before = this.#told;
    this.#told = new Map();
    return this.#tell([...this.#lines.values(), this.#data].flat()).filter(({ id = 0 }) => before.get(id) !== this.#told.get(id));
  }

  /** A position as the debugger counts; a whole line has no column. */
  placed(position: Position): DebugProtocol.BreakpointLocation {
    const { line, column } = this.#counting.toClient(position);
    return position.column === 0 ? { line } : { line, column };
  }

  #set(before: readonly Listed[], listed: readonly Listed[]): DebugProtocol.Breakpoint[] {
    this.#hand(new Set([...before, ...listed].map(({ graph }) => graph)));
    return this.#tell(listed);
  }

  #hand(graphs: ReadonlySet<string>): void {
    const all = Map.groupBy([...this.#lines.values(), this.#data, this.#named].flat(), ({ graph }) => graph);
    for (const graph of graphs)
      this.all.set(
        graph,
        (all.get(graph) ?? []).flatMap(({ breakpoint }) => breakpoint ?? []),
      );
  }

  #tell(listed: readonly Listed[]): DebugProtocol.Breakpoint[] {
    const told = new Map(this.#told);
    const problems = new Map([...new Set(listed.map(({ graph }) => graph))].map((graph) => [graph, this.#problems(graph)]));
    const all = listed.map((each) => {
      const breakpoint = this.#verdict(each, problems.get(each.graph)?.get(each.id));
      told.set(each.id, JSON.stringify(breakpoint));
      return breakpoint;
    });
    this.#told = told;
    return all;
  }

  /** Why breakpoints of a graph cannot be met, by their numbers; nothing is known without a plan. */
  #problems(graph: string): ReadonlyMap<number, string> {
    const plan = this.#graphs.plan(graph);
    if (plan === undefined) return new Map();
    return new Map(this.all.verdicts(graph, plan).flatMap(({ id, problem }) => (problem === undefined ? [] : [[id, problem] as const])));
  }

  #verdict({ id, line, breakpoint, graph }: Listed, problem: string | undefined): DebugProtocol.Breakpoint {
    if (breakpoint === undefined)
      return { id, verified: false, line: this.#lineOf(line), message: "Neither a node nor an edge is written here." };
    const { place } = breakpoint;
    const file = "channel" in place ? undefined : this.#graphs.file(graph);
    const position = file === undefined || "channel" in place ? undefined : TextPlaces.of(file.parsed).positionOf(place);
    const at = position === undefined ? {} : this.placed(position);
    return problem === undefined ? { id, verified: true, ...at } : { id, verified: false, message: problem, ...at };
  }

  #lineOf(line: number): number {
    return this.#counting.toClient({ line, column: 0 }).line;
  }
}

/** What tells one breakpoint of a text from another (invariant 2). */
function nameOf(place: EntryPlace | undefined, line: number): string {
  return place === undefined ? `line ${line}` : JSON.stringify(place);
}

/** What is no place at all is told of as a channel that there is not. */
function writtenAt(expression: string): BreakPlace {
  try {
    return { at: "written", ...readPlace(expression) };
  } catch {
    return { at: "written", channel: expression };
  }
}

function termsOf({ condition, hitCondition, logMessage }: Terms): Pick<Breakpoint, "condition" | "hits" | "log"> {
  return {
    ...(condition === undefined || condition === "" ? {} : { condition }),
    ...(hitCondition === undefined || hitCondition === "" ? {} : { hits: hitCondition }),
    ...(logMessage === undefined || logMessage === "" ? {} : { log: logMessage }),
  };
}
