import type { StoredTask } from "../checkpoint/checkpoint.js";
import type { ErrorInfo } from "../errors.js";

/** An attempt that has failed, and that another one follows. */
export interface FailedAttempt {
  readonly task: StoredTask;
  /** From 1. */
  readonly attempt: number;
  readonly error: ErrorInfo;
}

/** The attempts of tasks at which somebody stopped the run: it goes on with the next one. They are held in memory alone. */
export class Retries {
  readonly #made = new Map<string, number>();
  readonly #stops: (failed: FailedAttempt) => boolean;

  /** `stops`: whether the run stops there. */
  constructor(stops: (failed: FailedAttempt) => boolean) {
    this.#stops = stops;
  }

  /** An attempt has failed. Whether the run stops there. */
  failed(task: StoredTask, attempt: number, error: ErrorInfo): boolean {
    const stops = this.#stops({ task, attempt, error });
    if (stops) this.#made.set(task.id, attempt);
    return stops;
  }

  /** The attempts that a task has made, once: where it waits in the middle of the next one, it goes on with that. */
  take(task: string): number {
    const made = this.#made.get(task) ?? 0;
    this.#made.delete(task);
    return made;
  }

  /** The run stands elsewhere. */
  clear(): void {
    this.#made.clear();
  }
}
