// The trace of one run. Two orders, kept apart:
//
// 1. What is recorded is numbered and kept. Its order depends on the results of tasks, never on who finished first: what tasks at
//    work tell is numbered when all of them have ended, in task order.
// 2. Live listeners are told everything once, at the moment it happens.
// 3. Memory holds a bounded number of events, however many there are: the newest; what is not saved yet, until it is so many that it is
//    saved between two checkpoints; what tasks at work have told, until it is so many that it is put aside.
import type { Clock, Scratch } from "../ports.js";
import type { LiveEvent, TraceDraft, TraceEvent } from "./event.js";
import { Lane, type TraceSink } from "./lane.js";
import { TokenRun, type TokenDraft } from "./token-run.js";

/** So many of the newest events are kept in memory. */
export const TAIL_LIMIT = 5000;
/** So many that are not saved are held, and so many of tasks at work. */
const UNSAVED_LIMIT = 1024;
const LANES_LIMIT = 4096;

/** What a recorder may be given. */
export interface RecorderServices {
  readonly clock: Clock;
  /** Makes room for one run. Absent: what tasks at work tell stays in memory. */
  readonly scratch?: () => Scratch;
}

/** Numbers and times the events of one run; keeps a bounded tail in memory and what the store does not have yet. */
export class TraceRecorder implements TraceSink {
  readonly #clock: Clock;
  readonly #newScratch: (() => Scratch) | undefined;
  #scratch: Scratch | undefined;
  readonly #live = new Set<(event: LiveEvent) => void>();
  readonly #recorded = new Set<(event: TraceEvent) => void>();
  /** What each task at work has told, in task order. */
  #lanes: Lane[] = [];
  /** How many events of theirs are in memory, as far as they can be put aside. */
  #laned = 0;
  /** The newest of the same, in the order it happened. */
  #unnumbered: LiveEvent[] = [];
  /** How many came before those. */
  #unnumberedBefore = 0;
  /** Tokens that are told and not recorded. */
  readonly #tokens = new TokenRun();
  #seq: number;
  /** The end of what led to where this one began, until somebody looks, or nobody needs it any more. */
  #before: (() => readonly TraceEvent[]) | undefined;
  #tail: TraceEvent[] = [];
  #unsaved: TraceEvent[] = [];
  #full: () => void = () => undefined;

  /** `before`: reads the newest events of the lineage so far, when somebody looks; `seq`: the last number that the run has used. */
  constructor({ clock, scratch }: RecorderServices, before?: () => readonly TraceEvent[], seq = 0) {
    this.#clock = clock;
    this.#newScratch = scratch;
    this.#seq = seq;
    this.#before = before;
  }

  record(draft: TraceDraft): void {
    this.#recordTokens();
    const event: TraceEvent = { ...draft, at: this.#clock.now(), seq: this.#seq + 1 }; // the engine is quick at a spread that comes first
    this.#keep(event);
    this.#tell(event);
  }

  emit(token: TokenDraft): void {
    const live = { ...token, at: this.#clock.now() };
    const full = this.#tokens.add(live);
    if (full !== undefined) this.#keep({ ...full, seq: this.#seq + 1 });
    this.#tell(live);
  }

  /** A lane of its own for a task that starts: what is told there is recorded by `settle`. Lanes are opened in task order. */
  openLane(): TraceSink {
    const lane = new Lane(this.#clock, { happened: (event) => this.#happened(event), tell: (event) => this.#tell(event) });
    this.#lanes.push(lane);
    return lane;
  }

  /** Parts of a task that has no lane are recorded as they tell. */
  part(): TraceSink {
    return this;
  }

  dropParts(): void {}

  /** Nothing is at work any more: records what the lanes hold, lane after lane. */
  settle(): void {
    if (this.#lanes.length === 0) return;
    const lanes = this.#lanes;
    this.#lanes = [];
    this.#unnumbered = [];
    this.#unnumberedBefore = this.#laned = 0;
    try {
      for (const lane of lanes) for (const event of lane.told(this.#scratch)) this.#keep({ ...event, seq: this.#seq + 1 });
    } finally {
      this.#scratch?.clear();
    }
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  /** The newest events of the lineage, oldest first: at least the last 5,000 where there are so many. */
  get tail(): readonly TraceEvent[] {
    if (this.#before !== undefined) {
      this.#tail = [...this.#before().slice(-TAIL_LIMIT), ...this.#tail];
      this.#before = undefined;
    }
    return this.#tail.slice();
  }

  /**
   * The newest of what tasks at work have told so far, in the order it happened: the last 5,000 where there are so many. The numbers go on
   * from the tail's, and are not final.
   */
  get unsettled(): readonly TraceEvent[] {
    const before = this.#seq + this.#unnumberedBefore + 1;
    return this.#unnumbered.map((event, index) => ({ ...event, seq: before + index }));
  }

  /** How many events are in memory. */
  get held(): number {
    return this.#tail.length + this.#unsaved.length + this.#unnumbered.length + this.#laned;
  }

  /**
   * Hands over what has not been saved; it counts as saved once that has returned. `numbered`: without the tokens that others may still be
   * joined with.
   */
  handOver<Result>(save: (unsaved: readonly TraceEvent[]) => Result, which: "all" | "numbered" = "all"): Result {
    if (which === "all") this.#recordTokens();
    const result = save(this.#unsaved);
    this.#unsaved = [];
    return result;
  }

  /** Who has what is held handed over when it has become much. */
  whenFull(save: () => void): void {
    this.#full = save;
  }

  /** Goes on from another moment of the history, whose newest events are read when somebody looks; numbers keep growing. */
  rewind(before: () => readonly TraceEvent[]): void {
    this.#before = before;
    this.#tail = [];
  }

  /** Calls back with each event as it happens; the returned function ends that. */
  onEvent(listener: (event: LiveEvent) => void): () => void {
    this.#live.add(listener);
    return () => this.#live.delete(listener);
  }

  /** Calls back with each event as it is recorded, in the order of their numbers; the returned function ends that. */
  onRecord(listener: (event: TraceEvent) => void): () => void {
    this.#recorded.add(listener);
    return () => this.#recorded.delete(listener);
  }

  #recordTokens(): void {
    const joined = this.#tokens.take();
    if (joined !== undefined) this.#keep({ ...joined, seq: this.#seq + 1 });
  }

  #keep(event: TraceEvent): void {
    this.#seq = event.seq;
    this.#unsaved.push(event);
    if (this.#unsaved.length % UNSAVED_LIMIT === 0) this.#full(); // 3; where that fails, at the next so many
    this.#tail.push(event);
    if (this.#tail.length > 2 * TAIL_LIMIT) [this.#tail, this.#before] = [this.#tail.slice(-TAIL_LIMIT), undefined];
    for (const listener of this.#recorded) listener(event);
  }

  /** Invariant 3. */
  #happened(event: LiveEvent): void {
    this.#unnumbered.push(event);
    if (this.#unnumbered.length > 2 * TAIL_LIMIT) {
      this.#unnumberedBefore += this.#unnumbered.length - TAIL_LIMIT;
      this.#unnumbered = this.#unnumbered.slice(-TAIL_LIMIT);
    }
    this.#laned += 1;
    if (this.#laned % LANES_LIMIT !== 0) return;
    const scratch = (this.#scratch ??= this.#newScratch?.());
    if (scratch === undefined) return;
    this.#laned = this.#lanes.reduce((held, lane) => held + lane.putAside(scratch), 0);
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#live) listener(event);
  }
}
