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
import type { FileVersions } from "../model/file-version.js";
import type { Clock, FileSource } from "../ports.js";
import { ASKED, askedInVain, editedNow, ofJob, opened, reasonsOf, savedNow, type Cause } from "./cause.js";
import { describeChange, type Change } from "./change.js";
import { gravest } from "./classify.js";
import type { CompileRecord } from "./compile-record.js";
import type { CompileStatus } from "./compile-status.js";
import { diffFiles, pathsIn } from "./diff-files.js";
import { diffGraphs } from "./diff.js";
import { CompileHistory } from "./history.js";
import { PlanMaker, type Compiled, type Made } from "./plan-maker.js";
import type { CompileQueue, QueueEntry } from "./queue.js";
import { WaitingEdits } from "./waiting-edits.js";

export type { Compiled } from "./plan-maker.js";

/** What a compiler may be given. */
export interface CompilerOptions {
  /** Records of an earlier session, newest first. */
  readonly history?: readonly CompileRecord[];
  /** Measure full compiles again when nobody edits, so that what soft ones save is told truly. Needs `dispose`. */
  readonly measureWhenIdle?: boolean;
  /** The files that its nodes run. Absent: nothing is known of them, as where handlers are functions in process. */
  readonly files?: FileSource;
}

type CompileListener = (compiled: Compiled, record: CompileRecord) => void;

/** Keeps one graph's plan. `key` names the graph in the queue. */
export class GraphCompiler {
  readonly #key: string;
  readonly #queue: CompileQueue;
  readonly #clock: Clock;
  readonly #files: FileSource;
  readonly #history: CompileHistory;
  readonly #maker: PlanMaker;
  readonly #waiting = new WaitingEdits();
  readonly #measureWhenIdle: boolean;
  readonly #unregister: () => void;
  readonly #compileListeners = new Set<CompileListener>();
  readonly #changeListeners = new Set<() => void>();
  #current: Compiled | undefined;
  #latest: ParsedDocument | undefined;
  #status: CompileStatus = { state: "empty" };
  #asked = false;

  constructor(key: string, queue: CompileQueue, clock: Clock, options: CompilerOptions = {}) {
    this.#key = key;
    this.#queue = queue;
    this.#clock = clock;
    this.#files = options.files ?? nothingKnown;
    this.#history = new CompileHistory(options.history);
    this.#measureWhenIdle = options.measureWhenIdle === true;
    this.#maker = new PlanMaker(clock, this.#lookup, () => this.#current);
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
    else if (this.#current === undefined) this.#adopt(...this.#compileAnew(document, [], opened));
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
   * Resolves when it has been tried, with what came of it; undefined where it was not: there is nothing to compile, or the queue was told
   * otherwise meanwhile.
   */
  async forceRecompile(): Promise<CompileRecord | undefined> {
    const document = this.#latest;
    if (document === undefined) return undefined;
    const [before] = this.#history.records;
    if (document.valid) {
      this.#asked = true;
      this.#queue.notify(this.#key, [ASKED], document.graph.compile);
      await this.#queue.compileNow(this.#key);
      this.#asked = false;
    } else this.#fail(brokenDocument(), askedInVain);
    this.#changed();
    const [record] = this.#history.records;
    return record === before ? undefined : record;
  }

  /** Measures a full compile of the graph in force, for what follows to be compared with. Costs what it measures. */
  measureFull(): void {
    if (this.#current !== undefined) this.#maker.measure(this.#current);
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
    this.#maker.dispose();
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
    this.#adopt(...this.#maker.patch(current, document, changes, editedNow(changes), started));
    if (this.#measureWhenIdle) this.#maker.measureWhenIdle(started);
  }

  /** What waits for a hard compile, or for the document to be mended, goes on waiting. */
  #recompileFiles(current: Compiled, changes: readonly Change[], started: number): void {
    const { document } = current;
    const cause = savedNow(changes);
    if (document.graph.compile.strategy === "hard") this.#putInForce(...this.#compileAnew(document, changes, cause));
    else this.#putInForce(...this.#maker.patch(current, document, changes, cause, started));
  }

  #enqueue(changes: readonly Change[], document: ParsedDocument, started: number): void {
    const counts = this.#waiting.note(document, started);
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
    this.#history.addRefusal(this.#maker.inVain(current, editedNow(changes), error));
  }

  /** The queue's job (invariant 3). */
  #compileLatest(): void {
    const document = this.#latest;
    if (document === undefined) return;
    if (!document.valid) throw new PatchbayError("PLAN_INVALID", "The document has errors; the last good plan stays in force.");
    const changes = this.#current === undefined ? [] : this.#changesSince(this.#current, document);
    const waited = this.#waiting.ageAt(this.#clock.monotonic());
    this.#adopt(...this.#compileAnew(document, changes, ofJob(changes, this.#asked, this.#waiting.count, waited)));
    this.#changed();
  }

  #changesSince({ plan, document: before }: Compiled, document: ParsedDocument): readonly Change[] {
    return [...diffFiles(plan, this.#lookup), ...diffGraphs(before.graph, document.graph)];
  }

  /** A job that fails leaves all as it was, and the queue tries again. */
  #compileAnew(document: ParsedDocument, changes: readonly Change[], cause: Cause): Made {
    try {
      return this.#maker.anew(this.#current, document, changes, cause);
    } catch (thrown) {
      const error = toErrorInfo(thrown, "PLAN_INVALID");
      if (this.#current !== undefined) this.#status = { state: "failed", error };
      this.#fail(error, cause);
      throw thrown;
    }
  }

  #fail(error: ErrorInfo, cause: Cause): void {
    this.#asked = false;
    // Without a plan there is none that it could be told of.
    if (this.#current !== undefined) this.#history.addFailure(this.#maker.inVain(this.#current, cause, error));
  }

  readonly #lookup: FileVersions = (path) => this.#files.version(path);

  /** The plan says what the document says. */
  #adopt(compiled: Compiled, record: CompileRecord): void {
    this.#status = { state: "current" };
    this.#waiting.clear();
    this.#asked = false;
    this.#putInForce(compiled, record);
  }

  #putInForce(compiled: Compiled, record: CompileRecord): void {
    this.#current = compiled;
    this.#history.add(record);
    for (const listener of this.#compileListeners) listener(compiled, record);
  }

  #forgetWaiting(): void {
    this.#waiting.clear();
    this.#queue.withdraw(this.#key);
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener();
  }
}

const nothingKnown: FileSource = { version: () => undefined, fault: () => undefined };

function brokenDocument(): ErrorInfo {
  return errorInfo("PLAN_INVALID", "The document has errors; the last good plan stays in force.");
}
