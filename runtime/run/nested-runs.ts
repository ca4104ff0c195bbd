// The runs inside the tasks of one run: begun, found again, driven, and given up with it.
//
// 1. A run inside a task is a run like any other: its own state, checkpoints and trace, in the same store.
// 2. The frontier of the outer run says which runs there are; what is kept here is only what drives them, and can be made anew.
// 3. The outer run leads: it hands decisions in, pauses and stops what is inside.
import type { Frontier, StoredQuestion, StoredTask } from "../checkpoint/checkpoint.js";
import { errorInfo, PatchbayError, type ErrorCode, type ErrorInfo } from "../errors.js";
import type { Variables } from "../expression/cel.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { GraphCall, GraphOutcome } from "../plan/behaviour.js";
import type { Plan } from "../plan/plan.js";
import type { HandlerHost } from "../ports.js";
import type { TraceEvent } from "../trace/event.js";
import type { TraceSink } from "../trace/lane.js";
import type { GraphSource, SourcedGraph } from "./graph-source.js";
import { graphMeaning } from "./graph-meaning.js";
import { passedOn } from "./inner-questions.js";
import type { NestingAttempt } from "./task-runner.js";

/** How deep runs may be inside one another: a graph may contain itself, and must not do so for ever. */
const DEEPEST = 64;

/** Errors of the store, not of what runs. */
const unwritten: ReadonlySet<ErrorCode> = new Set(["STORE", "RUN_ELSEWHERE"]);

/** A run as the one around it drives it. */
export interface InnerRun {
  readonly id: string;
  readonly status: "paused" | "running" | "waiting" | "completed" | "failed" | "cancelled";
  readonly frontier: Frontier;
  readonly plan: Plan;
  readonly blocked: ErrorInfo | undefined;
  readonly channels: JsonObject;
  readonly variables: Variables;
  readonly trace: readonly TraceEvent[];
  readonly openQuestions: readonly StoredQuestion[];
  continue(): Promise<void>;
  step(): Promise<void>;
  stepInto(task: string, ...deeper: readonly string[]): Promise<void>;
  drain(): Promise<void>;
  halt(): Promise<void>;
  stop(): Promise<void>;
  dispose(): Promise<void>;
  onTrace(listener: () => void): () => void;
}

/** What the outer run does for the runs inside its tasks. */
export interface Surroundings<Run extends InnerRun> {
  readonly graphs: GraphSource | undefined;
  /** How deep the outer run is inside others. */
  readonly depth: number;
  /** The run that is inside a task already, by its id. */
  find(task: string, slot: string | undefined): string | undefined;
  /** Begins one. Throws `INPUT_INVALID`. */
  begin(graph: SourcedGraph, task: StoredTask, slot: string | undefined, values: JsonObject, trace: TraceSink): Run;
  /** Takes one up where it stands, inside a task. Throws `NOT_FOUND`, `CORRUPTED`. */
  takeUp(graph: SourcedGraph, run: string, task: string): Run;
  /** Name of the graph that a run was begun with. */
  graphOf(run: string): string | undefined;
  /** Hands in what has been decided for it. */
  handIn(run: Run): void;
  /** One could not be written: its task waits, and the outer run stops with this when what is at work has ended. */
  unwritten(error: PatchbayError): void;
}

/** How far runs inside are taken: to where they stop by themselves, or by one superstep, of one that is deeper inside where tasks are named. */
export type Pace = "onward" | { readonly step: readonly string[] };

interface Live<Run> {
  readonly run: Run;
  readonly graph: SourcedGraph;
  readonly task: string;
}

/** The runs inside the tasks of one run. */
export class NestedRuns<Run extends InnerRun> {
  readonly #around: Surroundings<Run>;
  readonly #live = new Map<string, Live<Run>>();
  readonly #atWork = new Set<Run>();
  #pausing = false;
  #pace: Pace = "onward";

  constructor(around: Surroundings<Run>) {
    this.#around = around;
  }

  /** The outer run goes on, at this pace. */
  set(pace: Pace): void {
    this.#pausing = false;
    this.#pace = pace;
  }

