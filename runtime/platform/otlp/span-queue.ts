// Spans on their way to a collector while runs go on.
//
// 1. Nobody waits for the collector: what it does not take in time is dropped and counted, and at most LIMIT spans wait.
// 2. One request is under way at a time; after one that failed, the next waits longer and longer.
// 3. What went wrong is told once.
import type { Clock } from "../../ports.js";
import type { Span } from "../../trace/otlp/span.js";
import type { Collector } from "./collector.js";

const LIMIT = 4096;
const BATCH = 512;
/** How long spans wait for others to go with them, in milliseconds. */
const GATHER_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** How often one batch is sent. */
const TRIES = 3;

/** A bounded queue before a collector. */
export class SpanQueue {
  readonly #collector: Pick<Collector, "send">;
  readonly #clock: Clock;
  readonly #warn: (message: string) => void;
  readonly #stopped = new AbortController();
  #waiting: Span[] = [];
  #work: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #hurry = false;
  #warned = false;
  #dropped = 0;

  constructor(collector: Pick<Collector, "send">, clock: Clock, warn: (message: string) => void) {
    this.#collector = collector;
    this.#clock = clock;
    this.#warn = warn;
  }

  /** How many spans were not taken. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(spans: readonly Span[]): void {
    if (spans.length === 0) return;
    const room = Math.max(0, LIMIT - this.#waiting.length);
    this.#waiting.push(...spans.slice(0, room));
    if (spans.length > room) this.#lose(spans.length - room, "it does not keep up"); // invariant 1
    this.#work ??= this.#run();
  }

  /** Sends what waits, for at most so many milliseconds; then nothing is sent any more. Never rejects. */
  async close(withinMs: number): Promise<void> {
    this.#hurry = true;
    this.#wake?.();
    const cancel = this.#clock.after(withinMs, () => {
      this.#stopped.abort();
      this.#wake?.();
    });
    await this.#work;
    cancel();
    if (this.#waiting.length > 0) this.#lose(this.#waiting.length, "it did not answer in time");
    this.#waiting = [];
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    let failures = 0;
    let batch: readonly Span[] = [];
    await this.#rest(GATHER_MS);
    while (!this.#stopped.signal.aborted && (batch.length > 0 || this.#waiting.length > 0)) {
      if (batch.length === 0) batch = this.#waiting.splice(0, BATCH);
      const sent = await this.#collector.send(batch, this.#stopped.signal);
      if (sent.ok) {
        if (sent.rejected > 0) this.#lose(sent.rejected, sent.why ?? "it rejected them");
        [batch, failures] = [[], 0];
        continue;
      }
      failures += 1;
      if (!sent.again || failures % TRIES === 0) {
        this.#lose(batch.length, sent.why);
        batch = [];
      }
      if (this.#hurry && failures >= TRIES) break;
      await this.#rest(Math.min(LONGEST_DELAY_MS, sent.afterMs ?? GATHER_MS * 2 ** Math.min(failures, 8)));
    }
    this.#work = undefined;
    if (batch.length > 0) this.#lose(batch.length, "it did not answer in time");
  }

  /** Waits, unless somebody wants to end. */
  async #rest(ms: number): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(this.#hurry ? Math.min(ms, GATHER_MS / 5) : ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = undefined;
  }

  #lose(spans: number, why: string): void {
    this.#dropped += spans;
    if (this.#warned) return;
    this.#warned = true; // invariant 3
    this.#warn(`The trace is not sent whole: ${why}. The run goes on; its trace is in the store.`);
  }
}
