// Where one run stands: its plan, its snapshot, its history. Every move that needs no waiting is made here, synchronously.
//
// 1. What waits, ends, fails or was done by a person (a question, a decision, an edit) has been saved when its method returns; so
//    has a finished superstep, unless the policy leaves it out. Then results in the next one are kept in memory: there is no
//    checkpoint that they could belong to.
// 2. The trace grows with each move and never goes back, also over restores and restarts: its number is a version for what a
//    move writes that no other value of the run has.
import { ChannelState } from "../channels/channel-state.js";
import {
  freshFrontier,
  superstepOf,
  type Checkpoint,
  type CheckpointTrigger,
  type Decision,
  type Frontier,
  NOBODY,
  type KeptItem,
  type ReplayTerms,
  type StoredItems,
  type StoredQuestion,
  type StoredResult,
  type StoredTask,
} from "../checkpoint/checkpoint.js";
import { savingOf, type FinishedFacts, type Saving } from "../checkpoint/policy.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { worthOfSaving } from "../checkpoint/worth.js";
import { PatchbayError, type ErrorInfo } from "../errors.js";
import { START } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { QuestionDraft } from "../plan/behaviour.js";
import type { Plan } from "../plan/plan.js";
import type { Clock, Ids } from "../ports.js";
import type { RecompileFacts } from "../trace/event.js";
import type { TraceSink } from "../trace/lane.js";
import { TAIL_LIMIT, TraceRecorder } from "../trace/recorder.js";
import type { RunTally } from "../trace/tally.js";
import type { Answer } from "./answer.js";
import { apartWrites } from "./fold-apart.js";
import type { Durability } from "./durability.js";
import { firstValues } from "./first-values.js";
import { checkFirstApart, checkInput, checkOverrides, isGiven, withInput, type Overwriting, type Redirection } from "./interventions.js";
import { unfitValue } from "../certify/channel-fit.js";
import { editState, type StateEdit } from "./edit-state.js";
import { Footing, type Carrying } from "./footing.js";
import { fitting, isSameQuestion, outdated, withDeadlines, withoutQuestions, type HandedDecision } from "./inner-questions.js";
import { KeptItems } from "./kept-items.js";
import { LazyTally } from "./lazy-tally.js";
import { Ledger } from "./ledger.js";
import { LiveHistory, type End, type LiveEnd } from "./live-history.js";
import { loadCheckpoint } from "./load.js";
import { atHeads, takeBack, withNested, withNestedOnly, withoutFinished } from "./nested-entries.js";
import {
  addressee,
  askedAnew,
  askerOf,
  misfits,
  nextDeadline,
  openQuestions,
  overdue,
  postponed,
  storedQuestion,
  withAsked,
} from "./questions.js";
import type { PlanSource } from "./plan-source.js";
import { placeInside, standingInside } from "./restore-inside.js";
import { RECORDED, termsOfStored } from "./replay/look-back.js";
import { forerunnersOf, termsInside } from "./replay/inside.js";
import { Replay, type Found } from "./replay/replay.js";
import { recordDecision, recordEnd, recordRoutes, recordWrites } from "./recording.js";
import type { RunOptions } from "./run-options.js";
import { SaveFigures } from "./save-figures.js";
import type { Snapshot } from "./snapshot.js";
import { finishSuperstep, limitReached, type FinishedSuperstep } from "./superstep.js";

/** Trace events that are held in memory where supersteps are not saved. */
const UNSAVED_EVENTS = 1024;

/** A plan and the text it was made from. */
export interface RunGraph {
  readonly plan: Plan;
  readonly document: { readonly text: string };
}

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
}

/** One run between and at its moves. */
export class Standing {
  readonly run: string;
  readonly trace: TraceRecorder;
  readonly #store: CheckpointStore;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #ledger: Ledger;
  readonly #plans: PlanSource | undefined;
  readonly #footing: Footing;
  readonly #usualReplay: () => ReplayTerms;
  /** Runs that stood in the place of this one before. */
  #forerunners: readonly string[] = [];
  /** What is recorded ahead. Until somebody has looked: the terms that are to count, or that those are to that the store has. */
  #replay: Replay | ReplayTerms | "stored" | undefined;
  #tally = new LazyTally();
  /** Results of tasks that finished while siblings are still at work. */
  #kept: StoredResult[] = [];
  #items = new KeptItems();
  readonly #figures = new SaveFigures();
  readonly #live = new LiveHistory();
  /** While it stands further back: where it came from. */
  #tip: string | undefined;
  /** Somebody wants a checkpoint at the next boundary. */
  #asked = false;

