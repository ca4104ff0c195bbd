// Where the run stands, as the debugger sees it: branches are threads, tasks and the tasks around them are frames.
//
// 1. Numbers of frames are of one stop: those of before mean nothing any more. A branch keeps its number as long as its tasks are due.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { PatchbayError } from "../../../runtime/errors.js";
import type { NodeId } from "../../../runtime/model/ids.js";
import type { Plan } from "../../../runtime/plan/plan.js";
import type { WatchedRun } from "../../../runtime/run/run-watch.js";
import type { RunSession } from "../../../runtime/run/session.js";
import type { Met } from "../../../runtime/stepping/break-watch.js";
import { branchesOf, branchKey, type Branch, type Level } from "./branches.js";
import type { Position } from "./places.js";
import type { DebugTarget, GraphFile } from "./target.js";
import { TextPlaces } from "./text-places.js";

/** The thread that is shown where the run has no branch. */
const NO_BRANCH = 1;

/** How lines and columns are counted on the other side. */
export interface Counting {
  toClient(position: Position): { readonly line: number; readonly column: number };
  /** Without a column: the line as a whole. */
  toDebugger(line: number, column?: number): Position;
}

/** The threads and frames of one stop. */
export class Stage {
  readonly #target: DebugTarget;
  readonly #counting: Counting;
  /** Of the branches that there are. */
  #threads: ReadonlyMap<string, number> = new Map();
  #last = 0;
  #branches: ReadonlyMap<number, Branch> = new Map();
  #frames: Level[] = [];
  #moves = 0;
  #run: RunSession | undefined;

  constructor(target: DebugTarget, counting: Counting) {
    this.#target = target;
    this.#counting = counting;
  }

  /** Takes in where a run stands; gives every run that stands there, it and those inside its tasks. */
  stand(run: RunSession | undefined): readonly RunSession[] {
    this.#run = run;
    this.clear();
    const branches = run === undefined ? [] : branchesOf(run);
    this.#threads = new Map(branches.map(branchKey).map((key) => [key, this.#threads.get(key) ?? (this.#last += 1)]));
    this.#branches = new Map(branches.map((branch) => [this.#threads.get(branchKey(branch)) ?? NO_BRANCH, branch]));
    return run === undefined ? [] : [run, ...branches.flatMap(({ levels }) => levels.map((level) => level.run))];
  }

  /** Whether the run goes on where it did when it was taken in. */
  isWhere(run: RunSession): boolean {
    const keys = branchesOf(run).map(branchKey);
    return keys.length === this.#threads.size && keys.every((key) => this.#threads.has(key));
  }

  /** The run moves: no frame is any more (invariant 1). */
  clear(): void {
    this.#frames = [];
    this.#moves += 1;
  }

  /** The branch of a thread. */
  branch(thread: number): Branch | undefined {
    return this.#branches.get(thread);
  }

  get threads(): readonly DebugProtocol.Thread[] {
    if (this.#branches.size === 0) return [{ id: NO_BRANCH, name: "Run" }];
    return [...this.#branches].map(([id, { levels }]) => ({
      id,
      name: levels
        .map(({ task }) => task.node)
        .toReversed()
        .join(" › "),
    }));
  }

  /** The thread of the task that a breakpoint met; else the first. */
  threadOf(met: readonly Met[]): number {
    return this.threadAt(met.flatMap(({ run, task }) => (task !== undefined && "id" in task ? [{ run, task: task.id }] : [])));
  }

  /** The thread of the first of these tasks that is due; else the first thread. */
  threadAt(tasks: readonly { readonly run: string; readonly task: string }[]): number {
    for (const { run, task } of tasks) {
      const isAt = (level: Level): boolean => level.run.id === run && level.task.id === task;
      for (const [thread, { levels }] of this.#branches) if (levels.some(isAt)) return thread;
    }
    return this.threads[0]?.id ?? NO_BRANCH;
  }

  /** The frames of a thread from one on, the innermost first; all of them where `count` is 0. */
  frames(thread: number, start: number, count: number): { readonly frames: readonly DebugProtocol.StackFrame[]; readonly total: number } {
    const levels = this.#branches.get(thread)?.levels ?? [];
    const asked = levels.slice(start, count === 0 ? undefined : start + count);
    return { frames: asked.map((level) => this.#frame(level)), total: levels.length };
  }

  /** What a frame stands for; without one, the first branch. Throws `NOT_FOUND`. */
  level(frame: number | undefined): Level {
    const [first] = this.#branches.values();
    const level = frame === undefined ? first?.levels[0] : this.#frames[frame - 1];
    if (level === undefined) throw new PatchbayError("NOT_FOUND", "The run does not stand there any more.");
    return level;
  }

  /** How often the run has moved: tells one stop from another. */
  get moves(): number {
    return this.#moves;
  }

  /** The nodes of a frame and of those around it, the innermost first, with the names of their graphs. */
  nodesAt(frame: number): readonly { readonly graph: string; readonly node: NodeId }[] {
    const level = this.#frames[frame - 1];
    if (level === undefined) return [];
    const ofBranches = [...this.#branches.values()].map((branch): readonly Level[] => branch.levels);
    const levels = ofBranches.find((all) => all.includes(level)) ?? [];
    return levels.slice(levels.indexOf(level)).map(({ run, task }) => ({ graph: this.nameOf(run), node: task.node }));
  }

  /** The documents of the graphs that it goes through now. */
  get files(): readonly GraphFile[] {
    const levels = [...this.#branches.values()].flatMap((branch) => branch.levels);
    const all = [[], ...levels.map(({ run }) => run.within)].flatMap((within) => this.#target.graph(within) ?? []);
    return [...new Map(all.map((file) => [file.path, file])).values()];
  }

  /** The name that breakpoints know the graph of a run by. */
  nameOf({ within }: Pick<WatchedRun, "within">): string {
    return this.#target.graph(within)?.path ?? "";
  }

  /** The plan that a graph is on, of those that the run goes through. */
  planOf(graph: string): Plan | undefined {
    const levels = [...this.#branches.values()].flatMap((branch) => branch.levels);
    return [this.#run, ...levels.map(({ run }) => run)].find((run) => run !== undefined && this.nameOf(run) === graph)?.plan;
  }

  /** Where a node is written, as the other side counts. */
  placeOf(file: GraphFile, node: string): { readonly line: number; readonly column: number } {
    return this.#counting.toClient(TextPlaces.of(file.parsed).nodeAt(node) ?? { line: 0, column: 0 });
  }

  #frame(level: Level): DebugProtocol.StackFrame {
    const id = this.#frames.push(level);
    const { run, task } = level;
    const file = this.#target.graph(run.within);
    if (file === undefined) return { id, name: task.node, line: 0, column: 0 };
    return {
      id,
      name: file.parsed.graph.nodes.get(task.node)?.label ?? task.node,
      source: sourceOf(file),
      ...this.placeOf(file, task.node),
    };
  }
}

/** A document as the protocol has it. */
export function sourceOf({ name, path }: GraphFile): DebugProtocol.Source {
  return { name, path };
}
