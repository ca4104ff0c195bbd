import { retryDelay } from "../../runtime/compile/queue/retry.js";

/** What the model is told of the queue's settings. */
export interface ModelSettings {
  readonly concurrency: number;
  readonly jobTimeoutMs: number;
  readonly storm: { readonly compiles: number; readonly windowMs: number };
}

interface Triggers {
  readonly sizeThreshold: number;
  readonly staleAfterMs: number;
  readonly staleMinEdits: number;
}

interface Edit {
  readonly id: number;
  readonly at: number;
  readonly wall: number;
  readonly reason: string;
}

interface Run {
  readonly covers: readonly Edit[];
  readonly at: number;
}

/** Somebody wants a graph compiled, up to this edit. */
export interface Ask {
  readonly upTo: number;
}

/** One graph, as plainly as can be: the edits that wait, in a list. */
export class ModelGraph {
  readonly name: string;
  readonly place: number;
  never: boolean;
  waiting: Edit[] = [];
  triggers: Triggers | undefined;
  held = false;
  run: Run | undefined;
  failure: { readonly count: number; readonly retryAt: number } | undefined;
  lastJob = -1;
  starts: number[] = [];
  /** What somebody asked for and was not tried yet. */
  asks = new Set<Ask>();

  constructor(name: string, place: number, never: boolean) {
    this.name = name;
    this.place = place;
    this.never = never;
  }
}

/** A queue that does nothing: it knows what a real one must look like, and what it may do next. */
export class QueueModel {
  readonly settings: ModelSettings;
  readonly graphs = new Map<string, ModelGraph>();
  started = true;
  onScreen: string | undefined;
  /** Drains under way, by the number of the job that came next when they began. */
  readonly drains = new Set<{ readonly from: number }>();
  /** Edits that a successful job covered, each with how often. */
  readonly compiled = new Map<number, number>();
  readonly withdrawn = new Set<number>();
  edits = 0;
  jobs = 0;
  #registered = 0;

  constructor(settings: ModelSettings) {
    this.settings = settings;
  }

  register(name: string, never: boolean): void {
    this.forget(name);
    this.graphs.set(name, new ModelGraph(name, (this.#registered += 1), never));
  }

  forget(name: string): void {
    this.withdraw(name);
    this.graphs.delete(name);
  }

  notify(name: string, reason: string, triggers: Triggers, at: number, wall: number): void {
    const graph = this.graphs.get(name);
    if (graph === undefined) return;
    graph.waiting.push({ id: (this.edits += 1), at, wall, reason });
    graph.triggers = triggers;
    graph.held = false;
  }

  withdraw(name: string): void {
    const graph = this.graphs.get(name);
    if (graph === undefined) return;
    for (const { id } of graph.waiting) this.withdrawn.add(id);
    if (graph.waiting.length > 0) Object.assign(graph, { failure: undefined, never: false });
    Object.assign(graph, { waiting: [], run: undefined, asks: new Set() });
  }

  /** Those that a scope names and that have edits. */
  some(scope: readonly string[] | undefined): readonly ModelGraph[] {
    return [...this.graphs.values()].filter(({ name, waiting }) => waiting.length > 0 && (scope === undefined || scope.includes(name)));
  }

  cancel(name: string | undefined): void {
    for (const graph of this.some(name === undefined ? undefined : [name]))
      Object.assign(graph, { held: true, run: undefined, asks: new Set() });
  }

  ask(scope: readonly string[] | undefined): readonly (readonly [ModelGraph, Ask])[] {
    return this.some(scope).map((graph) => {
      const ask = { upTo: graph.waiting.at(-1)?.id ?? 0 };
      graph.held = false;
      graph.asks.add(ask);
      return [graph, ask];
    });
  }

  stop(): void {
    this.started = false;
    for (const { asks, run } of this.graphs.values()) for (const ask of asks) if (ask.upTo > lastOf(run)) asks.delete(ask);
  }

  begin(graph: ModelGraph, at: number): void {
    graph.run = { covers: [...graph.waiting], at };
    graph.lastJob = this.jobs;
    this.jobs += 1;
    graph.starts = [...graph.starts, at].slice(-this.settings.storm.compiles);
  }

  succeed(graph: ModelGraph): void {
    const covers = graph.run?.covers ?? [];
    for (const { id } of covers) this.compiled.set(id, (this.compiled.get(id) ?? 0) + 1);
    graph.waiting = graph.waiting.filter((edit) => !covers.includes(edit));
    Object.assign(graph, { failure: undefined, never: false });
    this.#tried(graph);
  }

  fail(graph: ModelGraph, at: number): void {
    const count = (graph.failure?.count ?? 0) + 1;
    graph.failure = { count, retryAt: at + retryDelay(graph.name, count) };
    this.#tried(graph);
  }

  #tried(graph: ModelGraph): void {
    for (const ask of graph.asks) if (ask.upTo <= lastOf(graph.run)) graph.asks.delete(ask);
    graph.run = undefined;
  }

  get running(): readonly ModelGraph[] {
    return [...this.graphs.values()].filter(({ run }) => run !== undefined);
  }

  /** Graphs with edits, as a backlog shows them. */
  get backlog(): readonly ModelGraph[] {
    return this.some(undefined).toSorted((a, b) => this.#byAge(a, b));
  }

  /** Graphs that may begin now, the one that must be first in front. */
  ready(now: number): readonly ModelGraph[] {
    const rank = (graph: ModelGraph): number => (graph.name === this.onScreen ? 0 : graph.asks.size > 0 ? 1 : 2);
    return this.some(undefined)
      .filter((graph) => this.isDue(graph, now))
      .toSorted((a, b) => rank(a) - rank(b) || this.#byAge(a, b));
  }

  isDue(graph: ModelGraph, now: number): boolean {
    const { run, asks, failure, held, waiting, triggers, starts } = graph;
    if (run !== undefined || waiting.length === 0 || triggers === undefined) return false;
    if (asks.size > 0) return true;
    if (!this.started || held) return false;
    if ([...this.drains].some(({ from }) => failure === undefined || graph.lastJob < from)) return true;
    const { compiles, windowMs } = this.settings.storm;
    if (starts.length === compiles && (starts[0] ?? 0) + windowMs > now) return false;
    if (failure !== undefined) return failure.retryAt <= now;
    if (graph.never || waiting.length >= triggers.sizeThreshold) return true;
    return waiting.length >= triggers.staleMinEdits && (waiting[0]?.at ?? 0) + triggers.staleAfterMs <= now;
  }

  #byAge(a: ModelGraph, b: ModelGraph): number {
    const shown = Number(b.name === this.onScreen) - Number(a.name === this.onScreen);
    return shown || (a.waiting[0]?.at ?? 0) - (b.waiting[0]?.at ?? 0) || a.place - b.place;
  }
}

function lastOf(run: Run | undefined): number {
  return run?.covers.at(-1)?.id ?? 0;
}