  private constructor(
    run: string,
    graph: RunGraph,
    snapshot: Snapshot,
    services: HistoryServices,
    trace: TraceRecorder,
    head: string | null,
  ) {
    this.run = run;
    this.trace = trace;
    this.#footing = new Footing(run, graph.plan, snapshot);
    this.#plans = services.plans;
    this.#usualReplay = services.replay ?? (() => RECORDED);
    this.#store = services.store;
    this.#clock = services.clock;
    this.#ids = services.ids;
    this.#ledger = new Ledger(run, services, trace, head);
    trace.onEvent((event) => {
      this.#tally.add(event);
      if (event.type === "token" && this.#weighs) this.#figures.token();
    });
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
    const standing = new Standing(run, graph, snapshot, services, new TraceRecorder(services.clock), null);
    services.store.createRun({
      id: run,
      graph: options.graph,
      startedAt: services.clock.now(),
      head: null,
      ...(parent === undefined ? {} : { parent }),
    });
    saveGraph(services.store, graph);
    standing.#enter(input, values);
    return standing;
  }

  /** A stored run at its head. Throws `NOT_FOUND`, `CORRUPTED`. */
  static resume(run: string, graph: RunGraph, services: HistoryServices, strict = false): Standing {
    const { store } = services;
    const stored = store.run(run);
    if (stored?.head == null) throw new PatchbayError("NOT_FOUND", `There is no run ${run} in this store.`, { run });
    const trace = new TraceRecorder(services.clock, store.trace(run, stored.head, TAIL_LIMIT), store.lastSeq(run));
    const found = store.load(stored.head);
    const { revision } = found;
    if (strict && revision !== graph.plan.revision) throw otherRevision(run, revision, graph.plan.revision);
    const then = planOf(revision, graph.plan, services.plans);
    const { snapshot, items } = loadCheckpoint(store, found, then ?? graph.plan, trace.seq);
    const standing = new Standing(run, graph, snapshot, services, trace, stored.head);
    standing.#tally = new LazyTally(store, run, stored.head);
    standing.#items = items;
    standing.#replay = "stored";
    if (revision === graph.plan.revision) return standing;
    saveGraph(store, graph);
    standing.#footing.place(snapshot, then, revision, trace.seq);
    return standing;
  }

  get snapshot(): Snapshot {
    return this.#footing.snapshot;
  }

  /** The plan that it goes on by; while that cannot take it, it stands by the one of before. */
  get plan(): Plan {
    return this.#footing.inForce;
  }

  get #snapshot(): Snapshot {
    return this.#footing.snapshot;
  }

