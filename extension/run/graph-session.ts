// One graph at work: its compiler, and the run that is shown.
//
// 1. Nothing runs, and no store is opened, in a workspace that is not trusted.
// 2. A run that is running is never replaced; the others can be taken up again from the store.
// 3. Every new plan is offered to the run shown, which takes it when it can.
import type { CompileRecord } from "../../runtime/compile/compile-record.js";
import { GraphCompiler, type Compiled } from "../../runtime/compile/graph-compiler.js";
import type { CompileQueue } from "../../runtime/compile/queue.js";
import { storedPlans } from "../../runtime/compile/stored-plans.js";
import type { ReplayMode, ReplayTerms } from "../../runtime/checkpoint/checkpoint.js";
import { MemoryStore } from "../../runtime/checkpoint/memory-store.js";
import type { CheckpointStore } from "../../runtime/checkpoint/store.js";
import { wentOnElsewhere } from "../../runtime/checkpoint/store-errors.js";
import { PatchbayError } from "../../runtime/errors.js";
import type { EdgeId, NodeId } from "../../runtime/model/ids.js";
import type { JsonObject, JsonValue } from "../../runtime/model/json.js";
import type { Plan } from "../../runtime/plan/plan.js";
import type { ImportedRun } from "../../runtime/checkpoint/archive/import-run.js";
import { HoldableClock } from "../../runtime/platform/holdable-clock.js";
import { fileMigrations, migrationsFolder } from "../../runtime/platform/file-migrations.js";
import { inspectHeld } from "../../runtime/platform/inspect-held.js";
import { readRunFile } from "../../runtime/platform/run-file.js";
import { ScratchFile } from "../../runtime/platform/scratch-file.js";
import { graphName } from "../../runtime/types/types-path.js";
import type { Clock, FileSource, HandlerHost, HandlerInspection, HttpClient, Ids, Random } from "../../runtime/ports.js";
import { cloneRun } from "../../runtime/run/clone.js";
import type { StateEdit } from "../../runtime/run/edit-state.js";
import { forkState, outermostRun } from "../../runtime/run/fork-state.js";
import type { RunServices } from "../../runtime/run/run-services.js";
import { standBefore } from "../../runtime/run/run-from.js";
import { RunSession } from "../../runtime/run/session.js";
import type { TrialInput } from "../../runtime/run/trial/given.js";
import type { TrialOutcome } from "../../runtime/run/trial/trial-outcome.js";
import { tryNode, type TrialWatch } from "../../runtime/run/trial/try-node.js";
import type { LiveEvent } from "../../runtime/trace/event.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import { Emitter } from "../emitter.js";
import { Certificates } from "./certificates.js";
import type { GraphSource } from "./graph-source.js";
import type { LiveNodes } from "./live-nodes.js";
import { RunArchive, type ArchiveServices } from "./run-archive.js";

/** What a graph at work needs of the outside. */
export interface SessionServices extends ArchiveServices {
  readonly queue: CompileQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  /** Who takes decisions; free text. */
  readonly actor: string;
  readonly http: HttpClient;
  /** Which recorded results count after a restore. */
  replay(): ReplayMode;
  /** The nodes that run all the same. */
  readonly liveNodes: Pick<LiveNodes, "of" | "set">;
  /** The store of a folder that somebody names from a graph's folder, or `memory`. Throws `STORE`. */
  namedStore(directory: string, name: string): CheckpointStore;
  handlers(directory: string): HandlerHost;
  /** Makes the absolute path of a module that a document of `directory` names. */
  resolve(directory: string, path: string): string;
  /** The modules and graphs that nodes of documents of a folder run. */
  files(directory: string): FileSource;
  /** Resolves when the plans know of all that was saved: what runs next is that. Undefined: they do. */
  filesSettled(): Promise<void> | undefined;
  /** What earlier windows remember of a graph's compiles, newest first. */
  pastCompiles(graph: string): readonly CompileRecord[];
}

/** What may be other for one run of a graph. */
interface RunTerms {
  /** Folder of the store that keeps it, or `memory`: the checkpoints of the graph do not show it then. */
  readonly store?: string;
  /** Which recorded results count after going back. */
  readonly replay?: ReplayTerms;
}

