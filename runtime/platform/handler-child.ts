// One handler process, seen from its parent, and the calls in it.
//
// Invariants:
// 1. Every call that it is given ends with exactly one outcome or is handed back, whatever the process does.
// 2. A call is handed back only when it is certain that it has not begun: no handler runs twice for one call.
// 3. A call that must go (it does not stop, it left an error uncaught) takes others with it only when they do not end in time.

import type { ErrorInfo } from "../errors.js";
import type { Clock, HandlerCall, HandlerOutcome } from "../ports.js";
import { exitError } from "./exit-error.js";
import type { Candidate } from "./handler-pool/choose.js";
import { InspectorLink } from "./handler-pool/inspector.js";
import { isInspectorTalk } from "./handler-pool/inspector-talk.js";
import { cancelled, type Job, nameOf } from "./handler-pool/job.js";
import type { PoolLimits } from "./handler-pool/limits.js";
import { ModuleDelivery } from "./handler-pool/module-delivery.js";
import { isOutcome } from "./handler-pool/read-message.js";
import { type Ended, ProcessLink, type ProcessSettings } from "./handler-pool/process-link.js";
import { Pulse } from "./handler-pool/pulse.js";
import { type Delivery, type DeliveryCounters, ValueDelivery } from "./handler-pool/value-delivery.js";
import { TAKEN_UP, type Work, WorkList } from "./handler-pool/work-list.js";
import type { FromProcess, LogLevel } from "./handler-process/messages.js";
import { Assembler } from "./transfer/assembler.js";

/** Milliseconds for the answer to asking calls back from a process that is to be ended. */
const HANDED_BACK = 50;
/** Lines of output that are passed on until there is a rest. */
const LINES = 10_000;
/** A process has had a rest when it printed nothing for so many milliseconds. */
const REST_MS = 1_000;
/** Milliseconds of silence after which the calls in a process are told. */
const SILENCE_TOLD = 10_000;

/** Why a process is ended that sends what its program never does. */
const MALFORMED = "It was ended because something in it sent messages of its own to its host";

/** What a process is given besides the settings that it is started with. */
export interface ChildSettings extends ProcessSettings {
  readonly pool: PoolLimits;
  readonly counters: DeliveryCounters;
  /** Output that belongs to no single call. */
  readonly onOutput: (level: LogLevel, line: string) => void;
}

/** What the pool is told. */
export interface ChildEvents {
  /** It may take more calls than before. */
  changed(): void;
  /** Jobs that it was given and that have not begun. */
  handedBack(jobs: readonly Job[]): void;
  ended(end: ChildEnd): void;
}

/** The end of a process. */
export interface ChildEnd {
  /** Whether it had started. */
  readonly wasReady: boolean;
  /** Whether it was given a call. */
  readonly wasUsed: boolean;
  /** What it means for a call. */
  readonly error: (call: HandlerCall) => ErrorInfo;
}

interface Fatal {
  readonly error: ErrorInfo;
  /** The call that it happened in, if that is known. */
  readonly id?: number;
}

/** A running handler process and the calls at work in it. */
export class HandlerChild implements Candidate {
  readonly #settings: ChildSettings;
  readonly #events: ChildEvents;
  readonly #clock: Clock;
  readonly #link: ProcessLink;
  readonly #values: ValueDelivery;
  readonly #modules: ModuleDelivery;
  readonly #pulse: Pulse;
  readonly #works = new WorkList();
  readonly #timers = new Set<() => void>();
  #stage: "starting" | "ready" | "retiring" | "ending" = "starting";
  #wasReady = false;
  #isBlocked = false;
  #isWatchingTakeUp = false;
  #toldSilence = false;
  #reason: string | undefined;
  #fatal: Fatal | undefined;
  #leaving = false;
  #printed = 0;
  /** When it printed last, in milliseconds. */
  #printedAt = -Infinity;

