// One run, driven: from its start or from a checkpoint to wherever it is taken.
//
// 1. A plan is swapped in only between two supersteps or while nothing runs; a superstep sees one plan.
// 2. What `onDidChange` shows of a run that is not at work has been saved, and so has each question and decision; a finished
//    superstep on the way, where the graph's policy says so, and safely, unless the durability is `exit`.
// 3. A run lets the rest of its process go on many times a second, also where none of its tasks waits for anything.
import {
  superstepOf,
  type Frontier,
  type ReplayTerms,
  type StoredQuestion,
  type StoredResult,
  type StoredTask,
} from "../checkpoint/checkpoint.js";
import { PatchbayError, thrownOf, type ErrorInfo } from "../errors.js";
import type { Variables } from "../expression/cel.js";
import type { EdgeId, NodeId } from "../model/ids.js";
import { ownCopy, type JsonObject } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { ItemProgress } from "../plan/items.js";
import type { LiveEvent, RecompileFacts, TraceEvent } from "../trace/event.js";
import type { RunTally } from "../trace/tally.js";
import type { Answer } from "./answer.js";
import { DeadlineWatch } from "./deadline-watch.js";
import type { SourcedGraph } from "./graph-source.js";
import { decidedFor, passedOn, type HandedDecision } from "./inner-questions.js";
import type { StateEdit } from "./edit-state.js";
import { forceEdge, freeNode, giveInput, isGiven, overrideNode, writeAs, type WrittenResult } from "./interventions.js";
import { moveTask, restartTask } from "./moved-tasks.js";
import { nestedIn } from "./nested-entries.js";
import type { LookIntoPast } from "./look-into-past.js";
import { Moment } from "./moment.js";
import { NestedRuns, type Surroundings } from "./nested-runs.js";
import { channelLayout } from "../certify/channel-layout.js";
import type { Carrying } from "./footing.js";
import { migrate } from "./migrations.js";
import type { RunServices } from "./run-services.js";
import type { RunOptions } from "./run-options.js";
import type { FailedAttempt } from "./retries.js";
import type { RunWatch } from "./run-watch.js";
import type { RunGraph } from "./position.js";
import { Standing } from "./standing.js";
import { SuperstepRunner, type StepInto } from "./superstep-runner.js";
import { streamModes, streamRun, type StreamMode, type StreamPart } from "./stream.js";

/** What a run knows of the one that it is inside. */
interface Nesting {
  /** 0 for a run that is inside no other. */
  readonly depth: number;
  /** To be called when it has moved. */
  readonly moved?: (inner: RunSession) => void;
  /** The graphs that lead to its own. */
  readonly within?: readonly string[];
  /** Who looks on. */
  readonly watch?: () => RunWatch | undefined;
}

/** `waiting`: paused, and a question has no decision yet. */
export type RunStatus = "paused" | "running" | "waiting" | "completed" | "failed" | "cancelled";

/** How much another graph than a run was made under may differ. */
export interface ResumeTerms {
  /** `strict`: not at all. `certified` (default): as far as nothing of the run is lost. `force`: whatever is lost; the trace says so. */
  readonly mode?: "strict" | "certified" | "force";
  /** Who forces it. */
  readonly actor?: string;
}

/** Milliseconds after which the rest of the process has its turn. */
const TURN_MS = 8;

interface Driving {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  /** Nothing new is to be started. */
  draining: boolean;
  /** Somebody who looks on stopped it. */
  held: boolean;
}

/** Drives one run. */
export class RunSession {
  readonly #standing: Standing;
  readonly #listeners = new Set<() => void>();
  readonly #insideListeners = new Set<() => void>();
  readonly #deadline: DeadlineWatch;
  readonly #nested: NestedRuns<RunSession>;
  readonly #nesting: Nesting;
  readonly #services: RunServices;
  readonly #runner: SuperstepRunner;
  #offered: { readonly graph: RunGraph; readonly facts: RecompileFacts } | undefined;
  #restoredFrom: number | undefined;
  #driving: Driving | undefined;
  #watch: RunWatch | undefined;

