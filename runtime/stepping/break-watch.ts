import type { Moment } from "../run/moment.js";
import type { RunWatch, WatchedRun } from "../run/run-watch.js";
import type { Hit } from "./breakpoint.js";
import type { Breakpoints } from "./breakpoints.js";

/** What was met, and in which run. */
export interface Met extends Hit {
  readonly run: string;
  readonly graph: string;
}

/** Stops runs at breakpoints. Each moment counts once, however often a run is driven on from it. */
export class BreakWatch implements RunWatch {
  readonly #breakpoints: Breakpoints;
  readonly #graphOf: (run: WatchedRun) => string;
  readonly #tell: (met: Met) => void;
  /** The moment of each run that was looked at last. */
  readonly #seen = new WeakMap<WatchedRun, { readonly key: string; readonly moment: Moment }>();
  #met: Met[] = [];

  /** `graphOf`: the name that breakpoints know the graph of a run by; `tell`: called with each message that a breakpoint tells instead of stopping. */
  constructor(breakpoints: Breakpoints, graphOf: (run: WatchedRun) => string, tell: (met: Met) => void) {
    this.#breakpoints = breakpoints;
    this.#graphOf = graphOf;
    this.#tell = tell;
  }

  stays(run: WatchedRun): boolean {
    return this.#look(run);
  }

  stops(run: WatchedRun): boolean {
    return this.#look(run);
  }

  /** Somebody stands there: going on from there does not stop there. */
  seen(run: WatchedRun): void {
    const { moment } = run;
    this.#seen.set(run, { key: keyOf(moment), moment });
  }

  /** What stopped runs since this was asked last. */
  take(): readonly Met[] {
    const met = this.#met;
    this.#met = [];
    return met;
  }

  #look(run: WatchedRun): boolean {
    if (this.#breakpoints.isEmpty) return false;
    const { id, moment } = run;
    const key = keyOf(moment);
    const before = this.#seen.get(run);
    if (before?.key === key) return false;
    this.#seen.set(run, { key, moment });
    const graph = this.#graphOf(run);
    const all = this.#breakpoints.met(graph, moment, before?.moment).map((hit): Met => ({ ...hit, run: id, graph }));
    for (const met of all) if (met.log !== undefined) this.#tell(met);
    const stopping = all.filter(({ log }) => log === undefined);
    this.#met.push(...stopping);
    return stopping.length > 0;
  }
}

/** What tells one moment of a run from another. */
function keyOf({ frontier, due }: Moment): string {
  return `${frontier.superstep} ${frontier.open} ${due.map(({ id }) => id).join(" ")}`;
}
