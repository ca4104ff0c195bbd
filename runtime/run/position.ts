// Where one run stands, and what is written of it: what all of its moves share.
//
// 1. The trace grows with each move and never goes back, also over restores and restarts: its number is a version for what a
//    move writes that no other value of the run has.
import type { CheckpointTrigger, Frontier, ReplayTerms, StoredResult } from "../checkpoint/checkpoint.js";
import type { Saving } from "../checkpoint/policy.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError, type ErrorInfo } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import type { Clock, Ids, Scratch } from "../ports.js";
import { TraceRecorder } from "../trace/recorder.js";
import type { Durability } from "./durability.js";
import { Footing } from "./footing.js";
import { isGiven } from "./interventions.js";
import { KeptItems } from "./kept-items.js";
import { LazyTally } from "./lazy-tally.js";
import { Ledger } from "./ledger.js";
import { LiveHistory } from "./live-history.js";
import { atHeads } from "./nested-entries.js";
import type { PlanSource } from "./plan-source.js";
import { recordEnd, recordRoutes } from "./recording.js";
import { Ahead } from "./replay/ahead.js";
import { SavePolicy } from "./save-policy.js";
import type { Snapshot } from "./snapshot.js";
import type { FinishedSuperstep } from "./superstep.js";

/** What is needed to keep a run's history. */
export interface HistoryServices {
  readonly store: CheckpointStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Which recorded results count after going back, where nobody says anything else. Default: `recorded`. */
  readonly replay?: () => ReplayTerms;
  /** The plans of revisions that are stored; absent: what was made under another revision is taken as if all had changed. */
  readonly plans?: PlanSource;
  /** When what was done is safe. Default: `async`. */
  readonly durability?: Durability;
  /** Makes room beside memory for what tasks of one run tell while they are at work. Absent: it stays in memory. */
  readonly scratch?: () => Scratch;
}

/** A plan and the text it was made from. */
export interface RunGraph {
  readonly plan: Plan;
  readonly document: { readonly text: string };
}

/** One run's place, in memory and in the store. */
export class Position {
  readonly run: string;
  readonly trace: TraceRecorder;
  readonly store: CheckpointStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly plans: PlanSource | undefined;
  readonly ledger: Ledger;
  readonly footing: Footing;
  readonly ahead: Ahead;
  readonly policy: SavePolicy;
  readonly live = new LiveHistory();
  tally = new LazyTally();
  items = new KeptItems();
  /** Results of tasks that finished while siblings are still at work. */
  kept: StoredResult[] = [];

  constructor(run: string, plan: Plan, snapshot: Snapshot, services: HistoryServices, trace: TraceRecorder, head: string | null) {
    this.run = run;
    this.trace = trace;
    this.store = services.store;
    this.clock = services.clock;
    this.ids = services.ids;
    this.plans = services.plans;
    this.footing = new Footing(run, plan, snapshot);
    this.ahead = new Ahead(run, services.store, services.plans, services.replay);
    this.ledger = new Ledger(run, services, trace, head);
    this.policy = new SavePolicy(this.ledger);
    trace.whenFull(() => this.ledger.saveEvents());
    trace.onEvent((event) => {
      this.tally.add(event);
      if (event.type === "token") this.policy.token(this.plan);
    });
  }

  get snapshot(): Snapshot {
    return this.footing.snapshot;
  }

  /** To stand elsewhere is a move: it goes on by the plan in force from here. */
  set snapshot(snapshot: Snapshot) {
    this.recordCarrying();
    this.footing.stand(snapshot);
  }

  get frontier(): Frontier {
    return this.footing.snapshot.frontier;
  }

  set frontier(frontier: Frontier) {
    this.snapshot = { ...this.footing.snapshot, frontier };
  }

  /** The plan that it goes on by; while that cannot take it, it stands by the one of before. */
  get plan(): Plan {
    return this.footing.inForce;
  }

