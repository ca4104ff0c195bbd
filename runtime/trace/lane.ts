import { PatchbayError } from "../errors.js";
import type { Clock, Scratch, ScratchPlace } from "../ports.js";
import type { LiveEvent, TraceDraft } from "./event.js";
import { TokenRun, type TokenDraft } from "./token-run.js";

/** Where events are told. */
export interface TraceSink {
  record(draft: TraceDraft): void;
  /** Tells a token at once, and records it joined with those that it follows. */
  emit(token: TokenDraft): void;
  /** Where a part of a task's work tells: that is recorded part after part, by number, and before what the task tells itself. */
  part(index: number): TraceSink;
  /** The parts from this one on do not count: what they have told is not recorded. */
  dropParts(from: number): void;
}

/** Who hears of what happens in a lane. */
export interface LaneListeners {
  /** It happened, and is not recorded yet. */
  readonly happened: (event: LiveEvent) => void;
  readonly tell: (event: LiveEvent) => void;
}

/** What one of several tasks at work tells, kept until all of them have ended: in memory, or beside it. */
export class Lane implements TraceSink {
  readonly #clock: Clock;
  readonly #listeners: LaneListeners;
  readonly #tokens = new TokenRun();
  /** What came before `#own`, in pieces. */
  #beside: ScratchPlace[] | undefined;
  #own: LiveEvent[] = [];
  #parts: Map<number, Lane> | undefined;

  constructor(clock: Clock, listeners: LaneListeners) {
    this.#clock = clock;
    this.#listeners = listeners;
  }

  record(draft: TraceDraft): void {
    const joined = this.#tokens.take();
    if (joined !== undefined) this.#push(joined);
    const event: LiveEvent = { ...draft, at: this.#clock.now() };
    this.#push(event);
    this.#listeners.tell(event);
  }

  emit(token: TokenDraft): void {
    const live = { ...token, at: this.#clock.now() };
    const full = this.#tokens.add(live);
    if (full !== undefined) this.#push(full);
    this.#listeners.tell(live);
  }

  part(index: number): TraceSink {
    this.#parts ??= new Map<number, Lane>();
    let part = this.#parts.get(index);
    if (part === undefined) this.#parts.set(index, (part = new Lane(this.#clock, this.#listeners)));
    return part;
  }

  dropParts(from: number): void {
    for (const index of this.#parts?.keys() ?? []) if (index >= from) this.#parts?.delete(index);
  }

  /** Takes what it holds out of memory. Where there is no room for it, it holds it on. Gives how many events it holds. */
  putAside(scratch: Scratch): number {
    let held = 0;
    for (const part of this.#parts?.values() ?? []) held += part.putAside(scratch);
    if (this.#own.length === 0) return held;
    try {
      const place = scratch.write(JSON.stringify(this.#own));
      (this.#beside ??= []).push(place);
      this.#own = [];
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
    }
    return held + this.#own.length;
  }

  /** All that was told, as it is to be recorded. Nothing may be told after. Throws `STORE` where what was put aside cannot be read. */
  *told(scratch: Scratch | undefined): Generator<LiveEvent, void, void> {
    const last = this.#tokens.take();
    if (last !== undefined) this.#own.push(last);
    for (const [, part] of [...(this.#parts ?? [])].toSorted(([a], [b]) => a - b)) yield* part.told(scratch);
    for (const place of this.#beside ?? []) if (scratch !== undefined) yield* JSON.parse(scratch.read(place)) as LiveEvent[];
    yield* this.#own;
  }

  #push(event: LiveEvent): void {
    this.#own.push(event);
    this.#listeners.happened(event);
  }
}