/** One open graph: its plan, its runs, and the one that is shown. */
export class GraphSession implements Disposable {
  readonly source: GraphSource;
  readonly compiler: GraphCompiler;
  /** What is stored of its runs. */
  readonly archive: RunArchive;
  /** What its stored checkpoints are worth under the plan in force. */
  readonly certificates: Certificates;
  readonly #services: SessionServices;
  /** The time of its runs: it is held while a person stands in the code of a node. */
  readonly #clock: HoldableClock;
  readonly #held = new DisposableStore();
  readonly #runChanged = this.#held.add(new Emitter());
  readonly #compileChanged = this.#held.add(new Emitter());
  readonly #compiled = this.#held.add(new Emitter<CompileRecord>());
  readonly #traced = this.#held.add(new Emitter<LiveEvent>());
  readonly #failed = this.#held.add(new Emitter<unknown>());
  #run: { readonly session: RunSession; readonly listening: DisposableStore } | undefined;
  #watched = false;
  #sequence = 0;

  /** The run shown, or its state, has changed. */
  readonly onDidChangeRun = this.#runChanged.event;
  /** The plan, its staleness, or what waits has changed. */
  readonly onDidChangeCompile = this.#compileChanged.event;
  /** A new plan is in force. */
  readonly onDidCompile = this.#compiled.event;
  /** An event of the run shown, as it happens. */
  readonly onTrace = this.#traced.event;
  /** Something failed that nobody waits for. */
  readonly onDidFail = this.#failed.event;

  constructor(source: GraphSource, services: SessionServices) {
    this.source = source;
    this.#services = services;
    this.#clock = new HoldableClock(services.clock);
    this.archive = new RunArchive(source, services);
    this.compiler = new GraphCompiler(source.key, services.queue, services.clock, {
      history: services.pastCompiles(source.key),
      measureWhenIdle: true,
      ...(source.directory === undefined ? {} : { files: services.files(source.directory) }),
    });
    const plan = (): Plan | undefined => this.compiler.current?.plan;
    const certify = this.archive.certify.bind(this.archive);
    this.certificates = this.#held.add(new Certificates({ plan, certify }, services.clock));
    this.#held.defer(() => this.compiler.dispose());
    this.#held.defer(this.compiler.onDidCompile((compiled, record) => this.#planned(compiled, record)));
    this.#held.defer(this.compiler.onDidChange(() => this.#compileChanged.fire()));
    this.#held.defer(services.queue.onDidChange(() => this.#compileChanged.fire()));
    this.#held.add(source.onDidChange(() => this.compiler.update(source.parsed)));
    this.#held.defer(() => this.#letGo());
    this.compiler.update(source.parsed);
  }

  /** The run shown. */
  get run(): RunSession | undefined {
    return this.#run?.session;
  }

  /** Grows with each change of the run. */
  get sequence(): number {
    return this.#sequence;
  }

  get running(): boolean {
    return this.run?.status === "running";
  }

  /** Somebody looks at this graph: its last run is shown again, now or as soon as there is a plan and trust. */
  watch(): void {
    this.#watched = true;
    const compiled = this.compiler.current;
    if (this.run !== undefined || compiled === undefined) return;
    try {
      const [last] = this.archive.runs(1);
      if (last?.head != null) this.#show(RunSession.resume(last.id, compiled, this.#runServices()));
    } catch (thrown) {
      this.#watched = false; // a damaged store is told about once, not at each edit
      this.#failed.fire(thrown);
    }
  }