  constructor(settings: ChildSettings, events: ChildEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#clock = settings.clock;
    this.#link = new ProcessLink(settings, {
      message: (message) => this.#receive(message),
      malformed: () => this.#end(MALFORMED),
      handedBack: (ids) => this.#handBack(ids),
      exhausted: () => this.#end("It ran out of memory"),
      output: (level, line) => this.#output(level, line),
      ended: (end) => this.#ended(end),
    });
    this.#values = new ValueDelivery(this.#link, settings.pool.cacheBytes, settings.counters);
    this.#modules = new ModuleDelivery(this.#link);
    this.#pulse = new Pulse(
      this.#clock,
      {
        isBusy: () => this.#works.size > 0 && this.#stage !== "ending",
        ping: () => this.#link.send({ type: "ping" }),
        silent: (ms) => this.#silent(ms),
      },
      settings.pool.stuckAfter,
    );
  }

  get atWork(): number {
    return this.#works.size;
  }

  get exclusive(): number {
    return this.#works.exclusive;
  }

  get awaited(): number {
    return this.#works.awaited;
  }

  get ahead(): number {
    return this.#works.ahead;
  }

  get accepts(): boolean {
    return this.#stage === "ready" && !this.#isBlocked && !this.#isInspected;
  }

  /** A call in it stands, or may stand, in a debugger. */
  get #isInspected(): boolean {
    for (const { job } of this.#works) if (job.inspection !== undefined) return true;
    return false;
  }

  /** Whether something keeps it from taking up calls. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** Whether it takes calls, now or once it has started or has let go of what blocks it. */
  get isLasting(): boolean {
    return this.#stage === "starting" || this.#stage === "ready";
  }

  /** Bytes, roughly, of values that a call reads and the process lacks. */
  lacking({ call }: Job): number {
    return this.#values.lacking(call);
  }

  /** Takes a call that it has been chosen for. */
  take(job: Job): void {
    const work = this.#works.add(job);
    if (this.#works.size === 1) this.#hold();
    this.#pulse.watch();
    this.#whenArrived(work, this.#values.deliver(job.call), (delivery) => this.#sendCall(work, delivery));
  }

  /** Stops a call: by its signal, in the end by force. */
  abort(job: Job): void {
    const work = this.#works.of(job);
    if (work === undefined) return;
    const { signs } = this.#pulse;
    if (work.stage === "awaited") this.#link.askBack([work.id]);
    this.#link.send({ type: "abort", id: work.id });
    this.#link.send({ type: "ping" });
    work.cancelKill = this.#clock.after(this.#settings.pool.grace, () => {
      const reason = `It was ended because ${nameOf(job.call)} did not stop when it was asked to`;
      this.#condemn(work, reason, this.#pulse.signs > signs);
    });
  }

  /** Lets the process drop the values of a run. */
  release(run: string): void {
    this.#values.release(run);
  }

  /** Ends the process; resolves when it is gone. Calls in flight end with `reason`. */
  kill(reason: string): Promise<void> {
    this.#stage = "ending";
    this.#reason ??= reason;
    this.#pulse.stop();
    return this.#link.kill();
  }

  #receive(message: FromProcess): void {
    this.#heard();
    switch (message.type) {
      case "ready":
        this.#wasReady = true;
        if (this.#stage === "starting") this.#stage = "ready";
        this.#hold();
        return this.#events.changed();
      case "missing":
        return this.#resend(message.id, message.channels);
      case "begun":
        for (const id of message.ids) this.#works.begun(id);
        return this.#events.changed();
      case "log":
        return this.#works.get(message.id)?.job.events.log(message.level, message.message);
      case "progress":
        return this.#works.get(message.id)?.job.events.progress(message.fraction, message.message);
      case "emit":
        return this.#works.get(message.id)?.job.events.emit(message.value);
      case "done":
        return this.#done(message.id, message.outcome);
      case "slice":
        return this.#outcomeOf(message.id).take(message.slice);
      case "inspectable":
        return void this.#inspect(message.id, message.address);
      case "assembled":
        return this.#assembled(message.id);
      case "worn":
        return this.#retire();
      case "fatal":
        return this.#uncaught(message);
      case "leaving":
        this.#leaving = true;
        this.#stage = "ending";
        return;
      case "checked":
      case "pong":
        return;
    }
  }

  #heard(): void {
    this.#pulse.heard();
    this.#toldSilence = false;
    if (!this.#isBlocked) return;
    this.#isBlocked = false;
    this.#hold();
    this.#events.changed();
  }

  /** A call stands, for a debugger to come. */
  async #inspect(id: number, address: string): Promise<void> {
    try {
      if (this.#works.get(id)?.job.inspection === undefined) return; // nobody has asked for it
      const link = await InspectorLink.breakAtHandler(address);
      const work = this.#works.get(id);
      if (work === undefined) return link.close();
      work.link = link;
      work.job.inspection?.opened(address, () => link.release());
    } catch (thrown) {
      if (this.#works.get(id) !== undefined)
        this.#end(`It cannot be debugged: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }

  /** Calls `go` when the large values that a call needs have arrived, at once if there are none; not if the call has ended by then. */
  #whenArrived(work: Work, delivery: Delivery, go: (delivery: Delivery) => void): void {
    if (delivery.arriving === undefined) go(delivery);
    else void delivery.arriving.then(() => this.#works.get(work.id) === work && go(delivery));
  }

  #sendCall(work: Work, { values, bytes }: Delivery): void {
    const { id, job } = work;
    if (job.signal.aborted) return this.#done(id, cancelled);
    const { exportName, run, input, attempt, idempotencyKey, answers, error, lastAttempt, returns, fold } = job.call;
    if (job.snapshot !== undefined) this.#modules.deliver(job.snapshot);
    const channels = Object.fromEntries(Object.entries(job.call.channels).map(([name, { version }]) => [name, version]));
    const more = {
      ...(job.snapshot === undefined ? {} : { version: job.snapshot.version }),
      ...(input === undefined ? {} : { input }),
      ...(error === undefined ? {} : { error }),
      ...(lastAttempt === undefined ? {} : { lastAttempt }),
      ...(returns === undefined ? {} : { returns }),
      ...(fold === undefined ? {} : { fold }),
      ...(job.inspection === undefined ? {} : { inspect: true as const }),
    };
    const named = { id, module: job.url, exportName, run, attempt, idempotencyKey };
    this.#link.send({ type: "call", ...named, channels, values, answers, ...more }, bytes);
    this.#works.sent(work, this.#clock.monotonic());
    this.#watchTakeUp();
  }

  #resend(id: number, channels: readonly string[]): void {
    const work = this.#works.get(id);
    if (work === undefined) return;
    this.#whenArrived(work, this.#values.redeliver(work.job.call, channels), ({ values, bytes }) =>
      this.#link.send({ type: "resend", id, values }, bytes),
    );
  }

  #assembled(id: number): void {
    const { value } = this.#outcomeOf(id);
    if (isOutcome(value)) this.#done(id, value);
    else this.#end(MALFORMED);
  }

  #outcomeOf(id: number): Assembler {
    const work = this.#works.get(id);
    const outcome = work?.outcome ?? new Assembler();
    if (work !== undefined) work.outcome = outcome;
    return outcome;
  }

  #done(id: number, outcome: HandlerOutcome): void {
    const work = this.#works.done(id, this.#clock.monotonic());
    this.#settled();
    work?.job.settle(outcome);
    this.#events.changed();
  }

  /** A call has gone. */
  #settled(): void {
    if (this.#works.size === 0) this.#hold();
    this.#endIfIdle();
  }

  /** A process that is blocked by one call must not hold the others that it was given (invariant 2). */
  #watchTakeUp(): void {
    if (this.#isWatchingTakeUp) return;
    this.#isWatchingTakeUp = true;
    this.#after(TAKEN_UP, () => {
      this.#isWatchingTakeUp = false;
      if (this.#stage !== "ending" && !this.#isInspected && this.#works.isLate(this.#clock.monotonic())) this.#blocked();
      if (this.#works.awaited > 0) this.#watchTakeUp();
    });
  }

  #blocked(): void {
    this.#isBlocked = true;
    this.#hold();
    this.#link.send({ type: "ping" }); // its answer tells that it is over
    this.#link.askBack(this.#works.blocked());
  }

  #handBack(ids: readonly number[]): void {
    const jobs = ids.flatMap((id) => this.#works.remove(id)?.job ?? []);
    for (const job of jobs) if (job.signal.aborted) job.settle(cancelled);
    this.#settled();
    this.#events.handedBack(jobs.filter(({ signal }) => !signal.aborted));
  }

  #silent(ms: number): void {
    if (this.#isInspected) return; // a breakpoint is no endless loop
    if (!this.#isBlocked) this.#blocked();
    if (ms >= this.#settings.pool.stuckAfter) this.#end(`${this.#works.names()} has kept it busy for ${seconds(ms)} without a pause`);
    if (ms < SILENCE_TOLD || this.#toldSilence) return;
    this.#toldSilence = true;
    for (const { job } of this.#works)
      job.events.log("warn", `The handler process has not answered for ${seconds(ms)}: a handler keeps it busy without a pause.`);
  }

  #uncaught({ error, id }: Fatal): void {
    const work = id === undefined ? undefined : this.#works.get(id);
    if (id === undefined) {
      this.#fatal ??= { error };
      this.#stage = "ending"; // by itself
    } else if (work === undefined) this.#retire();
    else {
      this.#fatal ??= { error, id };
      this.#link.send({ type: "abort", id });
      this.#condemn(work, `It was ended because of an error in ${nameOf(work.job.call)} that nothing caught`, true);
    }
  }

  /** Invariant 3. */
  #condemn(work: Work, reason: string, answers: boolean): void {
    work.condemned = true;
    this.#reason ??= reason;
    if (!answers) return this.#end(reason);
    this.#after(this.#settings.pool.patience, () => this.#stage !== "ending" && void this.kill(reason));
    this.#retire();
  }

  /** Takes no further call, and ends when those at work in it are done. */
  #retire(): void {
    if (this.#stage === "ending") return;
    this.#stage = "retiring";
    this.#link.askBack(this.#works.awaitedIds());
    this.#endIfIdle();
    this.#events.changed();
  }

  /** Ends a process that is to go, when nothing in it is worth waiting for. */
  #endIfIdle(): void {
    if (this.#stage !== "retiring") return;
    for (const { condemned } of this.#works) if (!condemned) return;
    void this.kill("It was replaced");
  }

  /** Ends the process, first asking back what has not begun. */
  #end(reason: string): void {
    this.#reason ??= reason;
    if (this.#works.awaited === 0) return void this.kill(reason);
    this.#stage = "retiring";
    this.#link.askBack(this.#works.awaitedIds());
    this.#after(HANDED_BACK, () => void this.kill(reason));
  }

  #ended(end: Ended): void {
    this.#stage = "ending";
    this.#pulse.stop();
    for (const cancel of this.#timers) cancel();
    const back: Job[] = [];
    for (const { id, job, stage } of this.#works) {
      this.#works.remove(id);
      const hasNotBegun = stage === "arriving" || (stage === "awaited" && this.#leaving); // invariant 2
      if (hasNotBegun && !job.signal.aborted) back.push(job);
      else job.settle({ ok: false, error: this.#errorOf(end, job.call, id) });
    }
    if (back.length > 0) this.#events.handedBack(back);
    this.#events.ended({
      wasReady: this.#wasReady,
      wasUsed: this.#works.wasUsed,
      error: (call) => this.#errorOf(end, call, undefined),
    });
  }

  /** What left the error uncaught is told that error, the others that it was another call's. */
  #errorOf({ exitCode, signal, fault, output }: Ended, call: HandlerCall, id: number | undefined): ErrorInfo {
    const isCulprit = this.#fatal !== undefined && (this.#fatal.id === undefined || this.#fatal.id === id);
    const why = isCulprit ? { fatal: this.#fatal?.error, reason: undefined } : { fatal: undefined, reason: fault ?? this.#reason };
    return exitError({ call, exitCode, signal, output, ...why });
  }

  /** A timer that ends with the process. */
  #after(ms: number, callback: () => void): void {
    const cancel = this.#clock.after(ms, () => {
      this.#timers.delete(cancel);
      callback();
    });
    this.#timers.add(cancel);
  }

  /** Something waits for the process: a call in it, or one in the pool for the process to answer. */
  #hold(): void {
    if (this.#stage !== "ending") this.#link.hold(this.#works.size > 0 || this.#isBlocked);
  }

  /** What is printed belongs to the only call at work, else to none. A flood is cut off until the process has had a rest. */
  #output(level: LogLevel, line: string): void {
    if (level === "warn" && isInspectorTalk(line)) return;
    const now = this.#clock.monotonic();
    if (now - this.#printedAt >= REST_MS) this.#printed = 0; // not when a call ends: what it printed may arrive after its answer
    this.#printedAt = now;
    this.#printed += 1;
    if (this.#printed > LINES) return;
    const [only] = this.#works.size === 1 ? this.#works : [];
    const log = only === undefined ? this.#settings.onOutput : only.job.events.log.bind(only.job.events);
    log(level, line);
    if (this.#printed === LINES) log("warn", `The handler process has printed ${LINES} lines; the rest is left out.`);
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
