import type { ItemCounts } from "../plan/items.js";
import type { LiveEvent } from "./event.js";
import { DurationSketch } from "./duration-sketch.js";
import { NewestTasks } from "./newest-tasks.js";

/** What the runs of a node came to, as figures. */
export interface NodeFigures {
  /** How often it was run to an end, good or bad; what was cached, bypassed, replayed or cancelled is not counted. */
  readonly runs: number;
  /** The share of runs that did what the node is for: neither failed nor replaced by its fallback. Null before the first. */
  readonly success: number | null;
  readonly failed: number;
  /** Failures that the node's fallback made good. */
  readonly fallbacks: number;
  /** Attempts after a first one. */
  readonly retries: number;
  readonly cached: number;
  readonly bypassed: number;
  /** How often a result that was recorded before counted again. */
  readonly replayed: number;
  /** What became of items, over all runs that finished; null for a node that does not work item by item. */
  readonly items: ItemCounts | null;
  /** Milliseconds of a run, all its attempts and waits included. Null before the first. */
  readonly ms: { readonly min: number; readonly mean: number; readonly p50: number; readonly p95: number; readonly max: number } | null;
}

/** How a task is about to end otherwise than by its node's own result. */
type ComingDetour = "cached" | "bypassed" | "fallback";
/** How a task has ended otherwise than by its node's own work; `replayed`: a recorded result counted again. */
export type Detour = ComingDetour | "replayed";

/** What happened to one node, kept event by event. Its memory is bounded by the tasks that are at work at once. */
export class NodeMetrics {
  /** Tasks that finished, in whatever way. */
  finished = 0;
  /** Tasks that failed; cancelled ones too. */
  failed = 0;
  /** How the last task that ended did so otherwise than by the node's own work; undefined: by that. */
  detour: Detour | undefined;
  /** What its newest tasks came to. */
  readonly newest = new NewestTasks();
  /** Milliseconds of the last task that was run to its end; undefined before the first. */
  lastMs: number | undefined;
  readonly #durations = new DurationSketch();
  readonly #detours = new Map<string, ComingDetour>();
  #cancelled = 0;
  #fallbacks = 0;
  #retries = 0;
  #cached = 0;
  #bypassed = 0;
  #replayed = 0;
  /** Failures among them. */
  #failedBefore = 0;
  #items: ItemCounts | undefined;

  /** Takes an event about this node. */
  add(event: LiveEvent & { readonly node: string }): void {
    this.newest.add(event);
    switch (event.type) {
      case "task-started":
        // It may be one that a killed process had begun.
        return void this.#detours.delete(event.task);
      case "task-retried":
        this.#retries += 1;
        return;
      case "task-cached":
        return void this.#detours.set(event.task, "cached");
      case "task-replayed":
        return this.#replay(event.error !== undefined);
      case "task-bypassed":
        return void this.#detours.set(event.task, "bypassed");
      case "task-fallback":
        return void this.#detours.set(event.task, "fallback");
      case "task-finished":
        return this.#finish(event.task, event.ms, event.items);
      case "task-failed":
        return this.#fail(event.task, event.ms, event.error.code === "CANCELLED");
      default:
    }
  }

  /** Takes all that another one has taken. */
  merge(other: NodeMetrics): void {
    this.finished += other.finished;
    this.failed += other.failed;
    this.lastMs = other.lastMs ?? this.lastMs;
    this.#durations.merge(other.#durations);
    this.#cancelled += other.#cancelled;
    this.#fallbacks += other.#fallbacks;
    this.#retries += other.#retries;
    this.#cached += other.#cached;
    this.#bypassed += other.#bypassed;
    this.#replayed += other.#replayed;
    this.#failedBefore += other.#failedBefore;
    this.detour = other.finished + other.failed === 0 ? this.detour : other.detour;
    this.newest.merge(other.newest);
    this.#items = sum(this.#items, other.#items);
  }

  get figures(): NodeFigures {
    const runs = this.#durations.count;
    const failed = this.failed - this.#cancelled - this.#failedBefore;
    return {
      runs,
      success: runs === 0 ? null : (runs - failed - this.#fallbacks) / runs,
      failed,
      fallbacks: this.#fallbacks,
      retries: this.#retries,
      cached: this.#cached,
      bypassed: this.#bypassed,
      replayed: this.#replayed,
      items: this.#items ?? null,
      ms: spread(this.#durations),
    };
  }

  #finish(task: string, ms: number, items: ItemCounts | undefined): void {
    const detour = this.#end(task, ms);
    if (detour === undefined) this.#items = sum(this.#items, items);
    this.finished += 1;
    if (detour === "cached") this.#cached += 1;
    else if (detour === "bypassed") this.#bypassed += 1;
    else this.#durations.add(ms);
    if (detour === "fallback") this.#fallbacks += 1;
  }

  #fail(task: string, ms: number, cancelled: boolean): void {
    this.#end(task, ms);
    this.failed += 1;
    if (cancelled) this.#cancelled += 1;
    else this.#durations.add(ms);
  }

  /** It ends as it did then, and is no work. */
  #replay(failed: boolean): void {
    this.#replayed += 1;
    this.detour = "replayed";
    if (failed) this.#failedBefore += 1;
    if (failed) this.failed += 1;
    else this.finished += 1;
  }

  #end(task: string, ms: number): ComingDetour | undefined {
    const detour = this.#detours.get(task);
    this.#detours.delete(task);
    this.lastMs = ms;
    this.detour = detour;
    return detour;
  }
}

function sum(a: ItemCounts | undefined, b: ItemCounts | undefined): ItemCounts | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { total: a.total + b.total, done: a.done + b.done, failed: a.failed + b.failed, retried: a.retried + b.retried };
}

function spread(durations: DurationSketch): NodeFigures["ms"] {
  const { min, mean, max } = durations;
  const p50 = durations.quantile(0.5);
  const p95 = durations.quantile(0.95);
  if (min === undefined || mean === undefined || max === undefined || p50 === undefined || p95 === undefined) return null;
  return { min, mean, p50, p95, max };
}
