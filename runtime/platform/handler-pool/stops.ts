import type { Job } from "./job.js";

/** Calls back for the jobs at hand when their signal aborts. One listener serves all jobs of a signal, however many it lives to see. */
export class Stops {
  readonly #onAbort: (job: Job) => void;
  readonly #jobs = new WeakMap<AbortSignal, Set<Job>>();

  constructor(onAbort: (job: Job) => void) {
    this.#onAbort = onAbort;
  }

  join(job: Job): void {
    const { signal } = job;
    const known = this.#jobs.get(signal);
    if (known !== undefined) return void known.add(job);
    const jobs = new Set([job]);
    this.#jobs.set(signal, jobs);
    signal.addEventListener("abort", () => [...jobs].forEach(this.#onAbort), { once: true });
  }

  leave(job: Job): void {
    this.#jobs.get(job.signal)?.delete(job);
  }
}
