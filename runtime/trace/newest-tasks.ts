import type { LiveEvent } from "./event.js";

/** The attempt that a task is at, or waits for. */
export interface NextAttempt {
  /** From 2: the first one leaves no trace. */
  readonly attempt: number;
  /** When it begins, in milliseconds since the epoch. */
  readonly from: number;
}

/** What the tasks of one node came to in the newest superstep in which any of them ended or was tried again: bounded by how many there are. */
export class NewestTasks {
  #superstep = -1;
  #done = 0;
  #failed = 0;
  /** Attempts that failed and were followed by another one. */
  #retried = 0;
  #next = new Map<string, NextAttempt>();
  /** Tasks of one superstep that have begun or ended: what was told before of their next attempt is void. */
  readonly #settled = new Set<string>();
  #settledIn = -1;

  /** The superstep that all of this is of; -1 before the first. */
  get superstep(): number {
    return this.#superstep;
  }

  get done(): number {
    return this.#done;
  }

  get failed(): number {
    return this.#failed;
  }

  /** How many attempts failed and were repeated. */
  get retried(): number {
    return this.#retried;
  }

  /** The attempts of those that failed once, and have not ended, by task. */
  get next(): ReadonlyMap<string, NextAttempt> {
    return this.#next;
  }

  add(event: LiveEvent): void {
    switch (event.type) {
      case "task-started":
        this.#settle(event); // a killed process may have begun it
        return;
      case "task-retried":
        this.#at(event.superstep);
        this.#retried += 1;
        this.#next.set(event.task, { attempt: event.attempt + 1, from: event.at + event.delayMs });
        return;
      case "task-finished":
      case "task-failed":
        this.#at(event.superstep);
        this.#settle(event);
        this.#count(event.type === "task-failed");
        return;
      case "task-replayed":
        this.#at(event.superstep);
        this.#count(event.error !== undefined);
        return;
      default:
    }
  }

  /** Takes those of what followed. */
  merge(other: NewestTasks): void {
    for (const task of other.#settled) this.#settle({ task, superstep: other.#settledIn });
    if (other.#superstep < this.#superstep) return;
    this.#at(other.#superstep);
    this.#done += other.#done;
    this.#failed += other.#failed;
    this.#retried += other.#retried;
    for (const [task, next] of other.#next) this.#next.set(task, next);
  }

  #at(superstep: number): void {
    if (superstep === this.#superstep) return;
    this.#superstep = superstep;
    this.#done = this.#failed = this.#retried = 0;
    this.#next = new Map();
  }

  #settle({ task, superstep }: { readonly task: string; readonly superstep: number }): void {
    if (superstep !== this.#settledIn) this.#settled.clear();
    this.#settledIn = superstep;
    this.#settled.add(task);
    this.#next.delete(task);
  }

  #count(failed: boolean): void {
    if (failed) this.#failed += 1;
    else this.#done += 1;
  }
}
