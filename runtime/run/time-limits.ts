import { errorInfo, type ErrorInfo } from "../errors.js";
import type { Awaitable } from "../model/awaitable.js";
import type { Timeouts } from "../model/policies.js";
import type { Clock } from "../ports.js";

/** How long work that ran out of time may take to notice, in milliseconds, before it is given up. */
const GRACE_MS = 5_000;

/** Work that ends soon after its signal is aborted; `alive` is called whenever it shows a sign of life. */
type LimitedWork<Outcome> = (signal: AbortSignal, alive: () => void) => Awaitable<Outcome>;

interface TimedOut {
  readonly type: "failed";
  readonly error: ErrorInfo;
}

/**
 * Does work within limits. When one is passed the work is aborted, and the outcome is `TIMED_OUT` whatever it still brings: a
 * late write is dropped. Resolves when the work has ended, so that what is tried next does not run beside it.
 */
export async function withinLimits<Outcome>(
  limits: Timeouts,
  node: string,
  clock: Clock,
  outer: AbortSignal,
  work: LimitedWork<Outcome>,
): Promise<Outcome | TimedOut> {
  if (limits.runMs === undefined && limits.idleMs === undefined) return work(outer, () => {});
  const watch = new TimeWatch(limits, node, clock, outer);
  try {
    const outcome = await Promise.race([work(watch.signal, watch.alive), watch.givenUp]);
    return watch.expired === undefined ? outcome : { type: "failed", error: watch.expired };
  } finally {
    watch.end();
  }
}

class TimeWatch {
  readonly alive: () => void;
  readonly givenUp: Promise<TimedOut>;
  readonly #clock: Clock;
  readonly #node: string;
  readonly #abort = new AbortController();
  readonly #outer: AbortSignal;
  readonly #stop = (): void => this.#abort.abort();
  #giveUp: (outcome: TimedOut) => void = () => {};
  #cancelRun = (): void => {};
  #cancelIdle = (): void => {};
  #lastSign: number;
  #expired: ErrorInfo | undefined;

  constructor({ runMs, idleMs }: Timeouts, node: string, clock: Clock, outer: AbortSignal) {
    this.#clock = clock;
    this.#node = node;
    this.#outer = outer;
    this.#lastSign = clock.monotonic();
    this.givenUp = new Promise((resolve) => (this.#giveUp = resolve));
    this.alive = () => void (this.#lastSign = clock.monotonic());
    if (outer.aborted) this.#stop();
    else outer.addEventListener("abort", this.#stop);
    if (runMs !== undefined) this.#cancelRun = clock.after(runMs, () => this.#expire(`did not end within ${runMs} ms`, "run", runMs));
    if (idleMs !== undefined) this.#watchIdle(idleMs, idleMs);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get expired(): ErrorInfo | undefined {
    return this.#expired;
  }

  end(): void {
    this.#outer.removeEventListener("abort", this.#stop);
    this.#cancelRun();
    this.#cancelIdle();
  }

  /** Looks again when the last sign of life could be too old; signs themselves cost nothing. */
  #watchIdle(idleMs: number, ms: number): void {
    this.#cancelIdle = this.#clock.after(ms, () => {
      const left = this.#lastSign + idleMs - this.#clock.monotonic();
      if (left > 0) this.#watchIdle(idleMs, left);
      else this.#expire(`reported nothing for ${idleMs} ms`, "idle", idleMs);
    });
  }

  #expire(what: string, limit: "run" | "idle", ms: number): void {
    if (this.#abort.signal.aborted) return;
    this.end();
    const error = errorInfo("TIMED_OUT", `Node "${this.#node}" ${what}.`, { node: this.#node, limit, ms });
    this.#expired = error;
    this.#abort.abort();
    this.#cancelRun = this.#clock.after(GRACE_MS, () => this.#giveUp({ type: "failed", error }));
  }
}
