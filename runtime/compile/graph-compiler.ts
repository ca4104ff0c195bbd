// One graph's compiler: keeps the plan in force true to the document.
//
// 1. A broken document never replaces a good plan; it makes the plan stale.
// 2. A soft change is patched in at once, on the edit path; a hard one goes through the queue.
// 3. What was compiled is what the document says at that moment: a job compiles the newest document, not the one that
//    triggered it.
// 4. A file in use changes its version by `filesChanged` or by a full compile, and by nothing else.
// 5. What is refused is refused whole: nothing of it waits, and plan and revision stay as they are.
import { errorInfo, PatchbayError, toErrorInfo, type ErrorInfo } from "../errors.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import type { Plan } from "../plan/plan.js";
import type { FileVersions } from "../model/file-version.js";
import type { Clock, FileSource } from "../ports.js";
import { ASKED, askedInVain, editedNow, ofJob, opened, reasonsOf, savedNow, type Cause } from "./cause.js";
import { describeChange, type Change } from "./change.js";
import { gravest } from "./classify.js";
import type { CompileRecord } from "./compile-record.js";
import type { CompileStatus } from "./compile-status.js";
import { diffFiles, pathsIn } from "./diff-files.js";
import { diffGraphs } from "./diff.js";
import { FullCost } from "./full-cost.js";
import { compileGraph } from "./full.js";
import { CompileHistory } from "./history.js";
import { patchPlan } from "./patch.js";
import type { CompileQueue, QueueEntry } from "./queue.js";

/** A plan with the document it was made from. */
export interface Compiled {
  readonly plan: Plan;
  readonly document: ParsedDocument;
}

/** What a compiler may be given. */
export interface CompilerOptions {
  /** Records of an earlier session, newest first. */
  readonly history?: readonly CompileRecord[];
  /** Measure full compiles again when nobody edits, so that what soft ones save is told truly. Needs `dispose`. */
  readonly measureWhenIdle?: boolean;
  /** The files that its nodes run. Absent: nothing is known of them, as where handlers are functions in process. */
  readonly files?: FileSource;
}

/** Edits that have not been compiled. */
interface Waiting {
  /** Of the monotonic clock. */
  readonly since: number;
  readonly edits: number;
  readonly document: ParsedDocument;
}

type CompileListener = (compiled: Compiled, record: CompileRecord) => void;

/** Keeps one graph's plan. `key` names the graph in the queue. */
export class GraphCompiler {
  readonly #key: string;
  readonly #queue: CompileQueue;
  readonly #clock: Clock;
  readonly #files: FileSource;
  readonly #history: CompileHistory;
  readonly #cost: FullCost;
  readonly #measureWhenIdle: boolean;
  readonly #unregister: () => void;
  readonly #compileListeners = new Set<CompileListener>();
  readonly #changeListeners = new Set<() => void>();
  #current: Compiled | undefined;
  #latest: ParsedDocument | undefined;
  #status: CompileStatus = { state: "empty" };
  #waiting: Waiting | undefined;
  #asked = false;

  constructor(key: string, queue: CompileQueue, clock: Clock, options: CompilerOptions = {}) {
    this.#key = key;
    this.#queue = queue;
    this.#clock = clock;
    this.#files = options.files ?? nothingKnown;
    this.#history = new CompileHistory(options.history);
    this.#measureWhenIdle = options.measureWhenIdle === true;
    this.#cost = new FullCost(
      clock,
      (graph) => compileGraph(graph, this.#lookup),
      () => this.#current?.document.graph,
    );
    this.#unregister = queue.register(key, () => this.#compileLatest());
  }

  /** The plan in force with its document; undefined before the first good document. */
  get current(): Compiled | undefined {
    return this.#current;
  }

  /** How the plan in force stands to the document. */
  get status(): CompileStatus {
    return this.#status;
  }

  /** Whether the document says something else than the plan in force: it is broken, or a hard compile waits, was refused or failed. */
  get stale(): boolean {
    return this.#status.state !== "empty" && this.#status.state !== "current";
  }

  /** The newest document, in whatever state it is. */
  get latest(): ParsedDocument | undefined {
    return this.#latest;
  }

  /** What the newest document says otherwise than the plan in force; of a broken document, as far as it can be read. */
  get drift(): readonly Change[] {
    const { stale, current, latest } = this;
    return !stale || current === undefined || latest === undefined ? [] : diffGraphs(current.document.graph, latest.graph);
  }

  /** Why files that the plan runs cannot be loaded as they are, by path: of each the last good version stays in force. */
  get fileFaults(): ReadonlyMap<string, ErrorInfo> {
    const faults = new Map<string, ErrorInfo>();
    for (const path of this.#current === undefined ? [] : pathsIn(this.#current.plan)) {
      const fault = this.#files.fault(path);
      if (fault !== undefined) faults.set(path, fault);
    }
    return faults;
  }

