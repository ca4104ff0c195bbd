// What a full compile of one graph takes, so that what soft ones save is measured and not assumed.
//
// 1. A measurement counts only for a graph about as large: at most twice, at least half the size.
// 2. The first one ran in code that had hardly run before, and flatters what came after it: it is taken again.
// 3. What is taken again is taken in an idle moment, never on the edit path.
import type { Graph } from "../model/graph.js";
import type { Plan } from "../plan/plan.js";
import type { Clock } from "../ports.js";

/** So long after the last edit nobody is in the middle of something. */
const IDLE_MS = 2_000;

interface Measured {
  readonly micros: number;
  readonly size: number;
  readonly first: boolean;
}

/** Measures full compiles of one graph: `compile` makes them, `current` gives the graph of the plan in force. */
export class FullCost {
  readonly #clock: Clock;
  readonly #compile: (graph: Graph) => Plan;
  readonly #current: () => Graph | undefined;
  #measured: Measured | undefined;
  #lastEdit = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, compile: (graph: Graph) => Plan, current: () => Graph | undefined) {
    this.#clock = clock;
    this.#compile = compile;
    this.#current = current;
  }

  /** Microseconds that a full compile of a graph of this size took when last measured (invariant 1). */
  microsOf(graph: Graph): number | undefined {
    return this.#measured !== undefined && alike(this.#measured.size, sizeOf(graph)) ? this.#measured.micros : undefined;
  }

  /** Compiles a graph from nothing, and measures that. */
  compile(graph: Graph): { readonly plan: Plan; readonly micros: number } {
    const started = this.#clock.monotonic();
    const plan = this.#compile(graph);
    const micros = Math.max(0, (this.#clock.monotonic() - started) * 1000);
    this.#measured = { micros, size: sizeOf(graph), first: this.#measured === undefined };
    return { plan, micros };
  }

  /** An edit was made at this time of the monotonic clock: what is to be measured again is, once nobody edits (invariant 3). */
  edited(at: number): void {
    this.#lastEdit = at;
    if (this.#cancelTimer === undefined && this.#due()) this.#wait(IDLE_MS);
  }

  dispose(): void {
    this.#cancelTimer?.();
  }

  #due(): boolean {
    const graph = this.#current();
    return graph !== undefined && (this.microsOf(graph) === undefined || this.#measured?.first === true); // invariant 2
  }

  /** One timer, whatever is edited meanwhile: when it fires it looks how long ago the last edit was. */
  #wait(ms: number): void {
    this.#cancelTimer = this.#clock.after(ms, () => {
      this.#cancelTimer = undefined;
      const left = this.#lastEdit + IDLE_MS - this.#clock.monotonic();
      const graph = this.#current();
      if (left > 0) this.#wait(left);
      else if (graph !== undefined && this.#due()) this.compile(graph);
    });
  }
}

function sizeOf({ nodes, edges }: Graph): number {
  return nodes.size + edges.size;
}

function alike(a: number, b: number): boolean {
  return a <= 2 * b && b <= 2 * a;
}