  set #snapshot(snapshot: Snapshot) {
    this.#recordCarrying();
    this.#footing.stand(snapshot);
  }

  /** The plan that its values are of. */
  get under(): Plan {
    return this.#footing.under;
  }

  /** What becomes of it under the plan in force, where that is another than it was on, until it moves. */
  get carrying(): Carrying | undefined {
    return this.#footing.carrying;
  }

  get head(): string {
    return this.#ledger.head;
  }

  get tally(): RunTally {
    return this.#tally.whole;
  }

  /** Why the run cannot go on under its plan, if so. */
  get blocked(): ErrorInfo | undefined {
    return this.#footing.blocked;
  }

  /** Questions without a decision. */
  get openQuestions(): readonly StoredQuestion[] {
    return openQuestions(this.#snapshot.frontier);
  }

  /** When the next open question stops waiting, in milliseconds since the epoch. */
  get nextDeadline(): number | undefined {
    return nextDeadline(this.#snapshot.frontier);
  }

  /** Opens the next superstep, or goes on in the open one; false when there is none: the run is at its end, or failed by its limit. */
  open(): boolean {
    this.#lookAhead();
    const { open, superstep, due } = this.#snapshot.frontier;
    if (open) return true;
    if (due.length === 0) {
      this.#set({ status: "completed" });
      this.#save("completed");
      recordEnd(this.trace, this.#snapshot.frontier, "completed");
      return false;
    }
    const limit = limitReached(this.plan, this.#snapshot);
    if (limit !== undefined) {
      this.fail(limit);
      return false;
    }
    this.#set({ open: true });
    this.trace.record({ type: "superstep-started", superstep: superstep + 1, due: due.map((task) => task.node) });
    return true;
  }

  /** What is recorded of a task that is to begin; undefined: nothing. A run inside it goes on where it stands. */
  recorded(task: StoredTask): Found | undefined {
    const { frontier } = this.#snapshot;
    if (frontier.replay === undefined || !(this.#replay instanceof Replay)) return undefined;
    if (frontier.nested?.some((entry) => entry.task === task.id) === true) return undefined;
    return this.#replay.find(task, this.plan, this.#snapshot, frontier.replay);
  }

  /** Which recorded results count from here on; undefined while none are looked for. */
  get replay(): ReplayTerms | undefined {
    return this.#told ?? this.#snapshot.frontier.replay;
  }

  /** Terms that count from the next move on: where the run stands it stands as it was. */
  get #told(): ReplayTerms | undefined {
    return this.#replay === "stored" || this.#replay instanceof Replay ? undefined : this.#replay;
  }

  /** A run inside a task takes what those have recorded that were there before it, as far as this run takes anything. */
  leadReplay(inner: Standing): void {
    const terms = this.replay === undefined ? undefined : termsInside(this.replay, inner.run, this.#store);
    if (terms !== undefined) inner.replayBy(terms, forerunnersOf(inner.run, this.#store));
  }

  /** `runs`: those that stood in the place of this one before. */
  replayBy(terms: ReplayTerms, runs: readonly string[] = this.#forerunners): void {
    this.#forerunners = runs;
    this.#replay = terms;
  }

  /** Keeps one task's result at once: it must outlive a failure of its siblings. */
  keepResult(result: StoredResult): void {
    if (this.#ledger.behind === 0) this.#ledger.saveResult(result, this.plan); // invariant 1
    this.#kept.push(result);
    this.#items.drop(result.task);
    this.#saveWork(result);
  }

  /** A task is to run graphs for the items of a list. Runs for another list are left behind, for good: a checkpoint says so. */
  openItems(task: string, of: string): void {
    const before = this.#items.list(task);
    if (before === of) return;
    this.keepItems({ task, of, items: [] });
    const { frontier } = this.#snapshot;
    const others = withNestedOnly(frontier, (entry) => entry.task !== task);
    // Where no list is known, somebody went back to a run inside: that is to go on.
    if (before === undefined || others === frontier) return;
    this.#snapshot = { ...this.#snapshot, frontier: others };
    this.#set(withoutQuestions(others, outdated(others, new Set([task]), [])));
    this.#save("paused");
  }

  /** The items of a task that are finished; `of` tells their list from another. */
  keptItems(task: string, of: string): ReadonlyMap<number, KeptItem> {
    return this.#items.of(task, of);
  }

  /** Keeps finished items of a task at once, as `keepResult` does. */
  keepItems(kept: StoredItems): void {
    const task = this.#items.add(kept);
    if (this.#ledger.behind === 0) this.#ledger.saveResult({ task, kept }, this.plan); // invariant 1
    this.#dropFinished(kept);
    const node = this.#snapshot.frontier.due.find(({ id }) => id === kept.task)?.node;
    if (node !== undefined && kept.items.length > 0) this.#saveWork({ task: kept.task, node, writes: {}, ms: 0 });
  }

  /** The runs for items that are finished are gone. */
  #dropFinished(kept: StoredItems): void {
    const { frontier } = this.#snapshot;
    if (frontier.nested === undefined) return;
    const finished = new Set(kept.items.map(({ index }) => String(index)));
    const open = withNestedOnly(frontier, ({ task, slot }) => task !== kept.task || slot === undefined || !finished.has(slot));
    this.#snapshot = { ...this.#snapshot, frontier: open };
  }

  /** All items of a task are to be run again. */
  forgetItems(task: string): void {
    this.#items.drop(task);
  }

  /** Takes results and questions into the open superstep. A decision that came early and does not fit is dropped, with a warning. */
  take(results: readonly StoredResult[], asked: readonly StoredQuestion[]): void {
    if (asked.length > 0) this.#dropOutdated(asked);
    const { frontier } = this.#snapshot;
    const superstep = frontier.superstep + 1;
    if (this.#kept.length > 0) this.#kept = [];
    for (const { task } of results) this.#items.drop(task);
    const all = frontier.results.length === 0 ? results : [...frontier.results, ...results];
    this.#set({ results: all, questions: withAsked(frontier.questions, asked) });
    if (this.#snapshot.frontier.nested !== undefined)
      this.#snapshot = { ...this.#snapshot, frontier: withoutFinished(this.#snapshot.frontier) };
    if (asked.length === 0) return;
    for (const question of asked) {
      const { node, key, prompt, actions, inner } = question;
      if (inner !== undefined && frontier.questions.some((known) => isSameQuestion(known, question))) continue;
      this.trace.record({ type: "question", superstep, node, key, prompt, actions });
    }
    for (const { key, reason } of misfits(asked, frontier)) {
      const { [key]: _dropped, ...decisions } = this.#snapshot.frontier.decisions;
      this.#set({ decisions });
      const { node = "" } = asked.find((question) => question.key === key) ?? {};
      this.trace.record({ type: "log", superstep, node, level: "warn", message: `An early decision is not used. ${reason}` });
    }
  }

  /** A checkpoint of where the run stands, because somebody asks for it. */
  saveNow(): void {
    this.#save("explicit");
  }

  /** The next superstep that finishes is saved, because somebody asks for it. */
  saveNext(): void {
    this.#asked = true;
  }

  /** The run stops for now: what was not saved is. */
  rest(): void {
    if (this.#ledger.behind > 0) this.#save("paused");
  }

  /** A run inside a task is about to begin: it hangs on a checkpoint that has the task. */
  anchor(): void {
    if (this.#ledger.behind > 0) this.#save("nested");
  }

  /** The open superstep waits: for decisions, or to be gone on with. */
  park(trigger: "asked" | "paused"): void {
    this.#save(trigger);
  }

  /** A run has begun inside a task of the open superstep. */
  beginNested(task: StoredTask, graph: string, run: string, checkpoint: string, slot: string | undefined, trace: TraceSink): void {
    const named = slot === undefined ? {} : { slot };
    this.#snapshot = { ...this.#snapshot, frontier: withNested(this.#snapshot.frontier, { task: task.id, ...named, run, checkpoint }) };
    const superstep = this.#snapshot.frontier.superstep + 1;
    trace.record({ type: "nested-run", superstep, node: task.node, task: task.id, run, graph, ...named });
  }

  /** Decisions have been handed in to a run inside a task: they and their questions are its own from now on. */
  handedIn(keys: readonly string[]): void {
    if (keys.length > 0) this.#set(withoutQuestions(this.#snapshot.frontier, new Set(keys)));
  }

  /** A run inside a task was moved by others than its task: these are its open questions. */
  passOn(task: StoredTask, run: string, drafts: readonly QuestionDraft[]): void {
    const { frontier } = this.#snapshot;
    const before = frontier.questions.filter(({ inner }) => inner?.run === run);
    const asked = drafts.map((draft) => storedQuestion(task, draft, this.#clock.now()));
    const isStill = (question: StoredQuestion) => asked.some((each) => isSameQuestion(each, question));
    if (before.length === asked.length && before.every((each) => isStill(each) && frontier.decisions[each.key] === undefined)) return;
    this.#set(withoutQuestions(frontier, new Set(before.map(({ key }) => key))));
    this.#set({ questions: [...this.#snapshot.frontier.questions, ...asked] });
    this.#save("asked");
  }

  /** What the run around hands in: decisions on open questions, and how long these still wait. */
  receive(handed: readonly HandedDecision[], copies: readonly StoredQuestion[]): void {
    const { frontier } = this.#snapshot;
    this.#set({ questions: withDeadlines(this.run, frontier.questions, copies) });
    this.#note(fitting(handed, this.openQuestions).map(([{ node, key }, decision]) => ({ node, key, decision })));
  }

  /**
   * Finishes the superstep, all of whose tasks have a result: writes, routes, checkpoint. `ms`: how long it took so far; `folded`:
   * what reducers of the user's made of its writes.
   */
  close(ms: number, folded?: JsonObject): void {
    const { frontier } = this.#snapshot;
    const given = isGiven(frontier); // the trace has told already what was written
    const finished = finishSuperstep(this.plan, this.run, this.#snapshot, this.trace.seq, folded); // invariant 2
    if (!finished.ok) {
      this.fail(finished.error);
      return;
    }
    const { superstep, status } = finished.snapshot.frontier;
    if (given) return this.#advance(finished, () => ({ trigger: status === "completed" ? "completed" : "superstep" }));
    recordWrites(this.trace, superstep, finished.writes, finished.refused);
    this.#advance(finished, () => (status === "completed" ? { trigger: "completed" } : this.#saving(frontier, ms)), ms);
  }

  /** What the end of a superstep, open as it was, is saved as by the policy. */
  #saving(closed: Frontier, ms: number): Saving | undefined {
    const { plan } = this;
    const { policy } = plan.checkpoints;
    if (this.#weighs) {
      this.#figures.worked(plan, closed.results);
      this.#figures.took(ms);
    }
    return savingOf(policy, factsOf(plan, closed, this.#asked), () => this.#worth());
  }

  /** Whether its policy goes by figures: for others none are kept. */
  get #weighs(): boolean {
    return this.plan.checkpoints.policy === "adaptive";
  }

  #worth() {
    return worthOfSaving(this.#figures.unsaved(this.#ledger.unsavedBytes), this.#figures.writes);
  }

  /** Work of the open superstep is saved at once where the policy weighs, and it is not kept otherwise. */
  #saveWork(result: StoredResult): void {
    if (!this.#weighs || this.#ledger.behind === 0) return;
    this.#figures.worked(this.plan, [result]);
    const { save, reason } = this.#worth();
    if (save) this.#save("adaptive", reason);
  }

  /** The run fails where it is; what was finished is kept. */
  fail(error: ErrorInfo): void {
    this.#set({ status: "failed", error });
    this.#save("failed");
    recordEnd(this.trace, this.#snapshot.frontier, "failed", error);
  }

  /**
   * A failed run is to go on where it failed. Where all tasks have a result and the superstep still cannot finish with them, as
   * nobody has mended the graph, those to blame run again.
   */
  retry(): void {
    const { error: _mended, ...frontier } = this.#snapshot.frontier;
    const mended: Frontier = { ...frontier, ...askedAnew(this.#snapshot.frontier), status: "running" };
    this.#snapshot = { ...this.#snapshot, frontier: mended };
    if (!mended.open || mended.results.length < mended.due.length || isGiven(mended)) return;
    const finished = finishSuperstep(this.plan, this.run, this.#snapshot, this.trace.seq);
    if (!finished.ok) this.#set({ results: mended.results.filter((result) => !finished.tasks.includes(result.task)) });
  }

  /** Ends a run that has not ended. */
  cancel(): void {
    const { status } = this.#snapshot.frontier;
    if (status !== "running" && status !== "failed") return;
    this.#set({ status: "cancelled" });
    this.#save("cancelled");
    recordEnd(this.trace, this.#snapshot.frontier, "cancelled");
  }

  /** Answers questions, all or none; what is not asked yet is kept until it is. Throws `NO_QUESTION`, `DECISION_INVALID`. */
  decide(answers: Readonly<Record<string, Answer>>): void {
    this.expire();
    const at = this.#clock.now();
    const made = Object.entries(answers).map(([key, answer]) => {
      const node = addressee(key, answer, this.#snapshot.frontier, this.plan);
      const { action, value, target, actor } = answer;
      const more = { ...(value === undefined ? {} : { value }), ...(target === undefined ? {} : { target }) };
      return { node, key, decision: { action, actor, at, ...more } };
    });
    this.#note(made);
  }

  /** Decides what people have not decided in time; whether there was any such question. */
  expire(): boolean {
    const { frontier } = this.#snapshot;
    if (frontier.questions.length === 0) return false;
    const decisions = overdue(frontier, this.#clock.now());
    const late = frontier.questions.flatMap(({ node, key }) => {
      const decision = decisions[key];
      return decision === undefined ? [] : [{ node, key, decision }];
    });
    this.#note(late);
    return late.length > 0;
  }

  /** A person sends the run elsewhere: what finished last is routed anew. Throws `RUN_FINISHED`. */
  redirect({ frontier, node, events }: Redirection): void {
    const { status } = frontier;
    if (status === "completed" || status === "cancelled") throw new PatchbayError("RUN_FINISHED", `The run is ${status}.`, { status });
    this.#recordCarrying();
    const superstep = superstepOf(frontier);
    for (const event of events) this.trace.record({ superstep, ...event });
    const carried = this.#footing.reroute({ ...this.#snapshot, frontier }, this.trace.seq);
    const taken = carried.taken.filter((route) => route.node === node);
    recordRoutes(this.trace, taken, superstep);
    this.#save("rerouted");
  }

  /**
   * A person writes: a superstep of its own. Throws what keeps it from finishing; then the run stands where it stood. Where
   * reducers of the user's are to fold what is written, it stays open until the run goes on.
   */
  overwrite({ snapshot: given, event }: Overwriting): void {
    this.#assertFolded();
    const snapshot = { ...given, channels: this.#footing.channels(this.trace.seq) };
    const waits = apartWrites(this.plan, snapshot.frontier).length > 0;
    const finished = finishSuperstep(this.plan, this.run, snapshot, this.trace.seq); // invariant 2
    // What a condition says is known when the values are.
    if (!finished.ok && !(waits && finished.error.code === "EXPRESSION")) {
      throw new PatchbayError(finished.error.code, finished.error.message, finished.error.details ?? {});
    }
    this.#recordCarrying();
    this.trace.record({ superstep: superstepOf(snapshot.frontier), ...event });
    if (snapshot.channels !== this.#snapshot.channels) this.#ledger.rebase();
    this.#footing.settle(snapshot);
    if (finished.ok && !waits) return this.#advance(finished, () => ({ trigger: event.type }));
    this.#save(event.type);
  }

  /**
   * A person gives channels other values, where the run stands: that is a checkpoint of its own, on the one it stood at. Throws
   * `INPUT_INVALID`, what keeps it from going over to the plan in force, and what routing by the values fails with: then it stands as it stood.
   */
  edit(edit: StateEdit, actor: string): void {
    if (this.blocked !== undefined) throw new PatchbayError(this.blocked.code, this.blocked.message, this.blocked.details ?? {});
    this.#assertFolded();
    const before = { ...this.#snapshot, channels: this.#footing.channels(this.trace.seq) };
    const { snapshot, taken } = editState(this.plan, this.run, before, edit, this.trace.seq + 1); // invariant 2
    this.#recordCarrying();
    const superstep = superstepOf(snapshot.frontier);
    const { values, cleared = [] } = edit;
    this.trace.record({ type: "state-edited", superstep, values, ...(cleared.length === 0 ? {} : { cleared }), actor });
    this.#footing.settle(snapshot);
    recordRoutes(this.trace, taken, superstep);
    this.#ledger.rebase();
    this.#save("edited");
  }

  /**
   * Stands at the end of a superstep on the way to where it came from: so many back, or on where negative. Whether there is one.
   * Where that end has no checkpoint it gets one, on the branch that it is on. Throws `STORE`, `CORRUPTED`.
   */
  move(back: number): boolean {
    const tip = this.#tip ?? this.head;
    const end = this.#endAt(tip, back);
    if (end === undefined) return false;
    if ("checkpoint" in end) this.#restoreOwn(this.#store.load(end.checkpoint));
    else this.#restoreLive(end);
    this.#tip = tip;
    return true;
  }

  #endAt(tip: string, back: number): End | undefined {
    const now = superstepOf(this.#snapshot.frontier);
    const newer: End[] = [{ superstep: Infinity, checkpoint: tip }];
    let left = back;
    if (back < 0 && (this.#tip === undefined || this.head === tip)) return undefined;
    for (const end of this.#live.upFrom(tip, (id) => this.#store.load(id))) {
      if (end.superstep >= now && back > 0) continue;
      if (end.superstep <= now && back < 0) break;
      if (back < 0) newer.push(end);
      else if ((left -= 1) === 0) return end;
    }
    // The newest of these is the tip itself, which may be in the middle of a superstep.
    return back < 0 ? newer.at(Math.max(back, -newer.length)) : undefined;
  }

  #restoreLive({ live, of }: Extract<End, { live: unknown }>): void {
    const led = { to: of, until: live.traceSeq };
    this.#restoreOwn(this.#store.load(this.#live.checkpointOf(live) ?? this.#branch(live, of)), undefined, led);
  }

  /** A checkpoint for an end that has none. */
  #branch(live: LiveEnd, of: string): string {
    this.#ledger.flush();
    const { place } = this.#ledger;
    try {
      this.#ledger.standAt(live.place);
      this.#ledger.save(live.snapshot, { trigger: "back" }, live.plan, new KeptItems());
    } catch (error) {
      this.#ledger.standAt(place);
      throw error;
    }
    this.#live.branched(live, of, this.head);
    return this.head;
  }

  /** Stands at an earlier checkpoint of the run; what came after stays in the store. Throws `NOT_FOUND`, `CORRUPTED`. */
  restore(checkpoint: string, replay?: ReplayTerms): void {
    this.#tip = undefined;
    const found = this.#store.load(checkpoint);
    if (found.run === this.run) this.#restoreOwn(found, replay);
    else this.#restoreInside(checkpoint, replay);
  }

  /** Stands around a run inside a task that is at an earlier checkpoint of its own. */
  #restoreInside(checkpoint: string, replay?: ReplayTerms): void {
    const services = { store: this.#store, clock: this.#clock, ids: this.#ids };
    const { checkpoint: own, nested } = placeInside(this.run, checkpoint, services);
    this.#restoreOwn(this.#store.load(own), replay);
    this.#snapshot = { ...this.#snapshot, frontier: standingInside(this.#snapshot.frontier, nested, services) };
    if (nested.slot !== undefined) this.#items.dropItem(nested.task, Number(nested.slot));
    takeBack({ ...this.#snapshot.frontier, nested: [nested] }, this.#store, this.#clock);
    this.#save("paused");
  }

  /** `led`: the part of the trace that led there, of an end whose own checkpoint has none of it. */
  #restoreOwn(found: Checkpoint, replay?: ReplayTerms, led = { to: found.id, until: Infinity }): void {
    const { id: checkpoint, run, revision, at } = found;
    const then = planOf(revision, this.plan, this.#plans);
    const { snapshot, items } = loadCheckpoint(this.#store, found, then ?? this.plan, this.trace.seq);
    if (run !== this.run) throw new PatchbayError("NOT_FOUND", `Checkpoint ${checkpoint} is of another run.`, { checkpoint });
    this.#ledger.flush();
    takeBack(snapshot.frontier, this.#store, this.#clock);
    const taken = { ...snapshot, frontier: postponed(snapshot.frontier, this.#clock.now() - at) };
    this.#footing.place(taken, then, revision, this.trace.seq);
    this.#items = items;
    const until = Math.min(led.until, this.trace.seq);
    const tail = this.#store.trace(this.run, led.to, TAIL_LIMIT + this.trace.seq - until);
    this.trace.rewind(tail.filter(({ seq }) => seq <= until));
    this.#tally = new LazyTally(this.#store, this.run, led.to, until);
    const told = replay === undefined ? {} : { replay };
    this.trace.record({ type: "restored", superstep: superstepOf(snapshot.frontier), checkpoint, ...told });
    this.#ledger.moveTo(checkpoint);
    this.#figures.forget();
    this.replayBy(replay ?? this.#usualReplay());
  }

  /** Goes over to a new plan; nothing may be at work. */
  adopt(graph: RunGraph, facts: RecompileFacts): void {
    saveGraph(this.#store, graph);
    const { class: grade, reasons, recomputed, micros, revision } = facts;
    const { superstep } = this.#snapshot.frontier;
    this.trace.record({ type: "recompile", superstep, class: grade, reasons, recomputed, micros, revision });
    const { channels } = this.#snapshot;
    this.#footing.adopt(graph.plan, this.trace.seq);
    if (this.#snapshot.channels !== channels) this.#ledger.rebase();
  }

  /** Goes on with the values that migrations made of its own. They are saved, and the trace says so. Throws `MIGRATION_FAILED`. */
  migrate(values: JsonObject, modules: readonly string[]): void {
    const { from, to } = this.#footing.carrying ?? { from: "", to: "" };
    const fault = unfitValue(this.plan, values);
    if (fault !== undefined) throw new PatchbayError("MIGRATION_FAILED", fault.message, { channel: fault.channel });
    this.#footing.migrate(values, this.trace.seq);
    this.#ledger.rebase();
    this.trace.record({ type: "migrated", superstep: this.#snapshot.frontier.superstep, from, to, modules });
    this.#save("migrated");
  }

  /** Goes on whatever is lost by it, as a person says. The trace says so for ever. */
  overrule(actor: string): void {
    const { carrying } = this.#footing;
    if (carrying === undefined || carrying.verdict === "unaffected" || this.blocked === undefined) return;
    const { from, to, findings, verdict } = carrying;
    this.#footing.overrule(this.trace.seq);
    this.#ledger.rebase();
    this.trace.record({ type: "carried-over", superstep: this.#snapshot.frontier.superstep, from, to, verdict, findings, actor });
    this.#save("forced");
  }

  /** The run is about to wait, or to be looked at. */
  sync(): void {
    this.#ledger.sync();
  }

  /** The run has stopped: all of it is safe when this returns. */
  flush(): void {
    this.#ledger.flush();
  }

  #assertFolded(): void {
    if (isGiven(this.#snapshot.frontier) && this.#snapshot.frontier.status === "running")
      throw new PatchbayError("FOLD_PENDING", "What was given last is still to be folded by reducers of the graph's own.");
  }

  /** Finds out, once, what is recorded ahead, and forgets it when the run is past it. */
  #lookAhead(): void {
    if (this.#replay === undefined) return;
    const { frontier } = this.#snapshot;
    if (this.#replay === "stored") {
      const terms = termsOfStored(frontier, this.run, this.head, this.trace.tail, this.#store, this.#usualReplay);
      if (terms === undefined) return void (this.#replay = undefined);
      this.replayBy(terms);
    }
    const told = this.#told;
    if (told !== undefined) {
      this.#set({ replay: told });
      const sources = { store: this.#store, plans: this.#plans, runs: [this.run, ...this.#forerunners], head: this.head };
      this.#replay = new Replay({ ...sources, isThere: this.#ledger.behind === 0 }, this.#snapshot, this.plan);
    }
    if (this.#replay instanceof Replay && this.#replay.reaches(frontier.superstep + 1)) return;
    this.#replay = undefined;
    const { replay: _past, ...beyond } = this.#snapshot.frontier;
    this.#snapshot = { ...this.#snapshot, frontier: beyond };
  }

  #enter(input: JsonObject, values: JsonObject): void {
    const { plan } = this;
    const given = Object.keys(values).length === 0 ? {} : { values };
    this.trace.record({ type: "run-started", superstep: 0, input, revision: plan.revision, ...given });
    for (const [key, decision] of Object.entries(this.#snapshot.frontier.decisions))
      recordDecision(this.trace, this.#snapshot.frontier, plan.revision, { node: askerOf(key), key, decision });
    const begun = withInput(this.#snapshot, input);
    const waits = apartWrites(plan, begun.frontier).length > 0; // folded when the run goes on
    const entered = waits ? undefined : finishSuperstep(plan, this.run, begun, this.trace.seq); // invariant 2
    if (entered?.ok === true) this.#advance(entered, () => ({ trigger: "started" }));
    else {
      this.#snapshot = begun;
      this.#save("started");
      if (entered !== undefined) this.fail(entered.error);
    }
    this.flush();
  }

  /** Stands where a superstep has led. `saving`: how that is saved, asked when the trace has told of it. */
  #advance({ snapshot, taken }: FinishedSuperstep, saving: () => Saving | undefined, ms?: number): void {
    this.#snapshot = snapshot;
    this.#items.clear();
    if (this.#replay instanceof Replay) this.#replay.advanced(snapshot, this.plan);
    this.#ledger.finished(snapshot);
    const { superstep, due, status } = snapshot.frontier;
    recordRoutes(this.trace, taken, superstep);
    if (ms !== undefined) this.trace.record({ type: "superstep-finished", superstep, due: due.map((task) => task.node), ms });
    const how = saving();
    if (how === undefined) this.#pass();
    else this.#save(how.trigger, how.reason);
    if (status === "completed") recordEnd(this.trace, this.#snapshot.frontier, "completed");
  }

  /** A superstep has ended and is not saved. */
  #pass(): void {
    this.#tip = undefined;
    const { place } = this.#ledger;
    this.#live.add({ snapshot: this.#snapshot, plan: this.#footing.savedUnder, place, traceSeq: this.trace.seq });
    if (this.trace.unsavedCount >= UNSAVED_EVENTS) this.flush();
  }

  /** Another plan than it was on counts from here: the trace says so once, when the run moves, however many edits there were. */
  #recordCarrying(): void {
    const { carrying } = this.#footing;
    if (carrying === undefined || this.blocked !== undefined) return;
    const { verdict } = carrying;
    this.#footing.stand(this.#snapshot);
    if (verdict !== "mapped") return;
    this.trace.record({ type: "carried-over", superstep: this.#snapshot.frontier.superstep, ...carrying, verdict });
  }

  #note(made: readonly { readonly node: string; readonly key: string; readonly decision: Decision }[]): void {
    if (made.length === 0) return;
    const decisions = Object.fromEntries(made.map(({ key, decision }) => [key, decision]));
    this.#set({ decisions: { ...this.#snapshot.frontier.decisions, ...decisions } });
    for (const each of made) recordDecision(this.trace, this.#snapshot.frontier, this.#footing.savedUnder.revision, each);
    this.#save("decision");
  }

  /** What is saved while tasks are at work carries the results that were kept since: they belong to no checkpoint otherwise. */
  #save(trigger: CheckpointTrigger, reason?: string): void {
    const { frontier } = this.#snapshot;
    const told = this.#told === undefined ? frontier : { ...frontier, replay: this.#told };
    const kept = this.#kept.length === 0 ? told : { ...told, results: [...told.results, ...this.#kept] };
    const saving = reason === undefined ? { trigger } : { trigger, reason };
    const snapshot = { ...this.#snapshot, frontier: atHeads(kept, this.#store) };
    const write = (): number => this.#ledger.save(snapshot, saving, this.#footing.savedUnder, this.#items);
    if (this.#weighs) this.#figures.measure(this.#clock, write);
    else write();
    this.#live.saved(this.head);
    [this.#asked, this.#tip] = [false, undefined];
  }

  /** What tasks ask now takes the place of what they passed on before. */
  #dropOutdated(asked: readonly StoredQuestion[]): void {
    const { frontier } = this.#snapshot;
    const keys = outdated(frontier, new Set(asked.map(({ task }) => task)), asked);
    if (keys.size > 0) this.#set(withoutQuestions(frontier, keys));
  }

  #set(part: Partial<Frontier>): void {
    this.#snapshot = { ...this.#snapshot, frontier: { ...this.#snapshot.frontier, ...part } };
  }
}

/** What a policy asks of a superstep that can finish. */
function factsOf(plan: Plan, { questions, decisions }: Frontier, asked: boolean): FinishedFacts {
  let [barrier, decided] = [false, false];
  for (const { key, node } of questions) {
    const decision = decisions[key];
    if (decision === undefined || decision.action === NOBODY) continue;
    if (plan.nodes.get(node)?.kind === "barrier") barrier = true;
    else decided = true;
  }
  return { barrier, decided, asked };
}

/** Keeps what a plan was made of: the same plan can be made from it again. */
function saveGraph(store: CheckpointStore, { plan, document }: RunGraph): void {
  const files = Object.fromEntries([...plan.files].map(([path, { version, commands }]) => [path, { version, commands }]));
  store.saveDocument(plan.revision, document.text, files);
}

/** The plan of a revision, where it can be had. */
function planOf(revision: string, inForce: Plan, plans: PlanSource | undefined): Plan | undefined {
  return revision === inForce.revision ? inForce : plans?.(revision);
}

function otherRevision(run: string, from: string, to: string): PatchbayError {
  const message = `Run ${run} was made under revision ${from} of its graph, and this is ${to}.`;
  return new PatchbayError("NOT_RESUMABLE", message, { run, from, to });
}