  /** What waits in the queue for this graph. */
  get pending(): QueueEntry | undefined {
    return this.#queue.entry(this.#key);
  }

  /** The last compiles, newest first, at most 100. */
  get history(): readonly CompileRecord[] {
    return this.#history.records;
  }

  /** Takes the newest document. */
  update(document: ParsedDocument): void {
    this.#latest = document;
    if (!document.valid) this.#suspend();
    else if (this.#current === undefined) this.#compileFull(document, opened);
    else this.#recompile(this.#current, document);
    this.#changed();
  }

  /**
   * Takes new versions of files that the plan runs: a soft recompile of the nodes that run them, also while the document is broken.
   * `paths`: those that may have changed, as the document has them; absent: all are looked at. Nothing happens where none has.
   */
  filesChanged(paths?: Iterable<string>): void {
    const current = this.#current;
    if (current === undefined) return;
    const started = this.#clock.monotonic();
    const changes = diffFiles(current.plan, this.#lookup, paths);
    if (changes.length > 0) this.#recompileFiles(current, changes, started);
    this.#changed();
  }

  /** Compiles what waits, now. Resolves when it has been tried. */
  compileNow(): Promise<void> {
    return this.#queue.compileNow(this.#key);
  }

  /**
   * Compiles the newest document from nothing, whether or not anything has changed and whatever the strategy says: somebody asked for it.
   * Resolves when it has been tried, with what came of it; undefined while there is nothing to compile.
   */
  async forceRecompile(): Promise<CompileRecord | undefined> {
    const document = this.#latest;
    if (document === undefined) return undefined;
    if (document.valid) {
      this.#asked = true;
      this.#queue.notify(this.#key, [ASKED], document.graph.compile);
      await this.#queue.compileNow(this.#key);
    } else this.#fail(brokenDocument(), askedInVain);
    this.#changed();
    return this.#history.records[0];
  }

  /** Measures a full compile of the graph in force, for what follows to be compared with. Costs what it measures. */
  measureFull(): void {
    if (this.#current !== undefined) this.#cost.compile(this.#current.document.graph);
  }

  /** Calls back when a new plan is in force. The returned function ends that. */
  onDidCompile(listener: CompileListener): () => void {
    this.#compileListeners.add(listener);
    return () => this.#compileListeners.delete(listener);
  }

  /** Calls back when anything here has changed. The returned function ends that. */
  onDidChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  dispose(): void {
    this.#unregister();
    this.#cost.dispose();
    this.#compileListeners.clear();
    this.#changeListeners.clear();
  }

  /** Invariant 1. What waited is found again by the diff of the next good document. */
  #suspend(): void {
    this.#forgetWaiting();
    if (this.#current !== undefined) this.#status = { state: "broken" };
  }

  #recompile(current: Compiled, document: ParsedDocument): void {
    const started = this.#clock.monotonic();
    const changes = diffGraphs(current.document.graph, document.graph);
    const { strategy } = document.graph.compile;
    const grade = gravest(changes.map((change) => change.class));
    if (grade === "none") this.#adoptMeaningless(current, document);
    else if (grade === "hard" && strategy === "soft") this.#refuse(current, changes);
    else if (grade === "hard" || strategy === "hard") this.#enqueue(changes, document, started);
    else this.#patch(current, document, changes, started);
  }

  #adoptMeaningless(current: Compiled, document: ParsedDocument): void {
    this.#forgetWaiting();
    this.#current = { plan: current.plan, document };
    this.#status = { state: "current" };
  }

  #patch(current: Compiled, document: ParsedDocument, changes: readonly Change[], started: number): void {
    this.#forgetWaiting(); // a hard change that waited has been undone
    const { plan, recomputed } = patchPlan(current.plan, changes, document.graph.nodes, this.#lookup);
    const micros = this.#microsSince(started);
    const facts = this.#facts(editedNow(changes), plan, document);
    this.#adopt({ plan, document }, { ...facts, class: "soft", recomputed, micros });
    if (this.#measureWhenIdle) this.#cost.edited(started);
  }

  /** What waits for a hard compile, or for the document to be mended, goes on waiting. */
  #recompileFiles(current: Compiled, changes: readonly Change[], started: number): void {
    const { document } = current;
    const cause = savedNow(changes);
    if (document.graph.compile.strategy === "hard") return this.#putInForce(...this.#compileAnew(document, cause, changes));
    const { plan, recomputed } = patchPlan(current.plan, changes, document.graph.nodes, this.#lookup);
    const micros = this.#microsSince(started);
    this.#putInForce({ plan, document }, { ...this.#facts(cause, plan, document), class: "soft", recomputed, micros });
  }

  #enqueue(changes: readonly Change[], document: ParsedDocument, started: number): void {
    const { since, edits, document: last } = this.#waiting ?? { since: started, edits: 0, document: undefined };
    const counts = last === undefined || diffGraphs(last.graph, document.graph).some((change) => change.class !== "none");
    this.#waiting = { since, edits: counts ? edits + 1 : edits, document };
    this.#status = { state: "waiting" };
    // An edit without meaning, made while others wait, is not one to be compiled.
    if (counts) this.#queue.notify(this.#key, reasonsOf(changes), document.graph.compile);
  }

  /** Invariant 5. */
  #refuse(current: Compiled, changes: readonly Change[]): void {
    this.#forgetWaiting();
    const hard = changes.filter((change) => change.class === "hard").map(describeChange);
    const error = errorInfo("HARD_REFUSED", `The strategy is \`soft\`, and this needs a hard compile: ${hard.join("; ")}.`);
    this.#status = { state: "refused", error };
    const facts = this.#facts(editedNow(changes), current.plan, current.document);
    this.#history.addRefusal({ ...facts, class: "hard", success: false, error });
  }

