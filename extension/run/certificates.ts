// What the stored checkpoints of a graph's runs are worth under the plan in force, for those who look.
//
// 1. Nothing is compared that nobody has asked for, and nothing on the path of an edit: what is asked for waits its turn.
// 2. Comparing takes a tenth of the time, however many runs there are; who waits for long ones waits a second more at most.
// 3. What was known is shown until what is true now is known.
import type { Certificate } from "../../runtime/certify/certificate.js";
import { toErrorInfo } from "../../runtime/errors.js";
import type { Plan } from "../../runtime/plan/plan.js";
import type { Clock } from "../../runtime/ports.js";
import type { Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import { sumUp, type CertificateSummary } from "./certificate-summary.js";

/** Milliseconds that an edit, or a run that moves on, is given to settle. */
const SETTLE_MS = 100;
/** Milliseconds of rest for each millisecond of comparing (invariant 2). */
const REST = 9;
/** No rest is longer, in milliseconds. */
const LONGEST_REST_MS = 1_000;
/** Runs whose certificates are kept. */
const KEPT = 100;

/** A run, and the checkpoint that it stands at: another one tells that there may be more of them. */
export interface AskedRun {
  readonly id: string;
  readonly head: string | null;
}

/** The certificates of one run. */
export interface RunCertificates {
  /** By checkpoint, newest first. */
  readonly all: ReadonlyMap<string, Certificate>;
  readonly summary: CertificateSummary;
  /** Why there are none: what is stored of the run cannot be read. */
  readonly error?: string;
}

interface Known {
  readonly plan: Plan;
  readonly head: string | null;
  readonly found: RunCertificates;
}

/** Where certificates come from. */
export interface CertificateSource {
  /** The plan in force. */
  plan(): Plan | undefined;
  /** Every checkpoint of a run under a plan, newest first. Throws what reading a store throws. */
  certify(run: string, plan: Plan): readonly Certificate[];
}

/** The certificates of one graph's runs. */
export class Certificates implements Disposable {
  readonly #source: CertificateSource;
  readonly #clock: Pick<Clock, "monotonic" | "after">;
  readonly #changed = new Emitter();
  readonly #known = new Map<string, Known>();
  readonly #asked = new Map<string, AskedRun>();
  #cancel: (() => void) | undefined;
  /** On the monotonic clock. */
  #restsUntil = Number.NEGATIVE_INFINITY;
  #disposed = false;

  /** What was asked for is known now. */
  readonly onDidChange = this.#changed.event;

  constructor(source: CertificateSource, clock: Pick<Clock, "monotonic" | "after">) {
    this.#source = source;
    this.#clock = clock;
  }

  /** What is known of a run; what is not known yet, or not true any more, is found out soon. Who is `urgent` goes first. */
  of(run: AskedRun, urgent = false): RunCertificates | undefined {
    const plan = this.#source.plan();
    if (plan !== undefined && !this.#has(run, plan)) this.#ask(run, urgent);
    return this.known(run.id);
  }

  /** What is true of a run now, found on the spot: for a person who waits for it. */
  now(run: AskedRun): RunCertificates | undefined {
    const plan = this.#source.plan();
    if (plan !== undefined && !this.#has(run, plan)) this.#look(run, plan);
    return this.known(run.id);
  }

  /** What is known of a run, without asking. */
  known(run: string): RunCertificates | undefined {
    return this.#known.get(run)?.found;
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancel?.();
    this.#changed.dispose();
  }

  #isTrue({ id, head }: AskedRun, plan: Plan): boolean {
    const known = this.#known.get(id);
    return known?.plan === plan && known.head === head;
  }

  /** Whether the checkpoints of a run are known: going to another one of them makes no new ones, however many there are. */
  #has({ id, head }: AskedRun, plan: Plan): boolean {
    const known = this.#known.get(id);
    return known?.plan === plan && (known.head === head || (head !== null && known.found.all.has(head)));
  }

  #ask(run: AskedRun, urgent: boolean): void {
    if (this.#disposed) return;
    const others = urgent ? [...this.#asked.values()].filter(({ id }) => id !== run.id) : [];
    if (urgent) this.#asked.clear();
    this.#asked.set(run.id, run);
    for (const other of others) this.#asked.set(other.id, other);
    this.#cancel ??= this.#clock.after(Math.max(SETTLE_MS, this.#rest), () => this.#next());
  }

  #next(): void {
    this.#cancel = undefined;
    const [run] = this.#asked.values();
    const plan = this.#source.plan();
    if (run === undefined || plan === undefined) return this.#asked.clear();
    this.#asked.delete(run.id);
    if (!this.#isTrue(run, plan)) this.#look(run, plan);
    if (this.#asked.size > 0) this.#cancel ??= this.#clock.after(this.#rest, () => this.#next());
  }

  /** Milliseconds that are left of it (invariant 2). */
  get #rest(): number {
    return Math.max(0, this.#restsUntil - this.#clock.monotonic());
  }

  #look({ id, head }: AskedRun, plan: Plan): void {
    const began = this.#clock.monotonic();
    this.#keep(id, { plan, head, found: this.#find(id, plan) });
    const ended = this.#clock.monotonic();
    this.#restsUntil = ended + Math.min(LONGEST_REST_MS, REST * (ended - began));
    this.#changed.fire();
  }

  /** A store that cannot be read says so to who asks, not at each edit. */
  #find(run: string, plan: Plan): RunCertificates {
    try {
      return foundOf(this.#source.certify(run, plan));
    } catch (thrown) {
      return { ...foundOf([]), error: toErrorInfo(thrown, "STORE").message };
    }
  }

  #keep(run: string, known: Known): void {
    this.#known.delete(run);
    this.#known.set(run, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

function foundOf(certificates: readonly Certificate[]): RunCertificates {
  return { all: new Map(certificates.map((each) => [each.checkpoint, each])), summary: sumUp(certificates) };
}