  /** Trust was granted: what somebody looked at before can be shown now. */
  trusted(): void {
    if (this.#watched) this.watch();
  }

  /** Starts a new run and takes it as far as it goes. */
  async start(input: JsonObject): Promise<void> {
    const settled = this.#settle();
    if (settled !== undefined) await settled;
    await this.#begin(input).continue();
  }

  /** Makes a new run that stands before its first superstep, and shows it. Rejects with `UNTRUSTED`, `RUN_BUSY`, `PLAN_INVALID`, `INPUT_INVALID`. */
  async begin(input: JsonObject, terms: RunTerms = {}): Promise<void> {
    const settled = this.#settle();
    if (settled !== undefined) await settled;
    this.#begin(input, terms);
  }

  /** Shows a stored run of this graph where it stands. Throws `UNTRUSTED`, `RUN_BUSY`, `NOT_FOUND`, `CORRUPTED`, `PLAN_INVALID`. */
  open(run: string): void {
    this.#around(run);
  }

  /** A stored run of this graph to look at, as one inside a task of another graph's. Throws `NOT_FOUND`, `CORRUPTED`, `PLAN_INVALID`. */
  look(run: string, store: CheckpointStore): RunSession {
    return RunSession.resume(run, this.#requirePlan(), this.#runServices(store));
  }

  /** One superstep, then pauses; starts a run where there is none to go on with. */
  async step(): Promise<void> {
    const settled = this.#settle();
    if (settled !== undefined) await settled;
    await this.#takeUp().step();
  }

  /** Goes on until the run ends, asks, fails or is paused; starts a run where there is none to go on with. */
  async continue(): Promise<void> {
    const settled = this.#settle();
    if (settled !== undefined) await settled;
    await this.#takeUp().continue();
  }

  /** Goes on from a node: where it was due last in the run shown, or at a checkpoint of any. Rejects with `UNTRUSTED`, `RUN_BUSY`, `RUN_FINISHED`, and as `standBefore` does. */
  async runFrom(node: NodeId, place?: { readonly run: string; readonly checkpoint: string }): Promise<void> {
    const settled = this.#settle();
    if (settled !== undefined) await settled;
    this.#requireCurrent();
    const run = place?.run ?? this.run?.id;
    if (run === undefined) throw new PatchbayError("RUN_FINISHED", "No run of this graph is under way.");
    const session = this.#around(run);
    const { actor } = this.#services;
    const more = place === undefined ? {} : { checkpoint: place.checkpoint };
    standBefore(session, this.archive.store(), { node, actor, replay: this.#replayTerms(this.#services.replay()), ...more });
    await session.continue();
  }

  /** Runs a node alone: no run moves by it, and nothing is stored. Rejects with `UNTRUSTED`, `PLAN_INVALID`, and as `tryNode` does. */
  async tryNode(given: TrialInput, watch: TrialWatch): Promise<TrialOutcome> {
    const settled = this.#settle();
    if (settled !== undefined) await settled;
    return tryNode(this.#requirePlan(), given, this.#runServices(new MemoryStore()), watch);
  }

  /**
   * Has the next call of a node's handler stop in a debugger of JavaScript; while that is open no time passes for the runs of this graph. The
   * returned function takes that back, where no call has come; undefined where handlers cannot be looked into. Throws `UNTRUSTED`.
   */
  inspect(run: string, node: NodeId, inspection: HandlerInspection): (() => void) | undefined {
    this.#requireTrust();
    return inspectHeld(this.#services.handlers(this.archive.directory()), this.#clock, run, node, inspection);
  }

  /** Pauses at the next boundary. */
  pause(): void {
    void this.run?.drain();
  }

  /** Cancels the run at once. */
  async stop(): Promise<void> {
    await this.run?.stop();
  }

  /** Answers a question that is asked: a click that comes late must not decide what is asked next. Throws `NO_QUESTION`, `DECISION_INVALID`. */
  decide(key: string, action: string, value?: JsonValue, target?: NodeId): void {
    this.#requireTrust();
    this.#requireCurrent();
    if (this.run?.frontier.questions.some((question) => question.key === key) !== true)
      throw new PatchbayError(
        "NO_QUESTION",
        this.run === undefined ? "No run of this graph asks anything." : `The run asks no question "${key}".`,
        { key },
      );
    const more = { ...(value === undefined ? {} : { value }), ...(target === undefined ? {} : { target }) };
    this.run.decide(key, { action, actor: this.#services.actor, ...more });
  }

  /** The run shown, if a person may redirect it now. Throws `UNTRUSTED`, `RUN_BUSY`, `RUN_FINISHED`. */
  halted(): RunSession {
    this.#requireTrust();
    this.#requireIdle();
    this.#requireCurrent();
    const { run } = this;
    if (run === undefined || run.status === "completed" || run.status === "cancelled")
      throw new PatchbayError("RUN_FINISHED", run === undefined ? "No run of this graph is under way." : `The run is ${run.status}.`);
    return run;
  }

  /** Takes this edge next, and no other of its node. Throws as `halted` does, and `UNKNOWN_EDGE`. */
  force(edge: EdgeId): void {
    this.halted().force(edge, this.#services.actor);
  }

  /** Takes back what a node is forced to take. Throws as `halted` does. */
  release(node: NodeId): void {
    this.halted().unforce(node, this.#services.actor);
  }

  /** Sends a node elsewhere for the rest of the run; without targets, by its edges again. Throws as `halted` does, and `UNKNOWN_TARGET`. */
  override(node: NodeId, targets: readonly NodeId[]): void {
    this.halted().override(node, targets, this.#services.actor);
  }

  /** The nodes of the graph that run on replay whatever is recorded of them, as somebody said. */
  get liveNodes(): readonly NodeId[] {
    return this.#services.liveNodes.of(this.source.key);
  }

  /** Says whether a node does. Counts for the run shown at once, where that is on its way through what is recorded. Throws `UNTRUSTED`, `RUN_BUSY`. */
  setLive(node: NodeId, live: boolean): void {
    this.#requireTrust();
    this.#requireIdle();
    this.#services.liveNodes.set(this.source.key, node, live);
    if (this.run?.replay === undefined) return this.#changed();
    this.run.replayBy(this.#replayTerms(this.run.replay.mode));
  }

  /** Goes on under the plan in force, whatever is lost by it; stays paused. Throws `UNTRUSTED`, `RUN_BUSY`, `RUN_FINISHED`. */
  overrule(): void {
    this.halted().overrule(this.#services.actor);
  }

  /** Runs were deleted from the store: one that is gone is shown no more. */
  runsDeleted(): void {
    if (this.run === undefined || this.running || this.archive.store().run(this.run.id) !== undefined) return this.#changed();
    this.#letGo();
    this.#changed();
  }

  /** A migration has come or gone: what a run waits for may be there. */
  migrationsChanged(): void {
    if (this.run?.blocked !== undefined) this.#changed();
  }

  /** Makes a checkpoint, at once or at the end of the superstep at work. Throws `UNTRUSTED`, `RUN_FINISHED`. */
  saveCheckpoint(): "saved" | "asked" {
    this.#requireTrust();
    this.#requireCurrent();
    const { run } = this;
    if (run === undefined) throw new PatchbayError("RUN_FINISHED", "No run of this graph is under way.");
    run.save();
    return run.status === "running" ? "asked" : "saved";
  }

  /**
   * Stands at a checkpoint of any of this graph's runs, or of one inside their tasks, paused. Throws `RUN_BUSY`, `NOT_FOUND`, `CORRUPTED`,
   * `PLAN_INVALID`.
   */
  restore(run: string, checkpoint: string): void {
    this.#around(run).restore(checkpoint);
  }

  /** Branches off from a checkpoint with other values in its channels, and stands there, paused. Throws as `restore` and `RunSession.edit` do. */
  fork(run: string, checkpoint: string, edit: StateEdit): void {
    forkState(this.#around(run), this.archive.store(), { checkpoint, edit, actor: this.#services.actor });
  }

  /** Copies the history that leads to a checkpoint into a run of another graph of the same folder; gives its id. Throws `UNTRUSTED`, `NOT_FOUND`, `CORRUPTED`. */
  copyInto(graph: string, checkpoint: string): string {
    this.#requireTrust();
    const { clock, ids } = this.#services;
    return cloneRun(checkpoint, { store: this.archive.store(), clock, ids }, ids.next(), graph);
  }

  /** The version in force of a file that nodes of this folder's graphs run; undefined where none is known. */
  fileVersion(path: string): string | undefined {
    return this.#services.files(this.archive.directory()).version(path)?.version;
  }

  /**
   * Takes a run from a file into the store: as it is, or as a copy under names of its own. It is shown where none is. Rejects with
   * `UNTRUSTED`, `RUN_EXISTS`, `ARCHIVE_DAMAGED`, `ARCHIVE_NEWER`, `STORE`.
   */
  async importRun(path: string, copy: boolean): Promise<ImportedRun> {
    this.#requireTrust();
    const { ids } = this.#services;
    const imported = await readRunFile(this.archive.store(), path, { ids, as: copy ? ids.next() : undefined });
    this.watch();
    this.#changed();
    return imported;
  }

  dispose(): void {
    this.#held.dispose();
  }

  /** The session of a run, or of the one that it is inside of: the one shown from now on. */
  #around(run: string): RunSession {
    this.#requireTrust();
    this.#requireIdle();
    const { id } = outermostRun(this.archive.store(), run);
    if (this.run?.id === id && !this.run.overtaken) return this.run;
    const session = RunSession.resume(id, this.#requirePlan(), this.#runServices());
    this.#show(session);
    return session;
  }

  #planned(compiled: Compiled, record: CompileRecord): void {
    if (this.run !== undefined) this.#offer(this.run, compiled, record);
    else if (this.#watched) this.watch();
    this.#compiled.fire(record);
  }

  /** Invariant 3. The plan is in force even when the store cannot note that. */
  #offer(run: RunSession, compiled: Compiled, record: CompileRecord): void {
    try {
      run.offerPlan(compiled, record);
    } catch (thrown) {
      this.#failed.fire(thrown);
    }
  }

  #settle(): Promise<void> | undefined {
    this.#requireTrust();
    return this.#services.filesSettled();
  }

  #begin(input: JsonObject, terms: RunTerms = {}): RunSession {
    this.#requireTrust();
    this.#requireIdle();
    const { store: named, replay } = terms;
    const store = named === undefined ? undefined : this.#services.namedStore(this.archive.directory(), named);
    const session = RunSession.start(this.#requirePlan(), { graph: this.source.name, input }, this.#runServices(store, replay));
    this.#show(session);
    return session;
  }

  /** The run shown, where it can go on; else a new one. */
  #takeUp(): RunSession {
    this.#requireTrust();
    this.#requireCurrent();
    const { run } = this;
    return run === undefined || run.status === "completed" || run.status === "cancelled" ? this.#begin({}) : run;
  }

  #show(session: RunSession): void {
    this.#letGo();
    const listening = new DisposableStore();
    listening.defer(session.onDidChange(() => this.#changed()));
    listening.defer(session.onInside(() => this.#changed()));
    listening.defer(session.onTrace((event) => this.#happened(event)));
    this.#run = { session, listening };
    this.#changed();
  }

  /** That a task waits for another attempt is told by the trace alone. */
  #happened(event: LiveEvent): void {
    this.#traced.fire(event);
    if (event.type === "task-retried") this.#changed();
  }

  #letGo(): void {
    this.#run?.listening.dispose();
    // A run that is let go has been saved to where it stands; ending its tasks is all that is left.
    void this.#run?.session.dispose();
    this.#run = undefined;
  }

  #changed(): void {
    this.#sequence += 1;
    this.#runChanged.fire();
  }

  #runServices(store = this.archive.store(), replay?: ReplayTerms): RunServices {
    const services = this.#services;
    const { http, random, ids } = services;
    const directory = this.archive.directory();
    const resolve = (path: string): string => services.resolve(directory, path);
    return {
      store,
      plans: storedPlans(store),
      migrations: fileMigrations(migrationsFolder(directory, graphName(this.source.name))),
      handlers: services.handlers(directory),
      http,
      clock: this.#clock,
      random,
      ids,
      scratch: () => new ScratchFile(),
      resolve,
      graphs: services.graphs(directory),
      replay: () => replay ?? this.#replayTerms(services.replay()),
    };
  }

  #replayTerms(mode: ReplayMode): ReplayTerms {
    const live = this.liveNodes;
    return live.length === 0 ? { mode } : { mode, live };
  }

  #requireTrust(): void {
    if (!this.#services.trusted()) throw new PatchbayError("UNTRUSTED", "This workspace is in Restricted Mode."); // invariant 1
  }

  #requireIdle(): void {
    if (this.running) throw new PatchbayError("RUN_BUSY", "The run is running."); // invariant 2
  }

  /** A run that somebody else has gone on with is shown as it stands now; who acted on what was shown before is told. */
  #requireCurrent(): void {
    const { run } = this;
    if (run?.overtaken !== true) return;
    this.#show(RunSession.resume(run.id, this.#requirePlan(), this.#runServices()));
    throw wentOnElsewhere(run.id);
  }

  #requirePlan(): Compiled {
    const { current } = this.compiler;
    if (current === undefined) throw new PatchbayError("PLAN_INVALID", "The graph has errors and has not been compiled yet.");
    return current;
  }
}
