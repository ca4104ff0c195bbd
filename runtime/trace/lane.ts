import type { Clock } from "../ports.js";
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

/** What one of several tasks at work tells, kept until all of them have ended. */
export class Lane implements TraceSink {
  readonly #clock: Clock;
  readonly #listeners: LaneListeners;
  readonly #tokens = new TokenRun();
  readonly #own: LiveEvent[] = [];
  readonly #parts = new Map<number, Lane>();

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
    let part = this.#parts.get(index);
    if (part === undefined) this.#parts.set(index, (part = new Lane(this.#clock, this.#listeners)));
    return part;
  }

  dropParts(from: number): void {
    for (const index of this.#parts.keys()) if (index >= from) this.#parts.delete(index);
  }

  /** All that was told, as it is to be recorded. Nothing may be told after. */
  told(): readonly LiveEvent[] {
    const last = this.#tokens.take();
    const parts = [...this.#parts].toSorted(([a], [b]) => a - b).flatMap(([, part]) => part.told());
    return [...parts, ...this.#own, ...(last === undefined ? [] : [last])];
  }

  #push(event: LiveEvent): void {
    this.#own.push(event);
    this.#listeners.happened(event);
  }
}
