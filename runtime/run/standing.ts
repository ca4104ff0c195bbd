// Where one run stands: its plan, its snapshot, its history. Every move that needs no waiting is made here, synchronously.
//
// 1. What waits, ends, fails or was done by a person (a question, a decision, an edit) has been saved when its method returns; so
//    has a finished superstep, unless the policy leaves it out.
import { ChannelState } from "../channels/channel-state.js";
import { freshFrontier, type CachedResult, type Frontier, type ReplayTerms, type StoredTask } from "../checkpoint/checkpoint.js";
import { PatchbayError, type ErrorInfo } from "../errors.js";
import { START } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import { TraceRecorder } from "../trace/recorder.js";
import type { RunTally } from "../trace/tally.js";
import { firstValues } from "./first-values.js";
import { apartWrites } from "./fold-apart.js";
import type { Carrying } from "./footing.js";
import { checkFirstApart, checkInput, checkOverrides, isGiven, withInput } from "./interventions.js";
import { LazyTally } from "./lazy-tally.js";
import { loadCheckpoint } from "./load.js";
import { ByHand } from "./moves/by-hand.js";
import { PlanChange } from "./moves/plan-change.js";
import { Questions } from "./moves/questions.js";
import { TaskWork } from "./moves/task-work.js";
import { TimeTravel } from "./moves/time-travel.js";
import { newestEvents } from "./newest-events.js";
import { planOf, Position, saveGraph, type HistoryServices, type RunGraph } from "./position.js";
import { askedAnew, askerOf } from "./questions.js";
import { recordDecision, recordEnd, recordWrites } from "./recording.js";
import type { Found } from "./replay/replay.js";
import type { RunOptions } from "./run-options.js";
import type { Snapshot } from "./snapshot.js";
import { finishSuperstep, limitReached } from "./superstep.js";

/** One run between and at its moves. */
export class Standing {
  readonly run: string;
  readonly trace: TraceRecorder;
  /** The tasks of the open superstep. */
  readonly work: TaskWork;
  readonly questions: Questions;
  readonly history: TimeTravel;
  readonly byHand: ByHand;
  readonly planChange: PlanChange;
  readonly #at: Position;

  private constructor(position: Position) {
    this.run = position.run;
    this.trace = position.trace;
    this.work = new TaskWork(position);
    this.questions = new Questions(position);
    this.history = new TimeTravel(position);
    this.byHand = new ByHand(position);
    this.planChange = new PlanChange(position);
    this.#at = position;
  }

  /** A new run before its first superstep. Throws `INPUT_INVALID`, `UNKNOWN_TARGET`. */
  static begin(graph: RunGraph, options: RunOptions, services: HistoryServices): Standing {
    const { plan } = graph;
    const { values, input } = firstValues(plan, options);
    checkInput(plan, START, { ...values, ...input });
    checkFirstApart(plan, values);
    checkOverrides(plan, options.overrides ?? {});
    const run = options.run ?? services.ids.next();
    const channels = ChannelState.of(plan.channels, values, 0);
    const { decisions = {}, overrides = {}, parent } = options;
    const frontier = { ...freshFrontier, superstep: -1, decisions, ...(Object.keys(overrides).length === 0 ? {} : { overrides }) };
    const snapshot = { frontier, channels, lastWrites: [] };
    const standing = new Standing(new Position(run, plan, snapshot, services, new TraceRecorder(services), null));
    const stored = { id: run, graph: options.graph, startedAt: services.clock.now(), head: null };
    services.store.createRun({ ...stored, ...(parent === undefined ? {} : { parent }) }, () => {
      saveGraph(services.store, graph);
      standing.#enter(input, values);
    });
    return standing;
  }

