import { namesIn, type Checkpoint, type PendingResult, type SkippedWrites, type SuperstepWrites } from "../checkpoint/checkpoint.js";
import type { Saving } from "../checkpoint/policy.js";
import { weighInputs, weighWrites } from "../checkpoint/weigh-writes.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { wentOnElsewhere } from "../checkpoint/store-errors.js";
import { PatchbayError } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import type { Clock, Ids } from "../ports.js";
import type { TraceEvent } from "../trace/event.js";
import type { TraceRecorder } from "../trace/recorder.js";
import { defaultDurability, mayWait, type Durability } from "./durability.js";
import type { KeptItems } from "./kept-items.js";
import type { Snapshot } from "./snapshot.js";

/** A base is not worth writing for less than this many bytes of deltas. */
const SMALLEST_CHAIN_BYTES = 4096;

/** A superstep that was finished, with the revision that it ran under. */
type Finished = SuperstepWrites & { readonly revision: string };

/** Where a ledger stood at the end of a superstep that was not saved. */
export interface LedgerPlace {
  readonly head: string;
  /** The first `count` are what was unsaved then; the list may have grown since. */
  readonly unsaved: readonly Finished[];
  readonly count: number;
  readonly skipped: SkippedWrites | undefined;
  /** The next checkpoint had to be a base. */
  readonly based: boolean;
}

// 1. Memory is never beside the store, only ahead of it. What cannot be written (a full disk, a file that is busy) is held, by the store or
//    here, and what is done meanwhile is whole; the run stops where it would go on next, says so, and goes on once all of it is written.
// 2. One session writes a run at a time. The numbers of its trace tell whether another one has: then nothing runs.
/**
 * Writes a run's history: one checkpoint at a time, each a delta on its parent, and a new base whenever the deltas since the
 * last one outweigh it, so that neither a checkpoint nor a rebuild costs what the history is long.
 */
export class Ledger {
  readonly #run: string;
  readonly #store: CheckpointStore;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #durability: Durability;
  readonly #trace: TraceRecorder;
  #head: string | null;
  #baseBytes = 0;
  /** Bytes of deltas since the base; undefined: the next checkpoint must be a base. */
  #deltaBytes: number | undefined;
  /** What supersteps wrote that no checkpoint has, oldest first. */
  #unsaved: Finished[] = [];
  /** What was let go of it: the next checkpoint says so. */
  #skipped: SkippedWrites | undefined;
  /** Memory that it takes, roughly, but for the oldest. */
  #unsavedBytes = 0;
  /** Supersteps that were finished since the head. */
  #behind = 0;
  /** What was tried last and could not be written. */
  #fault: PatchbayError | undefined;
  /** What the store refused for good: the run is not what it has any more. */
  #lost: PatchbayError | undefined;
  /** The store does not know yet that the run has gone to its head. */
  #isMoved = false;
  /** What checkpoints name and the store does not have yet. */
  readonly #owed: (() => void)[] = [];
  /** The number of the last event that the store was given. */
  #handed: number;

  constructor(
    run: string,
    services: { readonly store: CheckpointStore; readonly clock: Clock; readonly ids: Ids; readonly durability?: Durability },
    trace: TraceRecorder,
    head: string | null,
  ) {
    this.#run = run;
    this.#store = services.store;
    this.#clock = services.clock;
    this.#ids = services.ids;
    this.#durability = services.durability ?? defaultDurability;
    this.#trace = trace;
    this.#head = head;
    this.#handed = trace.seq;
  }