  /** The queue's job (invariant 3). */
  #compileLatest(): void {
    const document = this.#latest;
    if (document === undefined) return;
    if (!document.valid) throw new PatchbayError("PLAN_INVALID", "The document has errors; the last good plan stays in force.");
    const changes = this.#current === undefined ? [] : this.#changesSince(this.#current, document);
    this.#compileFull(document, this.#causeOfJob(changes), changes);
    this.#changed();
  }

  #changesSince({ plan, document: before }: Compiled, document: ParsedDocument): readonly Change[] {
    return [...diffFiles(plan, this.#lookup), ...diffGraphs(before.graph, document.graph)];
  }

  #causeOfJob(changes: readonly Change[]): Cause {
    const now = this.#clock.monotonic();
    const { since, edits } = this.#waiting ?? { since: now, edits: 0 };
    return ofJob(changes, this.#asked, edits, now - since);
  }

  #compileFull(document: ParsedDocument, cause: Cause, changes: readonly Change[] = []): void {
    this.#adopt(...this.#compileAnew(document, cause, changes));
  }

  /** A job that fails leaves all as it was, and the queue tries again. */
  #compileAnew(document: ParsedDocument, cause: Cause, changes: readonly Change[]): readonly [Compiled, CompileRecord] {
    try {
      const patchMicros = cause.needed === "soft" ? this.#measurePatch(document, changes) : undefined;
      const { plan, micros } = this.#cost.compile(document.graph);
      const facts = this.#facts(cause, plan, document);
      const measured = patchMicros === undefined ? {} : { patchMicros };
      return [
        { plan, document },
        { ...facts, class: "hard", recomputed: plan.nodes.size, micros, ...measured },
      ];
    } catch (thrown) {
      const error = toErrorInfo(thrown, "PLAN_INVALID");
      if (this.#current !== undefined) this.#status = { state: "failed", error };
      this.#fail(error, cause);
      throw thrown;
    }
  }

  /** What patching would have cost, where the strategy has all compiled anew: the adviser's evidence. */
  #measurePatch(document: ParsedDocument, changes: readonly Change[]): number | undefined {
    if (this.#current === undefined) return undefined;
    const started = this.#clock.monotonic();
    patchPlan(this.#current.plan, changes, document.graph.nodes, this.#lookup);
    return this.#microsSince(started);
  }

  #fail(error: ErrorInfo, cause: Cause): void {
    this.#asked = false;
    if (this.#current === undefined) return; // there is no plan that it could be told of
    const { plan, document } = this.#current;
    this.#history.add({ ...this.#facts(cause, plan, document), class: "hard", success: false, error });
  }

  /** What every record has; a successful one goes on to say what was done. */
  #facts(cause: Cause, plan: Plan, document: ParsedDocument): Omit<CompileRecord, "class"> {
    const fullMicros = this.#cost.microsOf(document.graph);
    const common = { at: this.#clock.now(), success: true, recomputed: 0, micros: 0, revision: plan.revision, ...cause };
    return fullMicros === undefined ? common : { ...common, fullMicros };
  }

  readonly #lookup: FileVersions = (path) => this.#files.version(path);

  /** The plan says what the document says. */
  #adopt(compiled: Compiled, record: CompileRecord): void {
    this.#status = { state: "current" };
    this.#waiting = undefined;
    this.#asked = false;
    this.#putInForce(compiled, record);
  }

  #putInForce(compiled: Compiled, record: CompileRecord): void {
    this.#current = compiled;
    this.#history.add(record);
    for (const listener of this.#compileListeners) listener(compiled, record);
  }

  #forgetWaiting(): void {
    this.#waiting = undefined;
    this.#queue.withdraw(this.#key);
  }

  #microsSince(started: number): number {
    return Math.max(0, (this.#clock.monotonic() - started) * 1000);
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener();
  }
}

const nothingKnown: FileSource = { version: () => undefined, fault: () => undefined };

function brokenDocument(): ErrorInfo {
  return errorInfo("PLAN_INVALID", "The document has errors; the last good plan stays in force.");
}
