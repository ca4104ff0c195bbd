// One run, from its start or from a checkpoint to wherever it is taken.
//
// 1. A plan is swapped in only between two supersteps or while nothing runs; a superstep sees one plan.
// 2. One await a superstep: between two of them everything is decided synchronously.
// 3. What `onDidChange` shows as a finished superstep, a question or a decision has been saved.
// 4. A finished task is not run again: its result is kept until its superstep is finished.
import { ChannelState } from "../channels/channel-state.js";
import { compileSchema } from "../channels/channel-program.js";
import type { CheckpointTrigger, Decision, Frontier, StoredQuestion, StoredResult, StoredTask } from "../checkpoint/checkpoint.js";
import { rebuild } from "../checkpoint/rebuild.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import { PatchbayError, type ErrorInfo } from "../errors.js";
import { START } from "../model/ids.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { Clock, HandlerHost, Ids } from "../ports.js";
import type { RecompileFacts, TraceEvent } from "../trace/event.js";
import { TraceRecorder } from "../trace/recorder.js";
import { RunTally } from "../trace/tally.js";
import { Ledger } from "./ledger.js";
import type { TakenRoute } from "./routes.js";
import { freshFrontier, type Snapshot } from "./snapshot.js";
import { enter, finishSuperstep, limitReached, runnableTasks } from "./superstep.js";
import { runTask, type TimedOutcome } from "./task-runner.js";
import { carryOver } from "./verdict.js";
import { checkWrites } from "./writes.js";

/** What a run needs of the outside. */
export interface RunServices {
  readonly store: CheckpointStore;
  readonly handlers: HandlerHost;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Makes the absolute path of a module that the document names, such as `./nodes/a.ts`. */
  readonly resolve: (path: string) => string;
}

/** How a run is started. */
export interface RunOptions {
  /** Name of the graph: the document's file name. */
  readonly graph: string;
  /** Channel -> first value, folded as a write of `@start`. */
  readonly input?: JsonObject;
  /** Id of the run; made where absent. */
  readonly run?: string;
  /** Decisions by question key, given before they are asked. */
  readonly decisions?: Readonly<Record<string, Decision>>;
}

/** `waiting`: paused, and a question has no decision yet. */
export type RunStatus = "paused" | "running" | "waiting" | "completed" | "failed" | "cancelled";

/** A plan and the text it was made from. */
export interface RunGraph {
  readonly plan: Plan;
  readonly document: { readonly text: string };
}

/** A person's answer. */
export interface Answer {
  readonly action: string;
  readonly value?: JsonValue;
  /** Who decided; free text. */
  readonly actor: string;
}

/** Drives one run. */
export class RunSession {
  readonly id: string;
  readonly #services: RunServices;
  readonly #trace: TraceRecorder;
  readonly #ledger: Ledger;
  readonly #listeners = new Set<() => void>();
  readonly #atWork = new Map<string, StoredTask>();
  #tally: RunTally;
  #graph: RunGraph;
  #snapshot: Snapshot;
  #offered: { readonly graph: RunGraph; readonly facts: RecompileFacts } | undefined;
  #blocked: ErrorInfo | undefined;
  #restoredFrom: number | undefined;
  #driving: { readonly abort: AbortController; pause: boolean; readonly done: Promise<void> } | undefined;