  /** Pauses what is at work at its next boundary. */
  drain(): void {
    this.#pausing = true;
    for (const run of this.#atWork) void run.drain();
  }

  /** The session of a run inside a task, made where there is none. Undefined where its graph cannot be had. */
  open(run: string, task: string, path: string): Run | undefined {
    const found = this.#around.graphs?.load(path);
    return found?.ok === true ? this.#session(run, task, found.graph) : undefined;
  }

  /** The session of a run inside a task, if it has one. */
  live(run: string): Run | undefined {
    return this.#live.get(run)?.run;
  }

  /** Those that are driven, each with the task that it is inside. */
  get all(): Iterable<{ readonly task: string; readonly run: Run }> {
    return this.#live.values();
  }

  /** Runs a graph inside a task, or goes on with it, and tells how it stands then. That it cannot be written is no failure of the task. */
  async run(task: StoredTask, call: GraphCall, attempt: NestingAttempt): Promise<GraphOutcome> {
    try {
      return await this.#run(task, call, attempt);
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError) || !unwritten.has(thrown.code)) throw thrown;
      this.#around.unwritten(thrown);
      return { type: "parked" };
    }
  }

  async #run(task: StoredTask, call: GraphCall, attempt: NestingAttempt): Promise<GraphOutcome> {
    const { graphs, depth } = this.#around;
    const found = graphs?.load(call.graph, call.version) ?? noGraphs(task, call);
    if (!found.ok) return failed(found.error);
    if (depth >= DEEPEST) return failed(tooDeep(task, found.graph));
    const known = attempt.attempt > 1 ? undefined : this.#around.find(task.id, call.slot);
    if (known === undefined) return this.#begin(task, call, found.graph, attempt);
    const name = this.#around.graphOf(known);
    if (name !== found.graph.name) return failed(otherGraph(task, name, found.graph.name));
    return this.#goOn(this.#session(known, task.id, found.graph), task, call, attempt);
  }

  meaning(path: string, handlers: HandlerHost): JsonValue {
    return graphMeaning(this.#around.graphs, path, handlers);
  }

  /** Forgets the sessions of runs whose tasks have ended, or of all. */
  forget(isOpen: (run: string) => boolean = () => false): void {
    for (const [id, { run }] of this.#live) {
      if (isOpen(id)) continue;
      this.#live.delete(id);
      void run.dispose();
    }
  }

  /** Cancels them. */
  async stop(): Promise<void> {
    await Promise.all([...this.#live.values()].map(({ run }) => run.stop()));
  }

  /** Aborts what runs and forgets all; resolves when nothing is at work. */
  async dispose(): Promise<void> {
    const runs = [...this.#live.values()];
    this.#live.clear();
    await Promise.all(runs.map(({ run }) => run.dispose()));
  }

  async #begin(task: StoredTask, call: GraphCall, graph: SourcedGraph, attempt: NestingAttempt): Promise<GraphOutcome> {
    const first = call.first(graph.plan);
    if (!first.ok) return failed(first.error);
    const run = this.#around.begin(graph, task, call.slot, first.values, attempt.trace);
    this.#live.set(run.id, { run, graph, task: task.id });
    // Stepping in shows the run before its first superstep.
    return this.#pace === "onward" ? this.#goOn(run, task, call, attempt) : { type: "parked" };
  }

  /** A changed document is seen by those that stand: they are taken up anew, under the plan that it has now. */
  #session(id: string, task: string, graph: SourcedGraph): Run {
    const live = this.#live.get(id);
    if (live !== undefined && live.graph === graph) return live.run;
    if (live !== undefined) void live.run.dispose();
    const run = this.#around.takeUp(graph, id, task);
    this.#live.set(id, { run, graph, task });
    return run;
  }

  async #goOn(run: Run, task: StoredTask, call: GraphCall, { signal, alive }: NestingAttempt): Promise<GraphOutcome> {
    this.#around.handIn(run);
    if (run.status === "completed" || run.status === "cancelled") return this.#outcome(run, task, call);
    if (run.blocked !== undefined) return failed(inside(task, run, run.blocked));
    if (this.#pausing) return { type: "parked" };
    const halt = (): void => void run.halt();
    const unwatch = alive === undefined ? undefined : run.onTrace(alive);
    signal.addEventListener("abort", halt);
    this.#atWork.add(run);
    try {
      if (signal.aborted) return cancelled;
      await this.#move(run, call);
    } finally {
      this.#atWork.delete(run);
      signal.removeEventListener("abort", halt);
      unwatch?.();
    }
    if (signal.aborted) return cancelled;
    const outcome = this.#outcome(run, task, call);
    // One of many that have ended is not to stay until the last has.
    if (outcome.type === "completed" && call.slot !== undefined) this.forget((id) => id !== run.id);
    return outcome;
  }

  /** Of several runs in a task, those are left alone that have not due what is stepped into. */
  async #move(run: Run, { slot }: GraphCall): Promise<void> {
    if (this.#pace === "onward") return run.continue();
    const [next, ...deeper] = this.#pace.step;
    if (slot !== undefined && next !== undefined && !run.frontier.due.some(({ id }) => id === next)) return;
    return next === undefined ? run.step() : run.stepInto(next, ...deeper);
  }

  #outcome(run: Run, task: StoredTask, { slot }: GraphCall): GraphOutcome {
    const { status, frontier, plan } = run;
    if (status === "completed") return { type: "completed", graph: plan, values: run.channels, variables: run.variables };
    if (status === "failed" && frontier.error !== undefined) return failed(inside(task, run, frontier.error));
    if (status === "cancelled")
      return failed(errorInfo("CANCELLED", `The run inside "${task.node}" was cancelled.`, { node: task.node, run: run.id }));
    if (run.blocked !== undefined) return failed(inside(task, run, run.blocked));
    const { openQuestions } = run;
    return openQuestions.length === 0 ? { type: "parked" } : { type: "asked", questions: passedOn(run.id, slot, openQuestions) };
  }
}