  /** A stored run at its head. Throws `NOT_FOUND`, `CORRUPTED`. */
  static resume(run: string, graph: RunGraph, services: HistoryServices, strict = false): Standing {
    const { store } = services;
    const stored = store.run(run);
    if (stored?.head == null) throw new PatchbayError("NOT_FOUND", `There is no run ${run} in this store.`, { run });
    const { head } = stored;
    const seq = store.lastSeq(run);
    const trace: TraceRecorder = new TraceRecorder(services, () => newestEvents(store, run, head, seq, trace.seq), seq);
    const found = store.load(stored.head);
    const { revision } = found;
    if (strict && revision !== graph.plan.revision) throw otherRevision(run, revision, graph.plan.revision);
    const then = planOf(revision, graph.plan, services.plans);
    const { snapshot, items } = loadCheckpoint(store, found, then ?? graph.plan, trace.seq);
    const position = new Position(run, graph.plan, snapshot, services, trace, stored.head);
    position.tally = new LazyTally(store, run, stored.head);
    position.items = items;
    position.ahead.takeUp();
    const standing = new Standing(position);
    if (revision === graph.plan.revision) return standing;
    position.ledger.keep(() => saveGraph(store, graph));
    position.footing.place(snapshot, then, revision, trace.seq);
    return standing;
  }

  get snapshot(): Snapshot {
    return this.#at.snapshot;
  }

  /** The plan that it goes on by; while that cannot take it, it stands by the one of before. */
  get plan(): Plan {
    return this.#at.plan;
  }

  /** The plan that its values are of. */
  get under(): Plan {
    return this.#at.footing.under;
  }

  /** What becomes of it under the plan in force, where that is another than it was on, until it moves. */
  get carrying(): Carrying | undefined {
    return this.#at.footing.carrying;
  }

  get head(): string {
    return this.#at.ledger.head;
  }

  get tally(): RunTally {
    return this.#at.tally.whole;
  }

  /** Why the run cannot go on under its plan, if so. */
  get blocked(): ErrorInfo | undefined {
    return this.#at.footing.blocked;
  }

  /** Which recorded results count from here on; undefined while none are looked for. */
  get replay(): ReplayTerms | undefined {
    return this.#at.ahead.told ?? this.#at.frontier.replay;
  }

  replayBy(terms: ReplayTerms): void {
    this.#at.ahead.by(terms);
  }

  /** The node of a due task runs, whatever is recorded of it. */
  live(task: string): void {
    const { replay } = this;
    const node = this.#at.frontier.due.find(({ id }) => id === task)?.node;
    if (replay === undefined || node === undefined || replay.live?.includes(node) === true) return;
    this.replayBy({ ...replay, live: [...(replay.live ?? []), node] });
  }

  /** A run inside a task takes what is recorded as this run does. */
  leadReplay(inner: Standing): void {
    this.#at.ahead.lead(inner.#at.ahead, this.replay);
  }

  /** What is recorded of a task that is to begin; undefined: nothing. */
  recorded(task: StoredTask): Found | undefined {
    return this.#at.ahead.find(task, this.plan, this.snapshot);
  }

  /** Opens the next superstep, or goes on in the open one; false when there is none: the run is at its end, or failed by its limit. Throws `STORE` where the last one could not be written and still cannot be. */
  open(): boolean {
    this.#at.ledger.assertWritten();
    this.#at.lookAhead();
    const { open, superstep, due } = this.#at.frontier;
    if (open) return true;
    if (due.length === 0) {
      this.#end("completed");
      return false;
    }
    const limit = limitReached(this.plan, this.snapshot);
    if (limit !== undefined) {
      this.fail(limit);
      return false;
    }
    this.#at.set({ open: true });
    this.trace.record({ type: "superstep-started", superstep: superstep + 1, due: due.map((task) => task.node) });
    return true;
  }