  private constructor(standing: Standing, services: RunServices, nesting: Nesting = { depth: 0 }) {
    this.#standing = standing;
    this.#services = services;
    this.#nesting = nesting;
    this.#nested = new NestedRuns(this.#surroundings());
    this.#runner = new SuperstepRunner(standing, services, this.#nested, {
      changed: () => this.#changed(),
      isDraining: () => this.#driving?.draining === true,
      stops: (failed) => this.#stopsAt(failed),
    });
    this.#deadline = new DeadlineWatch(services.clock, () => this.#expire());
  }

  /** A new run, paused before its first superstep, with its first checkpoint saved. Throws `INPUT_INVALID`. */
  static start(graph: RunGraph, options: RunOptions, services: RunServices): RunSession {
    return new RunSession(Standing.begin(graph, ownCopy(options), services), services);
  }

  /**
   * A stored run at its head, paused. Throws `NOT_FOUND`, `CORRUPTED`, and `NOT_RESUMABLE` for another revision than it was made under
   * where the terms are strict. Under a plan that cannot carry it on, `blocked` says why.
   */
  static resume(run: string, graph: RunGraph, services: RunServices, terms: ResumeTerms = {}): RunSession {
    const session = new RunSession(Standing.resume(run, graph, services, terms.mode === "strict"), services);
    if (terms.mode === "force") session.overrule(terms.actor);
    return session;
  }

  get id(): string {
    return this.#standing.run;
  }

  /** The graphs that lead to its own from that of the outermost run, each by the path that the one around it names it by. */
  get within(): readonly string[] {
    return this.#nesting.within ?? [];
  }

  /** Where it stands: what has just happened, and what is about to. */
  get moment(): Moment {
    return new Moment(this.id, this.#standing.under, this.#standing.snapshot);
  }

  get status(): RunStatus {
    if (this.#driving !== undefined) return "running";
    const { status } = this.frontier;
    if (status !== "running") return status;
    return this.#standing.questions.open.length > 0 ? "waiting" : "paused";
  }

  get frontier(): Frontier {
    return this.#standing.snapshot.frontier;
  }

  /** Values now, by channel. Read only. */
  get channels(): JsonObject {
    return this.#standing.snapshot.channels.values();
  }

  /** Variables for expressions over the channels as they are now. */
  get variables(): Variables {
    const run = { id: this.id, superstep: superstepOf(this.frontier) };
    return this.#standing.snapshot.channels.variables({ output: {}, input: null, run });
  }

  /** Questions without a decision. */
  get openQuestions(): readonly StoredQuestion[] {
    return this.#standing.questions.open;
  }

  /** Tasks at work at this moment. */
  get runningTasks(): readonly StoredTask[] {
    return [...this.#runner.atWork.values()];
  }

  /** How far tasks are that work item by item, by task: those at work, and those that wait or were stopped on the way. */
  get progress(): ReadonlyMap<string, ItemProgress> {
    return this.#runner.progress;
  }

  /** The runs inside open tasks that are driven from here, each with its task. */
  get inside(): Iterable<{ readonly task: string; readonly run: RunSession }> {
    return this.#nested.all;
  }

  /** Id of the checkpoint that the run stands at. */
  get head(): string {
    return this.#standing.head;
  }

  /** Whether another session has gone on with the run: this one can only be looked at. */
  get overtaken(): boolean {
    return this.#driving === undefined && this.#standing.isOvertaken;
  }

  /** The plan that the run is on. */
  get plan(): Plan {
    return this.#standing.plan;
  }

  /** Why the run cannot go on under the plan in force, if so. */
  get blocked(): ErrorInfo | undefined {
    return this.#standing.blocked;
  }

  /** The superstep that was restored, until something runs. */
  get restoredFrom(): number | undefined {
    return this.#restoredFrom;
  }

  /**
   * The newest events of what led here, oldest first. Those of tasks at work come last, as they happened, with numbers that are not
   * final: they are recorded in task order when all have ended.
   */
  get trace(): readonly TraceEvent[] {
    const { tail, unsettled } = this.#standing.trace;
    return unsettled.length === 0 ? tail : [...tail, ...unsettled];
  }

  /** Counts for each node and edge over what led here. */
  get tally(): RunTally {
    return this.#standing.tally;
  }

  /**
   * Runs one superstep (or the rest of the open one), then pauses. Rejects with `RUN_BUSY`, `RUN_FINISHED`, `NOT_RESUMABLE`, and with `STORE`
   * where what it has done cannot be written: that is held, and written first by the next attempt, also of a run that has come to its end.
   * `RUN_ELSEWHERE`: somebody else has gone on with the run; nothing was run here.
   */
  step(): Promise<void> {
    return this.#drive(true);
  }

  /**
   * Runs one task of the next or the open superstep as `step` does, and leaves its siblings. A run inside it is moved by one
   * superstep at most: where it has not begun it is begun, and stands before its first; with `deeper`, the task of that name in it is
   * stepped into instead. Rejects as `step` does, and with `UNKNOWN_TARGET` for a task that is not due.
   */
  stepInto(task: string, ...deeper: readonly string[]): Promise<void> {
    return this.#drive(true, { task, deeper });
  }

  /**
   * The session of the run inside an open task, to look at and to move; `slot` where the task has several. The run around follows
   * what it does. Undefined where there is none, or where its graph cannot be had. Throws `NOT_FOUND`, `CORRUPTED`.
   */
  nested(task: string, slot?: string): RunSession | undefined {
    const entry = nestedIn(this.frontier, task, slot);
    const node = this.frontier.due.find(({ id }) => id === task)?.node;
    const path = node === undefined ? undefined : this.plan.nodes.get(node)?.graph;
    if (entry === undefined || path === undefined) return undefined;
    const inner = this.#nested.open(entry.run, task, path);
    if (inner !== undefined && this.#driving === undefined) this.#handIn(inner);
    return inner;
  }

  /** Runs until the run ends, waits for a decision, fails, or is paused. Rejects as `step` does. */
  continue(): Promise<void> {
    return this.#drive(false);
  }

  /**
   * Finishes what is at work, with its retries, and starts nothing new: resolves when the run is paused at the next boundary, or
   * has come to its end. All that was finished is saved, and `continue` goes on from there. Without effect while nothing runs.
   */
  async drain(): Promise<void> {
    if (this.#driving === undefined) return;
    this.#driving.draining = true;
    this.#nested.drain();
    await this.#driving.done;
  }

  /** Aborts what is at work; resolves when nothing is any more. The run can go on from there. */
  async halt(): Promise<void> {
    await this.#abort();
  }

  /** Cancels at once: tasks at work are aborted, finished ones keep their results. */
  async stop(): Promise<void> {
    await this.#abort();
    await this.#nested.stop();
    this.#standing.cancel();
    this.#settle();
  }

  /** What the run around hands in: decisions, and its copies of the questions. */
  receive(handed: readonly HandedDecision[], copies: readonly StoredQuestion[]): void {
    this.#standing.questions.receive(handed, copies);
    this.#standing.flush();
    this.#changed();
  }

  /**
   * Answers a question and saves the decision; one that is not asked yet is kept, and used once, when it is. Does not go on by
   * itself. Throws `NO_QUESTION` for what this graph cannot ask (or no more), `DECISION_INVALID`.
   */
  decide(key: string, answer: Answer): void {
    this.decideAll({ [key]: answer });
  }

  /** Answers several questions, by key: all of them, or none where one answer is refused. Throws as `decide` does. */
  decideAll(answers: Readonly<Record<string, Answer>>): void {
    this.#standing.assertWritable();
    this.#standing.questions.decide(ownCopy(answers));
    this.#settle();
  }

  /** Makes a checkpoint: of where the run stands, or while it runs of the next superstep that finishes. */
  save(): void {
    if (this.#driving !== undefined) return this.#standing.saveNext();
    this.#standing.assertWritable();
    this.#standing.saveNow();
    this.#settle();
  }

  /** Stands at an earlier checkpoint, paused: its state under the plan in force, the runs inside its open tasks where they were; a checkpoint of a run inside a task takes the run back to where that task is open. Nothing is lost: what came after stays in the store, and `replay` says which of its results count again (default: that of the services, else `recorded`). Throws `RUN_BUSY`, `NOT_FOUND`, `CORRUPTED`. */
  restore(checkpoint: string, replay?: ReplayTerms): void {
    this.#assertIdle();
    this.#nested.forget();
    this.#standing.history.restore(checkpoint, replay);
    this.#restoredFrom = superstepOf(this.frontier);
    this.#runner.forget();
    this.#settle();
  }

  /** Which results that are recorded on other branches count from here on; undefined while none are looked for. */
  get replay(): ReplayTerms | undefined {
    return this.#standing.replay;
  }

  /** Sets them, also for the runs inside tasks that begin from now on. Throws `RUN_BUSY`. */
  replayBy(terms: ReplayTerms): void {
    this.#assertIdle();
    this.#standing.replayBy(ownCopy(terms));
    this.#changed();
  }

  /**
   * Stands at the end of an earlier superstep, so many back on the way that led here, exactly as it was then, whether it was saved or
   * not. Going on from there is another branch; until then `forward` leads to where it came from. False where there is none in
   * reach: ends that were not saved are held for the latest supersteps that this session drove. Throws as `restore` does.
   */
  back(supersteps = 1): boolean {
    return this.#travel(supersteps);
  }

  /** The moments at which `back` stands, looked at without going there: the first is one superstep back, and so on. Throws `CORRUPTED`. */
  get past(): Iterable<Moment> {
    return this.#standing.history.past();
  }

  /** The supersteps that led here, by their numbers, for somebody who goes to and fro among them without moving the run. */
  lookIntoPast(): LookIntoPast {
    return this.#standing.history.look();
  }

  /** Stands so many supersteps on again, at most where `back` was called first. False where the run has not been stepped back. */
  forward(supersteps = 1): boolean {
    return this.#travel(-supersteps);
  }

  #travel(back: number): boolean {
    this.#assertIdle();
    this.#nested.forget();
    const moved = this.#standing.history.move(back);
    if (!moved) return false;
    this.#restoredFrom = superstepOf(this.frontier);
    this.#runner.forget();
    this.#settle();
    return true;
  }

  /**
   * Takes this edge next, and no other of its node: at once if the node has just finished, else when it finishes next. The trace says
   * so for ever. Throws `RUN_BUSY`, `RUN_FINISHED`, `UNKNOWN_EDGE`.
   */
  force(edge: EdgeId, actor = ""): void {
    this.#assertIdle();
    this.#standing.byHand.redirect(forceEdge(this.plan, this.frontier, edge, actor));
    this.#settle();
  }

  /** Takes back what a node is forced to take, unless the run has gone on by it. Throws `RUN_BUSY`, `RUN_FINISHED`. */
  unforce(node: NodeId, actor = ""): void {
    this.#assertIdle();
    this.#standing.byHand.redirect(freeNode(this.frontier, node, actor));
    this.#settle();
  }

  /**
   * Sends the run from a node (or `@start`) to these targets, whatever its edges say, from now on; without targets, by its edges
   * again. A node's own `goto` and its failures go before. Throws `RUN_BUSY`, `RUN_FINISHED`, `UNKNOWN_TARGET`.
   */
  override(node: NodeId, targets: readonly NodeId[], actor = ""): void {
    this.#assertIdle();
    this.#standing.byHand.redirect(overrideNode(this.plan, this.frontier, node, targets, actor));
    this.#settle();
  }

  /**
   * Moves a task that is due to another node: that runs in its place, once, and what the task has begun is dropped. Throws `RUN_BUSY`,
   * `RUN_FINISHED`, `UNKNOWN_TARGET`, and `TASK_FINISHED` for a task or node that has run in the open superstep already.
   */
  move(task: string, node: NodeId, actor = ""): void {
    this.#assertIdle();
    this.#standing.byHand.drop(task, moveTask(this.plan, this.frontier, task, node, actor));
    this.#settle();
  }

  /**
   * Has a task that is due begin anew, whatever is recorded of its node: what it has asked, and the runs that have begun inside it, are
   * dropped. Throws `RUN_BUSY`, `RUN_FINISHED`, `UNKNOWN_TARGET`, `TASK_FINISHED`.
   */
  restart(task: string, actor = ""): void {
    this.#assertIdle();
    const redirection = restartTask(this.frontier, task, actor);
    this.#runner.retries.take(task);
    this.#standing.live(task);
    this.#standing.byHand.drop(task, redirection);
    this.#settle();
  }

  /**
   * Starts over from `@start` with new input on the state that there is; what was due or asked is dropped. Also a run that has ended.
   * Where a reducer of the user's folds what is given, that is done when the run goes on, and nothing else can be given before.
   * Throws `RUN_BUSY`, `INPUT_INVALID`, `FOLD_PENDING`.
   */
  input(values: JsonObject, actor = ""): void {
    this.#assertIdle();
    this.#standing.byHand.overwrite(giveInput(this.plan, this.#standing.snapshot, ownCopy(values), actor));
    this.#settle();
  }

  /**
   * Edits the state as if this node had just finished with these writes, and takes its routes; what was due or asked is dropped. Also
   * in a run that has ended. Reducers of the user's fold as they do for `input`. Throws `RUN_BUSY`, `INPUT_INVALID`, `UNKNOWN_TARGET`,
   * `UNKNOWN_ACTION`, `FOLD_PENDING`.
   */
  editAs(node: NodeId, result: WrittenResult, actor = ""): void {
    this.#assertIdle();
    this.#standing.byHand.overwrite(writeAs(this.plan, this.#standing.snapshot, node, ownCopy(result), actor));
    this.#settle();
  }

  /**
   * Gives channels other values, where the run stands: not folded, and whether it has ended or not. That is a checkpoint of its own, and
   * the one it stood at stays as it is; what is due follows from the new values. Throws `RUN_BUSY`, `INPUT_INVALID`, `FOLD_PENDING`,
   * `NEEDS_MIGRATION` and `NOT_RESUMABLE` where the plan in force cannot take the run, and what routing by the values fails with.
   */
  edit(edit: StateEdit, actor = ""): void {
    this.#assertIdle();
    this.#standing.byHand.edit(ownCopy(edit), actor);
    this.#settle();
  }

  /** Offers a new plan: in force at once while nothing runs, else at the next boundary (invariant 1). */
  offerPlan(graph: RunGraph, facts: RecompileFacts): void {
    this.#offered = { graph, facts };
    if (this.#driving !== undefined) return;
    this.#adoptOffered();
    this.#settle();
  }

  /** What becomes of the run under the plan in force, where that is another than it was on, until it moves. */
  get carrying(): Carrying | undefined {
    return this.#standing.carrying;
  }

  /** Goes on under the plan in force although that cannot carry the run over: what has no place there is dropped. Throws `RUN_BUSY`. */
  overrule(actor = ""): void {
    this.#assertIdle();
    this.#standing.planChange.overrule(actor);
    this.#settle();
  }

  /** Calls back when anything above has changed; the returned function ends that. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#watchDeadlines();
    return () => this.#listeners.delete(listener);
  }

  /** Calls back when a run inside a task has begun or ended a task or a superstep; the returned function ends that. */
  onInside(listener: () => void): () => void {
    this.#insideListeners.add(listener);
    return () => this.#insideListeners.delete(listener);
  }

  /** Lets somebody look on while it is driven, and stop it and the runs inside its tasks on the way; undefined: nobody. */
  watch(watch: RunWatch | undefined): void {
    this.#watch = watch;
  }

  get #watching(): RunWatch | undefined {
    return this.#watch ?? this.#nesting.watch?.();
  }

  /** Calls back with each event as it happens; the returned function ends that. */
  onTrace(listener: (event: LiveEvent) => void): () => void {
    return this.#standing.trace.onEvent(listener);
  }

  /** Calls back with the result of each task as it finishes, before its superstep does; the returned function ends that. */
  onResult(listener: (result: StoredResult) => void): () => void {
    this.#runner.resultListeners.add(listener);
    return () => this.#runner.resultListeners.delete(listener);
  }

  /**
   * Goes on as `continue` does, and gives what happens on the way; ends where the run stops, and throws what `continue` rejects with.
   * Who stops reading pauses the run at its next boundary. The run does not wait for who reads.
   */
  stream(modes: readonly StreamMode[] = streamModes): AsyncGenerator<StreamPart, void, void> {
    return streamRun(this, new Set(modes));
  }

  /** Calls back with each event as it is recorded, in the order of the trace; the returned function ends that. */
  onRecord(listener: (event: TraceEvent) => void): () => void {
    return this.#standing.trace.onRecord(listener);
  }

  /** Forgets the listeners and aborts what runs; resolves when nothing is at work and the trace is saved. The run can be resumed. */
  async dispose(): Promise<void> {
    this.#listeners.clear();
    this.#insideListeners.clear();
    this.#runner.resultListeners.clear();
    this.#watchDeadlines();
    await this.#abort();
    await this.#nested.dispose();
    if (this.#standing.isUnwritten) this.#standing.relieve();
    this.#services.handlers.release?.(this.id);
  }

  async #abort(): Promise<void> {
    this.#driving?.abort.abort();
    await this.#driving?.done;
  }

  async #drive(once: boolean, into?: StepInto): Promise<void> {
    if (this.blocked?.code === "NEEDS_MIGRATION" && this.#driving === undefined) await this.#migrate();
    if (this.#driving === undefined && this.#standing.isUnwritten) {
      this.#settle();
      if (this.frontier.status === "completed" || this.frontier.status === "cancelled") return; // that was what was left to do
    }
    this.#assertCanRun();
    this.#standing.assertWritable();
    if (into !== undefined && !this.frontier.due.some(({ id }) => id === into.task)) throw notDue(into.task);
    this.#nested.set(into === undefined ? "onward" : { step: into.deeper });
    const { clock } = this.#services;
    const { promise: done, resolve: settled } = Promise.withResolvers<void>();
    const driving: Driving = { abort: new AbortController(), done, draining: false, held: false };
    this.#driving = driving;
    this.#restoredFrom = undefined;
    if (this.frontier.status === "failed") this.#standing.retry();
    try {
      this.#standing.questions.expire();
      let given = isGiven(this.frontier); // to fold what a person wrote is no step of its own
      let rested = clock.monotonic();
      driving.held = !once && !given && this.#watching?.stays(this) === true;
      while (!driving.held && (await this.#runner.run(driving.abort.signal, into))) {
        this.#adoptOffered();
        if ((once && !given) || driving.draining || this.blocked !== undefined) break;
        driving.held = !given && this.#watching?.stops(this) === true;
        if (driving.held) break;
        given = false;
        if (clock.monotonic() - rested < TURN_MS) continue;
        this.#standing.sync();
        await clock.rest(); // invariant 3
        rested = clock.monotonic();
        if (driving.draining || driving.abort.signal.aborted) break;
      }
      this.#standing.rest();
    } finally {
      this.#driving = undefined;
      settled();
      this.#adoptOffered();
      this.#recordPause(driving.held ? "breakpoint" : once ? "step" : "user");
      this.#settle();
    }
    if (this.#nesting.depth === 0 && this.frontier.status !== "running") this.#services.ended?.(this.id);
  }

  /** Does nothing where no migration leads to the channels of now: then the run stays blocked by what it needs one for. */
  async #migrate(): Promise<void> {
    const under = this.#standing.under;
    const values = this.#standing.snapshot.channels.values();
    const modules = this.#services.migrations?.way(channelLayout(under), channelLayout(this.plan));
    if (modules === undefined) return;
    const migrated = await migrate(values, under, this.plan, this.#services, this.id);
    // Meanwhile somebody may have edited on, or moved the run.
    if (this.#driving !== undefined || this.#standing.under !== under || this.blocked?.code !== "NEEDS_MIGRATION") return;
    // A trace names no folders of one machine.
    this.#standing.planChange.migrate(
      migrated.values,
      migrated.modules.map((module) => module.slice(Math.max(module.lastIndexOf("/"), module.lastIndexOf("\\")) + 1)),
    );
    this.#settle();
  }

  #assertIdle(): void {
    if (this.#driving !== undefined) throw new PatchbayError("RUN_BUSY", "The run is running.");
    this.#standing.assertWritable();
  }

  #assertCanRun(): void {
    if (this.#driving !== undefined) throw new PatchbayError("RUN_BUSY", "The run is running already.");
    const { status } = this.frontier;
    if (status === "completed" || status === "cancelled") throw new PatchbayError("RUN_FINISHED", `The run is ${status}.`, { status });
    if (this.blocked !== undefined) throw thrownOf(this.blocked);
  }

  #surroundings(): Surroundings<RunSession> {
    const { store, ids, graphs } = this.#services;
    const depth = this.#nesting.depth;
    const nesting = (node: NodeId): Nesting => ({
      depth: depth + 1,
      within: [...this.within, this.plan.nodes.get(node)?.graph ?? ""],
      moved: (inner) => this.#followed(inner),
      watch: () => this.#watching,
    });
    const servicesOf = ({ resolve, graphs: named }: SourcedGraph) => ({ ...this.#services, resolve, graphs: named });
    return {
      graphs,
      depth,
      find: (task, slot) => nestedIn(this.frontier, task, slot)?.run,
      begin: (graph, task, slot, values, trace) => {
        this.#standing.anchor();
        const run = ids.next();
        const parent = { run: this.id, task: task.id, ...(slot === undefined ? {} : { slot }), since: this.head };
        const standing = Standing.begin(graph, { graph: graph.name, run, values, parent }, servicesOf(graph));
        this.#standing.leadReplay(standing);
        const inner = this.#around(new RunSession(standing, servicesOf(graph), nesting(task.node)));
        this.#standing.work.beginNested(task, graph.name, run, inner.head, slot, trace);
        return inner;
      },
      takeUp: (graph, run, task) => {
        const standing = Standing.resume(run, graph, servicesOf(graph));
        this.#standing.leadReplay(standing);
        const node = this.frontier.due.find(({ id }) => id === task)?.node ?? "";
        return this.#around(new RunSession(standing, servicesOf(graph), nesting(node)));
      },
      graphOf: (run) => store.run(run)?.graph,
      handIn: (inner) => this.#handIn(inner),
      unwritten: (error) => this.#runner.unwritten(error),
    };
  }

  /** Follows what a run inside does, for those who look on. */
  #around(inner: RunSession): RunSession {
    const moved = (): void => {
      for (const listener of this.#insideListeners) listener();
    };
    inner.onTrace(({ type }) => {
      if (this.#insideListeners.size > 0 && (type.startsWith("task-") || type.startsWith("superstep-"))) moved();
    });
    inner.onInside(moved);
    return inner;
  }

  #handIn(inner: RunSession): void {
    const handed = decidedFor(inner.id, this.frontier);
    inner.receive(handed, this.frontier.questions);
    this.#standing.questions.handedIn(handed.map(({ outer }) => outer));
  }

  /** A run inside a task was moved while this one stands. */
  #followed(inner: RunSession): void {
    const entry = this.frontier.nested?.find(({ run }) => run === inner.id);
    const task = this.frontier.due.find(({ id }) => id === entry?.task);
    if (this.#driving !== undefined || entry === undefined || task === undefined) return;
    this.#standing.questions.passOn(task, inner.id, passedOn(inner.id, entry.slot, inner.openQuestions));
    this.#settle();
  }

  #stopsAt(failed: FailedAttempt): boolean {
    const stops = this.#watching?.stopsAtRetry?.(this, failed) === true;
    if (stops && this.#driving !== undefined) this.#driving.held = true;
    return stops;
  }

  #adoptOffered(): void {
    const offered = this.#offered;
    this.#offered = undefined;
    if (offered !== undefined) this.#standing.planChange.adopt(offered.graph, offered.facts);
  }

  #recordPause(why: "breakpoint" | "step" | "user"): void {
    const { status, superstep } = this.frontier;
    if (status !== "running") return;
    const reason = this.#standing.questions.open.length > 0 ? "asked" : why;
    this.#standing.trace.record({ type: "run-paused", superstep, reason });
  }

  /** People see where the run stands, also where that could not be written. */
  #settle(): void {
    try {
      this.#standing.flush();
    } finally {
      this.#watchDeadlines();
      this.#changed();
      this.#nesting.moved?.(this);
    }
  }

  /** While somebody listens, a question that is not answered in time is decided when its time is up; else at the next move. */
  #watchDeadlines(): void {
    this.#deadline.set(this.#listeners.size === 0 ? undefined : this.#standing.questions.nextDeadline);
  }

  #expire(): void {
    try {
      this.#standing.questions.expire();
      this.#settle();
    } catch {
      // A store that cannot be written: the next move tries again, and tells who asked for it.
    }
  }

  #changed(): void {
    if (this.#listeners.size === 0) return;
    this.#standing.sync(); // invariant 2
    if (this.#driving !== undefined && this.#standing.isUnwritten) return; // it is about to stop, and tells then
    for (const listener of this.#listeners) listener();
  }
}

function notDue(task: string): PatchbayError {
  return new PatchbayError("UNKNOWN_TARGET", `Task "${task}" is not due.`, { task });
}
