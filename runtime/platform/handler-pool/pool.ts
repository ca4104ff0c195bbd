// The processes behind a handler host.
//
// Invariants:
// 1. A call waits here until a process takes it; what a process has not begun comes back and keeps its turn.
// 2. A call that no process can be started for ends with the reason; none waits for ever on a pool that cannot start.
// 3. There is a process for each call at work, up to the limit; one that worked and died is replaced at once.
// 4. A call that is looked into with a debugger shares its process with no other: what stands there stands alone.

import { errorInfo, toErrorInfo } from "../../errors.js";
import type { Clock, HandlerCall, HandlerEvents, HandlerInspection, HandlerOutcome } from "../../ports.js";
import type { ChildEnd, ChildEvents, HandlerChild } from "../handler-child.js";
import { choose } from "./choose.js";
import { cancelled, type Job } from "./job.js";
import type { PoolLimits } from "./limits.js";
import { Stops } from "./stops.js";
import type { DeliveryCounters } from "./value-delivery.js";

/** Milliseconds before another try, when a process could not start while others work. */
const RETRY = 1000;

/** What has gone to handler processes. */
export interface HandlerCounters extends DeliveryCounters {
  processes: number;
  calls: number;
  /** Calls that were taken back from a process before they had begun. */
  handedBack: number;
}

/** A module that may be run: as its file is or, with a snapshot, as it was. */
export type CheckedModule = Pick<Job, "url" | "snapshot">;

/** How a pool works. */
export interface PoolSettings {
  readonly limits: PoolLimits;
  readonly counters: HandlerCounters;
  readonly clock: Clock;
  /** Starts a process. */
  start(events: ChildEvents): HandlerChild;
}

/** Places calls in processes, and starts, replaces and ends these. */
export class HandlerPool {
  readonly #settings: PoolSettings;
  readonly #children = new Set<HandlerChild>();
  readonly #places = new Map<Job, HandlerChild>();
  readonly #stops = new Stops((job) => this.#abort(job));
  #queue: Job[] = [];
  #turns = 0;
  #isDispatching = false;
  #stopped: string | undefined;
  #startNoneBefore = 0;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** Calls a handler in a module that was checked. */
  call(
    call: HandlerCall,
    { url, snapshot }: CheckedModule,
    events: HandlerEvents,
    signal: AbortSignal,
    inspection?: HandlerInspection,
  ): Promise<HandlerOutcome> {
    this.#settings.counters.calls += 1;
    return new Promise((resolve) => {
      let isSettled = false;
      const settle = (outcome: HandlerOutcome): void => {
        if (isSettled) return;
        isSettled = true;
        this.#stops.leave(job);
        this.#places.delete(job);
        inspection?.closed();
        resolve(signal.aborted ? cancelled : outcome);
      };
      this.#turns += 1;
      const job: Job = { call, turn: this.#turns, url, snapshot, events, signal, inspection, settle };
      this.#stops.join(job);
      this.#queue.push(job);
      this.#dispatch();
    });
  }

  /** Lets the processes drop the values of a run. */
  release(run: string): void {
    for (const child of this.#children) child.release(run);
  }

  /** Ends every process; resolves when they are gone. */
  async stop(reason: string): Promise<void> {
    this.#stopped = reason;
    const ending = [...this.#children].map((child) => child.kill(reason));
    this.#failAll(() => stopped(reason));
    await Promise.all(ending);
  }

  #abort(job: Job): void {
    const place = this.#places.get(job);
    if (place !== undefined) return place.abort(job);
    this.#queue = this.#queue.filter((waiting) => waiting !== job);
    job.settle(cancelled);
  }

  /** Gives waiting calls to processes that take them, in their order. */
  #dispatch(): void {
    if (this.#isDispatching || this.#stopped !== undefined) return;
    this.#isDispatching = true;
    const { callsPerProcess } = this.#settings.limits;
    const waiting: Job[] = [];
    for (const [place, job] of this.#queue.entries()) {
      const alone = job.inspection !== undefined;
      const exclusive = alone || job.call.exclusive === true;
      const most = alone ? 1 : callsPerProcess; // invariant 4
      const child = choose([...this.#children], most, (each) => each.lacking(job), exclusive);
      if (child !== undefined) {
        this.#places.set(job, child);
        child.take(job);
      } else if (exclusive) {
        waiting.push(job); // others need not wait for a process that it has to itself
      } else {
        waiting.push(...this.#queue.slice(place));
        break;
      }
    }
    this.#queue = waiting;
    this.#isDispatching = false;
    this.#grow();
  }

  /** Invariant 3. */
  #grow(): void {
    const lasting = [...this.#children].filter((child) => child.isLasting);
    if (lasting.length > 0 && this.#settings.clock.monotonic() < this.#startNoneBefore) return;
    const busy = lasting.reduce((sum, child) => sum + Math.max(child.atWork, child.isBlocked ? 1 : 0), this.#queue.length);
    const wanted = Math.min(this.#settings.limits.processes, busy);
    for (let count = lasting.length; count < wanted; count += 1) this.#start();
  }

  #start(): void {
    const { counters } = this.#settings;
    let child: HandlerChild | undefined;
    try {
      child = this.#settings.start({
        changed: () => this.#dispatch(),
        handedBack: (jobs) => this.#takeBack(jobs),
        ended: (end) => {
          if (child !== undefined) this.#children.delete(child);
          this.#replace(end);
        },
      });
      counters.processes += 1;
      this.#children.add(child);
    } catch (thrown) {
      this.#startNoneBefore = this.#settings.clock.monotonic() + RETRY;
      if (!this.#isLasting) this.#failAll(() => ({ ok: false, error: toErrorInfo(thrown, "HANDLER_PROCESS") }));
    }
  }

  #replace({ wasReady, wasUsed, error }: ChildEnd): void {
    if (!wasReady) {
      this.#startNoneBefore = this.#settings.clock.monotonic() + RETRY;
      if (!this.#isLasting) this.#failAll((call) => ({ ok: false, error: error(call) }));
    } else if (wasUsed && this.#stopped === undefined && !this.#isLasting) this.#start();
    this.#dispatch();
  }

  /** Whether a process can take a call, now or soon. */
  get #isLasting(): boolean {
    return [...this.#children].some((child) => child.isLasting);
  }

  /** Invariant 2. */
  #failAll(outcome: (call: HandlerCall) => HandlerOutcome, jobs: readonly Job[] = this.#queue.splice(0)): void {
    for (const job of jobs) job.settle(outcome(job.call));
  }

  /** Invariant 1. */
  #takeBack(jobs: readonly Job[]): void {
    for (const job of jobs) this.#places.delete(job);
    if (this.#stopped !== undefined) return this.#failAll(() => stopped(this.#stopped), jobs);
    this.#settings.counters.handedBack += jobs.length;
    this.#queue.push(...jobs);
    this.#queue.sort((a, b) => a.turn - b.turn);
    this.#dispatch();
  }
}

function stopped(reason = "The handler processes were stopped"): HandlerOutcome {
  return { ok: false, error: errorInfo("HANDLER_PROCESS", `${reason}.`) };
}