  set(part: Partial<Frontier>): void {
    this.frontier = { ...this.frontier, ...part };
  }

  /** Finds out, once, what is recorded ahead. */
  lookAhead(): void {
    const { snapshot } = this;
    const looked = this.ahead.look(snapshot, this.plan, this.ledger);
    if (looked !== snapshot) this.snapshot = looked;
  }

  /** What is saved while tasks are at work carries the results that were kept since: they belong to no checkpoint otherwise. */
  save(trigger: CheckpointTrigger, reason?: string): void {
    const { frontier } = this;
    const { told: replay } = this.ahead;
    const told = replay === undefined ? frontier : { ...frontier, replay };
    const kept = this.kept.length === 0 ? told : { ...told, results: [...told.results, ...this.kept] };
    const saving = reason === undefined ? { trigger } : { trigger, reason };
    const snapshot = { ...this.snapshot, frontier: atHeads(kept, this.store) };
    this.policy.write(this.plan, this.clock, () => this.ledger.save(snapshot, saving, this.footing.savedUnder, this.items));
    this.live.saved(this.ledger.head);
  }

  /** Keeps one task's work of the open superstep where the policy asks for it. */
  saveWork(result: StoredResult): void {
    const reason = this.policy.worked(this.plan, result);
    if (reason !== undefined) this.save("adaptive", reason);
  }

  /** Stands where a superstep has led. `saving`: how that is saved, asked when the trace has told of it. */
  advance({ snapshot, taken }: FinishedSuperstep, saving: () => Saving | undefined, ms?: number): void {
    const { plan } = this;
    this.snapshot = snapshot;
    this.items.clear();
    this.ahead.advanced(snapshot, this.plan);
    this.ledger.finished(snapshot, plan.revision);
    const { superstep, due, status } = snapshot.frontier;
    recordRoutes(this.trace, taken, superstep);
    if (ms !== undefined) this.trace.record({ type: "superstep-finished", superstep, due: due.map((task) => task.node), ms });
    const how = saving();
    if (how === undefined) this.#pass();
    else this.save(how.trigger, how.reason);
    if (status === "completed") recordEnd(this.trace, this.frontier, "completed");
  }

  /** A superstep has ended and is not saved. */
  #pass(): void {
    const { place } = this.ledger;
    this.live.add({ snapshot: this.snapshot, plan: this.footing.savedUnder, place, traceSeq: this.trace.seq });
  }

  /** The run fails where it is; what was finished is kept. */
  fail(error: ErrorInfo): void {
    this.set({ status: "failed", error });
    this.save("failed");
    recordEnd(this.trace, this.frontier, "failed", error);
  }

  /** Another plan than it was on counts from here: the trace says so once, when the run moves, however many edits there were. */
  recordCarrying(): void {
    const { carrying, blocked } = this.footing;
    if (carrying === undefined || blocked !== undefined) return;
    const { verdict } = carrying;
    this.footing.stand(this.snapshot);
    if (verdict !== "mapped") return;
    this.trace.record({ type: "carried-over", superstep: this.frontier.superstep, ...carrying, verdict });
  }

  /** Throws `FOLD_PENDING` where what a person wrote last is not folded yet. */
  assertFolded(): void {
    if (isGiven(this.frontier) && this.frontier.status === "running")
      throw new PatchbayError("FOLD_PENDING", "What was given last is still to be folded by reducers of the graph's own.");
  }
}

/** The plan of a revision, where it can be had. */
export function planOf(revision: string, inForce: Plan, plans: PlanSource | undefined): Plan | undefined {
  return revision === inForce.revision ? inForce : plans?.(revision);
}

/** Keeps what a plan was made of: the same plan can be made from it again. */
export function saveGraph(store: CheckpointStore, { plan, document }: RunGraph): void {
  const files = Object.fromEntries([...plan.files].map(([path, { version, commands }]) => [path, { version, commands }]));
  store.saveDocument(plan.revision, document.text, files);
}