  /** The checkpoint that the run stands at. Throws before the first. */
  get head(): string {
    if (this.#head === null) throw new Error("The run has no checkpoint yet.");
    return this.#head;
  }

  /** How many supersteps were finished since the checkpoint that the run stands at. */
  get behind(): number {
    return this.#behind;
  }

  /** Bytes that was written since then, roughly. */
  get unsavedBytes(): number {
    return this.#unsavedBytes;
  }

  /**
   * A superstep has finished; what it wrote is in the next checkpoint. What is held until then never outweighs the state: where it
   * would, the next checkpoint is a base and holds no more than the last superstep's.
   */
  finished({ frontier, channels, lastWrites }: Snapshot, revision: string): void {
    const { superstep, routed } = frontier;
    this.#behind += 1;
    if (this.#unsaved.length > 0) this.#unsavedBytes += weighWrites(lastWrites) + weighInputs(routed);
    if (this.#unsavedBytes > Math.max(SMALLEST_CHAIN_BYTES, channels.bytes)) {
      const skipped = withSkipped(this.#skipped, this.#unsaved);
      this.#forgetUnsaved();
      this.#skipped = skipped;
      this.rebase();
    }
    this.#unsaved.push({ superstep, delta: lastWrites, routed, revision });
  }

  /**
   * Saves where the run stands; safe when this returns, unless the durability lets it wait for `sync` or `flush`. Gives its size in bytes.
   */
  save(snapshot: Snapshot, { trigger, reason }: Saving, plan: Pick<Plan, "revision" | "limits">, kept: KeptItems): number {
    const based = this.#deltaBytes === undefined || this.#deltaBytes > Math.max(SMALLEST_CHAIN_BYTES, this.#baseBytes);
    const { channels, frontier, lastWrites } = snapshot;
    const items = kept.forCheckpoint(based);
    const earlier = this.#unsaved.slice(0, -1).map((each) => underOther(each, plan.revision));
    const under = this.#unsaved.at(-1)?.revision ?? plan.revision;
    const checkpoint: Checkpoint = {
      id: this.#ids.next(),
      run: this.#run,
      parent: this.#head,
      trigger,
      at: this.#clock.now(),
      revision: plan.revision,
      traceSeq: this.#trace.seq,
      frontier,
      // Without a superstep in between, nothing is folded: such a checkpoint repeats no writes unless it is a base.
      channels: {
        delta: this.#unsaved.length > 0 || based ? lastWrites : [],
        ...(under === plan.revision ? {} : { under }),
        ...(earlier.length === 0 ? {} : { earlier }),
        ...(this.#skipped === undefined ? {} : { skipped: this.#skipped }),
        ...(based ? { base: { values: channels.values(), reducers: channels.reducers() } } : {}),
      },
      ...(items === undefined ? {} : { items }),
    };
    const isFirst = this.#head === null; // a run that cannot be written does not begin
    const bytes = this.#handOver((events) => this.#store.save(checkpoint, events, plan.limits.spillAbove, !isFirst));
    this.#isMoved = false;
    if (!isFirst && !mayWait(this.#durability, trigger)) this.#attempt(() => this.#store.flush());
    const why = reason === undefined ? {} : { reason };
    this.#trace.record({ type: "checkpoint", superstep: frontier.superstep, checkpoint: checkpoint.id, trigger, bytes, ...why });
    if (based) [this.#baseBytes, this.#deltaBytes] = [bytes, 0];
    else this.#deltaBytes = (this.#deltaBytes ?? 0) + bytes;
    this.#head = checkpoint.id;
    this.#behind = 0;
    this.#forgetUnsaved();
    return bytes;
  }

  /** Keeps one task's result, or some of its items, while its superstep is open. Where that cannot be written the next checkpoint carries it. */
  saveResult(result: PendingResult, plan: Plan): void {
    if (this.#durability === "exit") return; // the next checkpoint carries it
    this.#attempt(() => this.#store.saveResult(this.#run, this.head, result, plan.limits.spillAbove));
  }

  /** Stands at an earlier checkpoint from now on. */
  moveTo(checkpoint: string): void {
    this.#head = checkpoint;
    this.#behind = 0;
    this.#forgetUnsaved();
    this.rebase();
    this.#isMoved = true;
    this.#attempt(() => this.#write());
  }

  /** Where it stands. */
  get place(): LedgerPlace {
    return {
      head: this.head,
      unsaved: this.#unsaved,
      count: this.#unsaved.length,
      skipped: this.#skipped,
      based: this.#deltaBytes === undefined,
    };
  }

  /** Stands where it stood at the end of a superstep that was not saved. */
  standAt({ head, unsaved, count, skipped, based }: LedgerPlace): void {
    this.#head = head;
    this.#unsaved = unsaved.slice(0, count);
    this.#skipped = skipped;
    this.#unsavedBytes = 0;
    this.#behind = count;
    if (based) this.rebase();
  }

  /** The next checkpoint starts a new chain: the channels are others now. */
  rebase(): void {
    this.#deltaBytes = undefined;
  }

  /** The run is about to wait, or to be looked at: what was held back is made safe, where the durability asks for it. */
  sync(): void {
    if (this.#durability === "async") this.#attempt(() => this.#store.flush());
  }

  /** Trace events have become many: they are written, if that can be done now. */
  relieve(): void {
    this.#attempt(() => this.#write());
  }

  /** Writes what the run can do without. */
  offer(write: () => void): void {
    this.#attempt(write);
  }

  /** Keeps something beside the checkpoints that they name: at once, or, where that cannot be written, before what is written next. */
  keep(write: () => void): void {
    this.#owed.push(write);
    this.#attempt(() => this.#payOwed());
  }

  /** The run has stopped: saves the trace events that no checkpoint carried, and all that was held back. Throws what keeps it from that. */
  flush(): void {
    if (this.#lost !== undefined) throw this.#lost;
    this.#attempt(() => this.#write());
    if (this.#fault !== undefined) throw this.#fault;
  }

  /** Whether the store refused what was tried last. */
  get isUnwritten(): boolean {
    return this.#fault !== undefined;
  }

  /** Throws what keeps the store from having what the run has done so far, if anything still does (invariant 1). */
  assertWritten(): void {
    if (this.#fault !== undefined) this.flush();
  }

  /** Throws `RUN_ELSEWHERE` where somebody else has gone on with the run since this one wrote last (invariant 2), and as `flush` does. */
  assertAlone(): void {
    this.flush();
    if (this.isOvertaken) throw wentOnElsewhere(this.#run);
  }

  /** Whether the store has events of the run that this session did not give it. */
  get isOvertaken(): boolean {
    return this.#head !== null && this.#store.lastSeq(this.#run) > this.#handed;
  }

  /** Where the store knows less than the run: the move to the head, and events. */
  #write(): void {
    this.#payOwed();
    this.#handOver((events) => {
      if (this.#isMoved) this.#store.moveHead(this.#run, this.head, events);
      else if (events.length > 0) this.#store.appendTrace(this.#run, this.head, events);
      else this.#store.flush();
    });
    this.#isMoved = false;
  }

  #payOwed(): void {
    for (let [write] = this.#owed; write !== undefined; [write] = this.#owed) {
      write();
      this.#owed.shift();
    }
  }

  #handOver<Result>(save: (events: readonly TraceEvent[]) => Result, which: "all" | "numbered" = "all"): Result {
    return this.#trace.handOver((events) => {
      const result = save(events);
      this.#handed = events.at(-1)?.seq ?? this.#handed;
      return result;
    }, which);
  }

  /** Invariant 1: what cannot be written does not break what the run is about to do. */
  #attempt(write: () => void): void {
    try {
      write();
      this.#fault = undefined;
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
      this.#fault = thrown;
      if (thrown.code !== "STORE") this.#lost = thrown;
    }
  }

  /** Saves the trace events so far, between two checkpoints. Those that cannot be written now are held (invariant 1). */
  saveEvents(): void {
    if (this.#head === null) return;
    const { head } = this;
    this.#attempt(() => this.#handOver((events) => this.#store.appendTrace(this.#run, head, events), "numbered"));
  }

  #forgetUnsaved(): void {
    this.#unsaved = [];
    this.#unsavedBytes = 0;
    this.#skipped = undefined;
  }
}

/** What its checkpoint says is not said again. */
function underOther({ revision, ...writes }: Finished, usual: string): SuperstepWrites {
  return revision === usual ? writes : { ...writes, revision };
}

/** What is let go beside what was before. */
function withSkipped(before: SkippedWrites | undefined, unsaved: readonly SuperstepWrites[]): SkippedWrites | undefined {
  const from = before?.from ?? unsaved[0]?.superstep;
  if (from === undefined) return undefined;
  const names = new Set(before?.names);
  for (const { delta } of unsaved) for (const name of namesIn(delta)) names.add(name);
  return { from, names: [...names] };
}
