import { DurationSketch } from "../../trace/duration-sketch.js";
import type { Latency, QueueCounters } from "./entry.js";

/** What the queue has done so far, counted in bounded memory. */
export class QueueFigures {
  readonly #counters: { -readonly [Name in keyof QueueCounters]: number } = {
    notified: 0,
    covered: 0,
    withdrawn: 0,
    compiled: 0,
    failed: 0,
    timedOut: 0,
    cancelled: 0,
  };
  readonly #wait = new DurationSketch();
  readonly #job = new DurationSketch();

  count(name: keyof QueueCounters, by = 1): void {
    this.#counters[name] += by;
  }

  /** Milliseconds from an edit to the start of the job that covers it. */
  waited(ms: number): void {
    this.#wait.add(ms);
  }

  /** Milliseconds of a job. */
  worked(ms: number): void {
    this.#job.add(ms);
  }

  get counters(): QueueCounters {
    return { ...this.#counters };
  }

  get latencies(): { readonly wait: Latency | null; readonly job: Latency | null } {
    return { wait: latencyOf(this.#wait), job: latencyOf(this.#job) };
  }
}

function latencyOf(sketch: DurationSketch): Latency | null {
  const [p50, p95, max] = [sketch.quantile(0.5), sketch.quantile(0.95), sketch.max];
  return p50 === undefined || p95 === undefined || max === undefined ? null : { count: sketch.count, p50, p95, max };
}