  private constructor(id: string, graph: RunGraph, snapshot: Snapshot, services: RunServices, trace: TraceRecorder, head: string | null) {
    this.id = id;
    this.#graph = graph;
    this.#snapshot = snapshot;
    this.#services = services;
    this.#trace = trace;
    this.#ledger = new Ledger(id, services, trace, head);
    this.#tally = new RunTally(trace.tail);
    trace.onEvent((event) => this.#tally.add(event));
  }

  /** A new run, paused before its first superstep, with its first checkpoint saved. Throws `INPUT_INVALID`. */
  static start(graph: RunGraph, options: RunOptions, services: RunServices): RunSession {
    const { plan } = graph;
    const input = options.input ?? {};
    const fault = checkWrites(plan.channels, [{ task: START, node: START, writes: input, ms: 0 }]);
    if (fault !== undefined) throw new PatchbayError("INPUT_INVALID", fault.error.message, fault.error.details ?? {});
    const id = options.run ?? services.ids.next();
    const writes = [{ node: START, writes: input }];
    const channels = ChannelState.of(plan.channels, {}, 0).fold(writes, 1);
    const trace = new TraceRecorder(services.clock);
    const frontier = { ...freshFrontier, decisions: options.decisions ?? {} };
    const session = new RunSession(id, graph, { frontier, channels, lastWrites: writes }, services, trace, null);
    services.store.createRun({ id, graph: options.graph, startedAt: services.clock.now(), head: null });
    session.#begin(input);
    return session;
  }

  /** A stored run at its head, paused. Throws `NOT_FOUND`, `CORRUPTED`. Under a plan that cannot carry it on, `blocked` says why. */
  static resume(run: string, graph: RunGraph, services: RunServices): RunSession {
    const stored = services.store.run(run);
    if (stored?.head == null) throw new PatchbayError("NOT_FOUND", `There is no run ${run} in this store.`, { run });
    const lineage = services.store.trace(run, stored.head);
    const trace = new TraceRecorder(services.clock, lineage, services.store.lastSeq(run));
    const { snapshot, revision } = load(services.store, stored.head, graph.plan, trace.seq);
    const session = new RunSession(run, graph, withPending(snapshot, services.store.results(run, stored.head)), services, trace, stored.head);
    if (revision !== graph.plan.revision) session.#stand();
    return session;
  }

  get status(): RunStatus {
    if (this.#driving !== undefined) return "running";
    const { status } = this.#snapshot.frontier;
    if (status !== "running") return status;
    return this.#openQuestions().length > 0 ? "waiting" : "paused";
  }

  get frontier(): Frontier {
    return this.#snapshot.frontier;
  }

  /** Values now, by channel. Read only. */
  get channels(): JsonObject {
    return this.#snapshot.channels.values();
  }

  /** Tasks at work at this moment. */
  get runningTasks(): readonly StoredTask[] {
    return [...this.#atWork.values()];
  }

  /** Id of the checkpoint that the run stands at. */
  get head(): string {
    return this.#ledger.head;
  }

  /** The plan that the run is on. */
  get plan(): Plan {
    return this.#graph.plan;
  }

  /** Why the run cannot go on under the plan in force, if so. */
  get blocked(): ErrorInfo | undefined {
    return this.#blocked;
  }

  /** The superstep that was restored, until something runs. */
  get restoredFrom(): number | undefined {
    return this.#restoredFrom;
  }

  /** The newest events of what led here, oldest first. */
  get trace(): readonly TraceEvent[] {
    return this.#trace.tail;
  }

  /** Counts for each node and edge over what led here. */
  get tally(): RunTally {
    return this.#tally;
  }

  /** Runs one superstep (or the rest of the open one), then pauses. Rejects with `RUN_BUSY`, `RUN_FINISHED`, `NOT_RESUMABLE`. */
  step(): Promise<void> {
    return this.#drive(true);
  }

  /** Runs until the run ends, waits for a decision, fails, or is paused. Rejects as `step` does. */
  continue(): Promise<void> {
    return this.#drive(false);
  }

  /** Pauses at the next boundary. */
  pause(): void {
    if (this.#driving !== undefined) this.#driving.pause = true;
  }

  /** Cancels at once: tasks at work are aborted, finished ones keep their results. */
  async stop(): Promise<void> {
    const driving = this.#driving;
    if (driving !== undefined) {
      driving.abort.abort();
      await driving.done;
    }
    if (this.#snapshot.frontier.status !== "running" && this.#snapshot.frontier.status !== "failed") return;
    this.#end("cancelled");
  }

  /** Answers an open question and saves the decision. Throws `NO_QUESTION`, `DECISION_INVALID`. Does not go on by itself. */
  decide(key: string, answer: Answer): void {
    const question = this.#snapshot.frontier.questions.find((each) => each.key === key);
    if (question === undefined) throw new PatchbayError("NO_QUESTION", `The run asks no question "${key}".`, { key });
    checkAnswer(question, answer);
    const { action, value, actor } = answer;
    const decision: Decision = { action, actor, at: this.#services.clock.now(), ...(value === undefined ? {} : { value }) };
    this.#setFrontier({ decisions: { ...this.#snapshot.frontier.decisions, [key]: decision } });
    this.#recordDecision(question.node, key, decision);
    this.#save("decision", false);
    this.#settle();
  }

  /** Stands at an earlier checkpoint, paused: its state under the plan in force. Nothing is lost: what came after stays in the store. Throws `RUN_BUSY`, `NOT_FOUND`, `CORRUPTED`. */
  restore(checkpoint: string): void {
    if (this.#driving !== undefined) throw new PatchbayError("RUN_BUSY", "The run is running.");
    const { store } = this.#services;
    const { snapshot, revision, run } = load(store, checkpoint, this.plan, this.#trace.seq);
    if (run !== this.id) throw new PatchbayError("NOT_FOUND", `Checkpoint ${checkpoint} is of another run.`, { checkpoint });
    const lineage = store.trace(this.id, checkpoint);
    this.#ledger.flush();
    this.#snapshot = withPending(snapshot, store.results(this.id, checkpoint));
    this.#trace.rewind(lineage);
    this.#tally = new RunTally(lineage);
    this.#restoredFrom = snapshot.frontier.superstep;
    this.#trace.record({ type: "restored", superstep: snapshot.frontier.superstep, checkpoint });
    this.#ledger.moveTo(checkpoint);
    this.#blocked = undefined;
    if (revision !== this.plan.revision) this.#stand();
    this.#settle();
  }

  /** Offers a new plan: in force at once while nothing runs, else at the next boundary (invariant 1). */
  offerPlan(graph: RunGraph, facts: RecompileFacts): void {
    this.#offered = { graph, facts };
    if (this.#driving === undefined) {
      this.#adoptOffered();
      this.#settle();
    }
  }

  /** Calls back when anything above has changed; the returned function ends that. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back with each trace event; the returned function ends that. */
  onTrace(listener: (event: TraceEvent) => void): () => void {
    return this.#trace.onEvent(listener);
  }

  /** Forgets the listeners and aborts what runs; resolves when nothing is at work and the trace is saved. The run can be resumed. */
  async dispose(): Promise<void> {
    this.#listeners.clear();
    this.#driving?.abort.abort();
    await this.#driving?.done;
  }

  #begin(input: JsonObject): void {
    const { plan, document } = this.#graph;
    this.#services.store.saveDocument(plan.revision, document.text);
    this.#trace.record({ type: "run-started", superstep: 0, input, revision: plan.revision });
    for (const [key, decision] of Object.entries(this.#snapshot.frontier.decisions)) this.#recordDecision(key, key, decision);
    const entered = enter(plan, this.id, this.#snapshot);
    if (entered.ok) {
      this.#snapshot = entered.snapshot;
      this.#recordRoutes(entered.taken, 0);
      this.#save("started", true);
      if (entered.snapshot.frontier.status === "completed") this.#finishRun("completed");
    } else {
      this.#save("started", true);
      this.#fail(entered.error);
    }
    this.#ledger.flush();
  }

  async #drive(once: boolean): Promise<void> {
    this.#assertCanRun();
    let settled = (): void => undefined;
    const done = new Promise<void>((resolve) => (settled = resolve));
    const driving = { abort: new AbortController(), pause: false, done };
    this.#driving = driving;
    this.#restoredFrom = undefined;
    if (this.#snapshot.frontier.status === "failed") this.#retry();
    try {
      while (await this.#superstep(driving.abort.signal)) {
        this.#adoptOffered();
        if (once || driving.pause || this.#blocked !== undefined) break;
      }
    } finally {
      this.#driving = undefined;
      this.#recordPause(once);
      this.#settle();
      settled();
    }
  }

  #assertCanRun(): void {
    if (this.#driving !== undefined) throw new PatchbayError("RUN_BUSY", "The run is running already.");
    const { status } = this.#snapshot.frontier;
    if (status === "completed" || status === "cancelled") throw new PatchbayError("RUN_FINISHED", `The run is ${status}.`, { status });
    if (this.#blocked !== undefined) throw new PatchbayError("NOT_RESUMABLE", this.#blocked.message, this.#blocked.details ?? {});
  }

  /** A failed run goes on where it failed: only what failed is run again. */
  #retry(): void {
    const { error: _error, ...frontier } = this.#snapshot.frontier;
    this.#snapshot = { ...this.#snapshot, frontier: { ...frontier, status: "running" } };
  }

  /** Runs one superstep; whether the run can go on to the next. */
  async #superstep(signal: AbortSignal): Promise<boolean> {
    const started = this.#services.clock.monotonic();
    if (!this.#open()) return false;
    const tasks = runnableTasks(this.#snapshot);
    const outcomes = await Promise.all(tasks.map((task) => this.#run(task, tasks.length, signal))); // invariant 2
    this.#keep(outcomes);
    if (signal.aborted) return false;
    const failed = outcomes.find((each) => each.outcome.type === "failed");
    if (failed?.outcome.type === "failed") return this.#fail(failed.outcome.error);
    if (this.#snapshot.frontier.results.length < this.#snapshot.frontier.due.length) {
      if (outcomes.some((each) => each.outcome.type === "asked")) this.#save("asked", false);
      return false;
    }
    return this.#close(started);
  }

  #open(): boolean {
    const { frontier } = this.#snapshot;
    if (frontier.open) return true;
    const limit = limitReached(this.plan, this.#snapshot);
    if (limit !== undefined) return this.#fail(limit);
    this.#setFrontier({ open: true });
    this.#trace.record({ type: "superstep-started", superstep: frontier.superstep + 1, due: frontier.due.map((task) => task.node) });
    return true;
  }

  async #run(task: StoredTask, siblings: number, signal: AbortSignal): Promise<TimedOutcome> {
    const superstep = this.#snapshot.frontier.superstep + 1;
    this.#atWork.set(task.id, task);
    this.#trace.record({ type: "task-started", superstep, node: task.node, task: task.id });
    this.#changed();
    const services = { handlers: this.#services.handlers, clock: this.#services.clock, trace: this.#trace, resolve: this.#services.resolve };
    const timed = await runTask(this.plan, this.id, this.#snapshot, task, services, signal);
    this.#atWork.delete(task.id);
    const { outcome, ms } = timed;
    if (outcome.type === "done") {
      const action = outcome.action === undefined ? {} : { action: outcome.action };
      // A lone task's result is saved with its superstep; siblings' results must outlive a failure of one another (invariant 4).
      if (siblings > 1) this.#ledger.saveResult(resultOf(timed.task, outcome, ms));
      this.#trace.record({ type: "task-finished", superstep, node: task.node, task: task.id, ms, ...action });
    } else if (outcome.type === "failed") {
      this.#trace.record({ type: "task-failed", superstep, node: task.node, task: task.id, ms, error: outcome.error });
    }
    this.#changed();
    return timed;
  }

  /** Takes results and questions into the open superstep. */
  #keep(outcomes: readonly TimedOutcome[]): void {
    const results = outcomes.flatMap(({ task, outcome, ms }) => (outcome.type === "done" ? [resultOf(task, outcome, ms)] : []));
    const asked = outcomes.flatMap(({ task, outcome }): StoredQuestion[] =>
      outcome.type === "asked" ? [{ key: task.node, node: task.node, task: task.id, ...outcome.question }] : [],
    );
    const { frontier } = this.#snapshot;
    this.#setFrontier({ results: [...frontier.results, ...results], questions: [...frontier.questions, ...asked] });
    for (const { node, key, prompt, actions } of asked) {
      this.#trace.record({ type: "question", superstep: frontier.superstep + 1, node, key, prompt, actions });
    }
  }

  /** Finishes the superstep: writes, routes, checkpoint. Whether the run goes on. */
  #close(started: number): boolean {
    // The trace grows with each superstep and never goes back, so its number is a version never used before in this run.
    const finished = finishSuperstep(this.plan, this.id, this.#snapshot, this.#trace.seq);
    if (!finished.ok) {
      this.#setFrontier({ results: finished.results });
      return this.#fail(finished.error);
    }
    this.#snapshot = finished.snapshot;
    const { superstep, due, status } = finished.snapshot.frontier;
    for (const { node, writes } of finished.writes) {
      if (Object.keys(writes).length > 0) this.#trace.record({ type: "write", superstep, node, writes });
    }
    this.#recordRoutes(finished.taken, superstep);
    const ms = this.#services.clock.monotonic() - started;
    this.#trace.record({ type: "superstep-finished", superstep, due: due.map((task) => task.node), ms });
    this.#save(status === "completed" ? "completed" : "superstep", true);
    if (status === "completed") this.#finishRun("completed");
    this.#changed();
    return status === "running";
  }

  #fail(error: ErrorInfo): false {
    this.#setFrontier({ status: "failed", error });
    this.#save("failed", false);
    this.#finishRun("failed", error);
    return false;
  }

  #end(status: "cancelled"): void {
    this.#setFrontier({ status });
    this.#save("explicit", false);
    this.#finishRun(status);
    this.#settle();
  }

  #finishRun(status: "completed" | "failed" | "cancelled", error?: ErrorInfo): void {
    const { superstep } = this.#snapshot.frontier;
    this.#trace.record({ type: "run-finished", superstep, status, ...(error === undefined ? {} : { error }) });
  }

  #recordPause(once: boolean): void {
    const { status, superstep } = this.#snapshot.frontier;
    if (status !== "running") return;
    const reason = this.#openQuestions().length > 0 ? "asked" : once ? "step" : "user";
    this.#trace.record({ type: "run-paused", superstep, reason });
  }

  #recordDecision(node: string, key: string, { action, actor, value }: Decision): void {
    const superstep = this.#snapshot.frontier.superstep + (this.#snapshot.frontier.open ? 1 : 0);
    const { revision } = this.plan;
    this.#trace.record({ type: "decision", superstep, node, key, action, actor, revision, ...(value === undefined ? {} : { value }) });
  }

  #recordRoutes(taken: readonly TakenRoute[], superstep: number): void {
    for (const { node, edge, to, why } of taken) this.#trace.record({ type: "route-taken", superstep, node, edge, to, why });
  }

  #adoptOffered(): void {
    const offered = this.#offered;
    if (offered === undefined) return;
    this.#offered = undefined;
    const sameChannels = offered.graph.plan.channels === this.plan.channels;
    this.#graph = offered.graph;
    this.#services.store.saveDocument(this.plan.revision, offered.graph.document.text);
    const { class: grade, reasons, recomputed, micros, revision } = offered.facts;
    this.#trace.record({ type: "recompile", superstep: this.#snapshot.frontier.superstep, class: grade, reasons, recomputed, micros, revision });
    if (!sameChannels) {
      this.#snapshot = { ...this.#snapshot, channels: ChannelState.of(this.plan.channels, this.channels, this.#trace.seq) };
      this.#ledger.rebase();
    }
    this.#stand();
  }

  /** Finds where the run stands under the plan in force. */
  #stand(): void {
    const verdict = carryOver(this.plan, this.id, this.#snapshot);
    this.#blocked = verdict.safe ? undefined : verdict.reason;
    if (verdict.safe) this.#snapshot = verdict.snapshot;
  }

  #openQuestions(): readonly StoredQuestion[] {
    const { questions, decisions } = this.#snapshot.frontier;
    return questions.filter((question) => decisions[question.key] === undefined);
  }

  #save(trigger: CheckpointTrigger, wrote: boolean): void {
    this.#ledger.save(this.#snapshot, trigger, this.plan.revision, wrote);
  }

  #setFrontier(part: Partial<Frontier>): void {
    this.#snapshot = { ...this.#snapshot, frontier: { ...this.#snapshot.frontier, ...part } };
  }

  #settle(): void {
    this.#ledger.flush();
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function resultOf(task: StoredTask, outcome: Extract<TimedOutcome["outcome"], { type: "done" }>, ms: number): StoredResult {
  return { task: task.id, node: task.node, writes: outcome.writes, ms, ...(outcome.action === undefined ? {} : { action: outcome.action }) };
}

function load(store: CheckpointStore, id: string, plan: Plan, version: number): { snapshot: Snapshot; revision: string; run: string } {
  const { checkpoint, values } = rebuild(id, (each) => store.load(each));
  const channels = ChannelState.of(plan.channels, values, version);
  return { snapshot: { frontier: checkpoint.frontier, channels, lastWrites: checkpoint.channels.delta }, revision: checkpoint.revision, run: checkpoint.run };
}

/** Results that were saved after the checkpoint belong to the superstep that was open then. */
function withPending(snapshot: Snapshot, pending: readonly StoredResult[]): Snapshot {
  if (pending.length === 0) return snapshot;
  const known = new Set(snapshot.frontier.results.map((result) => result.task));
  const results = [...snapshot.frontier.results, ...pending.filter((result) => !known.has(result.task))];
  return { ...snapshot, frontier: { ...snapshot.frontier, open: true, results } };
}

function checkAnswer(question: StoredQuestion, answer: Answer): void {
  if (!question.actions.includes(answer.action)) {
    const message = `"${answer.action}" is no answer to "${question.key}"; the answers are ${question.actions.join(", ")}.`;
    throw new PatchbayError("DECISION_INVALID", message, { key: question.key, action: answer.action });
  }
  if (question.schema === undefined || answer.value === undefined) return;
  const validate = compileSchema(question.schema);
  if (validate(answer.value)) return;
  const first = validate.errors?.[0];
  throw new PatchbayError("DECISION_INVALID", `The value for "${question.key}" does not fit${first?.instancePath ? ` at ${first.instancePath}` : ""}: ${first?.message ?? "see its schema"}.`, { key: question.key });
}