  /**
   * Finishes the superstep, all of whose tasks have a result: writes, routes, checkpoint. `ms`: how long it took so far; `folded`:
   * what reducers of the user's made of its writes.
   */
  close(ms: number, folded?: JsonObject): void {
    const { frontier } = this.#at;
    const given = isGiven(frontier); // the trace has told already what was written
    const finished = finishSuperstep(this.plan, this.run, this.snapshot, this.trace.seq, folded);
    if (!finished.ok) {
      this.fail(finished.error);
      return;
    }
    const { superstep, status } = finished.snapshot.frontier;
    if (given) return this.#at.advance(finished, () => ({ trigger: status === "completed" ? "completed" : "superstep" }));
    recordWrites(this.trace, superstep, finished.writes, finished.refused);
    const saving = () => (status === "completed" ? ({ trigger: "completed" } as const) : this.#at.policy.finished(this.plan, frontier, ms));
    this.#at.advance(finished, saving, ms);
  }

  /** A checkpoint of where the run stands, because somebody asks for it. */
  saveNow(): void {
    this.#at.save("explicit");
  }

  /** The next superstep that finishes is saved, because somebody asks for it. */
  saveNext(): void {
    this.#at.policy.ask();
  }

  /** The run stops for now: what was not saved is. */
  rest(): void {
    if (this.#at.ledger.behind > 0) this.#at.save("paused");
  }

  /** A run inside a task is about to begin: it hangs on a checkpoint that has the task. */
  anchor(): void {
    if (this.#at.ledger.behind > 0) this.#at.save("nested");
  }

  /** The open superstep waits: for decisions, or to be gone on with. */
  park(trigger: "asked" | "paused"): void {
    this.#at.save(trigger);
  }

  /** The run fails where it is; what was finished is kept. */
  fail(error: ErrorInfo): void {
    this.#at.fail(error);
  }

  /**
   * A failed run is to go on where it failed. Where all tasks have a result and the superstep still cannot finish with them, as
   * nobody has mended the graph, those to blame run again.
   */
  retry(): void {
    const { error: _mended, ...failed } = this.#at.frontier;
    const mended: Frontier = { ...failed, ...askedAnew(this.#at.frontier), status: "running" };
    this.#at.frontier = mended;
    if (!mended.open || mended.results.length < mended.due.length || isGiven(mended)) return;
    const finished = finishSuperstep(this.plan, this.run, this.snapshot, this.trace.seq);
    if (!finished.ok) this.#at.set({ results: mended.results.filter((result) => !finished.tasks.includes(result.task)) });
  }

  /** Ends a run that has not ended. */
  cancel(): void {
    const { status } = this.#at.frontier;
    if (status === "running" || status === "failed") this.#end("cancelled");
  }

  /** Keeps a result for later runs, where that can be written now: else it is made anew. */
  keepCached(entry: CachedResult): void {
    this.#at.ledger.offer(() => this.#at.store.saveCached(entry));
  }

  /** Whether something that the run has done could not be written yet. */
  get isUnwritten(): boolean {
    return this.#at.ledger.isUnwritten;
  }

  /** Whether the store has more of the run than it has done. */
  get isOvertaken(): boolean {
    return this.#at.ledger.isOvertaken;
  }

  /** Writes what can be written now. */
  relieve(): void {
    this.#at.ledger.relieve();
  }

  /** Throws `STORE` where nothing can be written, and `RUN_ELSEWHERE` where somebody else has gone on with the run. */
  assertWritable(): void {
    this.#at.store.assertWritable();
    this.#at.ledger.assertAlone();
  }

  /** The run is about to wait, or to be looked at. */
  sync(): void {
    this.#at.ledger.sync();
  }

  /** The run has stopped: all of it is safe when this returns. */
  flush(): void {
    this.#at.ledger.flush();
  }

  #end(status: "completed" | "cancelled"): void {
    this.#at.set({ status });
    this.#at.save(status);
    recordEnd(this.trace, this.#at.frontier, status);
  }

  #enter(input: JsonObject, values: JsonObject): void {
    const { plan } = this;
    const given = Object.keys(values).length === 0 ? {} : { values };
    this.trace.record({ type: "run-started", superstep: 0, input, revision: plan.revision, ...given });
    const { frontier } = this.#at;
    for (const [key, decision] of Object.entries(frontier.decisions))
      recordDecision(this.trace, frontier, plan.revision, { node: askerOf(key), key, decision });
    const begun = withInput(this.snapshot, input);
    const waits = apartWrites(plan, begun.frontier).length > 0; // folded when the run goes on
    const entered = waits ? undefined : finishSuperstep(plan, this.run, begun, this.trace.seq);
    if (entered?.ok === true) this.#at.advance(entered, () => ({ trigger: "started" }));
    else {
      this.#at.snapshot = begun;
      this.#at.save("started");
      if (entered !== undefined) this.fail(entered.error);
    }
    this.#at.ledger.relieve(); // it has begun, whatever becomes of the rest
  }
}

function otherRevision(run: string, from: string, to: string): PatchbayError {
  const message = `Run ${run} was made under revision ${from} of its graph, and this is ${to}.`;
  return new PatchbayError("NOT_RESUMABLE", message, { run, from, to });
}