const cancelled: GraphOutcome = { type: "failed", error: errorInfo("CANCELLED", "The run was stopped.") };

function failed(error: ErrorInfo): Extract<GraphOutcome, { type: "failed" }> {
  return { type: "failed", error };
}

/** The error of a run inside a task as the task's own, with the way to where it happened: `place` has the nodes, from the outside in. */
function inside(task: StoredTask, run: InnerRun, error: ErrorInfo): ErrorInfo {
  const { code, message, details = {}, stack } = error;
  const further = Array.isArray(details["place"]) ? details["place"] : [placeOf(run, error)].flat();
  return errorInfo(code, message, { ...details, node: task.node, run: details["run"] ?? run.id, place: [task.node, ...further] }, stack);
}

/** The node at which a run failed, where one did. */
function placeOf({ trace }: InnerRun, { code, message, details }: ErrorInfo): string | readonly string[] {
  const named = details?.["node"];
  if (typeof named === "string") return named;
  const last = trace.findLast((event) => event.type === "task-failed" && event.error.code === code && event.error.message === message);
  return last?.type === "task-failed" ? last.node : [];
}

function noGraphs({ node }: StoredTask, { graph }: GraphCall): { readonly ok: false; readonly error: ErrorInfo } {
  return {
    ok: false,
    error: errorInfo("GRAPH_MISSING", `Node "${node}" runs "${graph}", and nothing here can open other graphs.`, { node, graph }),
  };
}

function tooDeep({ node }: StoredTask, { name }: SourcedGraph): ErrorInfo {
  return errorInfo("NESTING_LIMIT", `Node "${node}" would run ${name} ${DEEPEST + 1} graphs deep; ${DEEPEST} is the limit.`, {
    node,
    graph: name,
  });
}

function otherGraph({ node }: StoredTask, was: string | undefined, is: string): ErrorInfo {
  const message = `The run inside "${node}" is one of ${was ?? "a graph that is gone"}, and the node names ${is} now.`;
  return errorInfo("NOT_RESUMABLE", message, { node, graph: is });
}
