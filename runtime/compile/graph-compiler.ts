// One graph's compiler: keeps the plan in force true to the document.
//
// 1. A broken document never replaces a good plan; it makes the plan stale.
// 2. A soft change is patched in at once, on the edit path; a hard one goes through the queue.
// 3. What was compiled is what the document says at that moment: a job compiles the newest document, not the one that
//    triggered it.
import { errorInfo, PatchbayError, type ErrorInfo } from "../errors.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import type { Plan } from "../plan/plan.js";
import type { Clock } from "../ports.js";
import type { RecompileFacts } from "../trace/event.js";
import { describeChange, type Change, type ChangeClass } from "./change.js";
import { gravest } from "./classify.js";
import { diffGraphs } from "./diff.js";
import { compileGraph } from "./full.js";
import { patchPlan } from "./patch.js";
import type { CompileQueue, QueueEntry } from "./queue.js";

const HISTORY_LIMIT = 100;

/** A plan with the document it was made from. */
export interface Compiled {
  readonly plan: Plan;
  readonly document: ParsedDocument;
}

/** One compile, successful or not. */
export interface CompileRecord extends RecompileFacts {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly success: boolean;
  readonly error?: ErrorInfo;
  /** Microseconds that the last full compile of this graph took: what a soft recompile saves is measured against it. */
  readonly fullMicros?: number;
}

type CompileListener = (compiled: Compiled, record: CompileRecord) => void;

/** Keeps one graph's plan. `key` names the graph in the queue. */
export class GraphCompiler {
  readonly #key: string;
  readonly #queue: CompileQueue;
  readonly #clock: Clock;
  readonly #unregister: () => void;
  readonly #compileListeners = new Set<CompileListener>();
  readonly #changeListeners = new Set<() => void>();
  #current: Compiled | undefined;
  #latest: ParsedDocument | undefined;
  #stale = false;
  #history: readonly CompileRecord[] = [];
  #fullMicros: number | undefined;

  constructor(key: string, queue: CompileQueue, clock: Clock) {
    this.#key = key;
    this.#queue = queue;
    this.#clock = clock;
    this.#unregister = queue.register(key, () => this.#compileLatest());
  }

  /** The plan in force with its document; undefined before the first good document. */
  get current(): Compiled | undefined {
    return this.#current;
  }

  /** Whether the document says something else than the plan in force: it is broken, or a hard compile waits or was refused. */
  get stale(): boolean {
    return this.#stale;
  }

  /** What waits in the queue for this graph. */
  get pending(): QueueEntry | undefined {
    return this.#queue.backlog.find((entry) => entry.graph === this.#key);
  }

  /** The last compiles, newest first, at most 100. */
  get history(): readonly CompileRecord[] {
    return this.#history;
  }

  /** Takes the newest document. */
  update(document: ParsedDocument): void {
    this.#latest = document;
    if (!document.valid) this.#suspend();
    else if (this.#current === undefined) this.#compileFull(document, ["first plan"]);
    else this.#recompile(this.#current, document);
    this.#changed();
  }

  /** Compiles what waits, now. Resolves when it has been tried. */
  compileNow(): Promise<void> {
    return this.#queue.compileNow(this.#key);
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
    this.#compileListeners.clear();
    this.#changeListeners.clear();
  }

  /** Invariant 1. What waited is found again by the diff of the next good document. */
  #suspend(): void {
    this.#queue.cancel(this.#key);
    this.#stale = this.#current !== undefined;
  }

  #recompile(current: Compiled, document: ParsedDocument): void {
    const started = this.#clock.monotonic();
    const changes = diffGraphs(current.document.graph, document.graph);
    const { strategy } = document.graph.compile;
    const grade = gravest(changes.map((change) => change.class));
    if (grade === "none") this.#adoptMeaningless(current, document);
    else if (grade === "hard" && strategy === "soft") this.#refuse(changes);
    else if (grade === "hard" || strategy === "hard") this.#enqueue(changes, document);
    else this.#patch(current, document, changes, started);
  }

  #adoptMeaningless(current: Compiled, document: ParsedDocument): void {
    this.#queue.cancel(this.#key);
    this.#current = { plan: current.plan, document };
    this.#stale = false;
  }

  #patch(current: Compiled, document: ParsedDocument, changes: readonly Change[], started: number): void {
    this.#queue.cancel(this.#key); // a hard change that waited has been undone
    const { plan, recomputed } = patchPlan(current.plan, changes, document.graph.nodes);
    this.#adopt({ plan, document }, this.#facts("soft", reasonsOf(changes), recomputed, plan, started));
  }

  #enqueue(changes: readonly Change[], document: ParsedDocument): void {
    this.#stale = true;
    this.#queue.notify(this.#key, reasonsOf(changes), document.graph.compile);
  }

  #refuse(changes: readonly Change[]): void {
    this.#stale = true;
    const hard = changes.filter((change) => change.class === "hard").map(describeChange);
    const error = errorInfo("HARD_REFUSED", `The strategy is \`soft\`, and this needs a hard compile: ${hard.join("; ")}.`);
    const plan = this.#current?.plan;
    if (plan === undefined) return;
    this.#remember({ ...this.#facts("hard", hard, 0, plan, this.#clock.monotonic()), success: false, error });
  }

  /** The queue's job (invariant 3). */
  #compileLatest(): void {
    const document = this.#latest;
    if (document === undefined) return;
    if (!document.valid) throw new PatchbayError("PLAN_INVALID", "The document has errors; the last good plan stays in force.");
    const before = this.#current?.document.graph;
    const changes = before === undefined ? [] : diffGraphs(before, document.graph);
    this.#compileFull(document, reasonsOf(changes));
    this.#changed();
  }

  #compileFull(document: ParsedDocument, reasons: readonly string[]): void {
    const started = this.#clock.monotonic();
    const plan = compileGraph(document.graph);
    const record = this.#facts("hard", reasons, plan.nodes.size, plan, started);
    this.#fullMicros = record.micros;
    this.#adopt({ plan, document }, record);
  }

  #facts(grade: ChangeClass, reasons: readonly string[], recomputed: number, plan: Plan, started: number): CompileRecord {
    const micros = Math.max(0, (this.#clock.monotonic() - started) * 1000);
    return {
      at: this.#clock.now(),
      class: grade,
      reasons,
      recomputed,
      micros,
      revision: plan.revision,
      success: true,
      ...(this.#fullMicros === undefined ? {} : { fullMicros: this.#fullMicros }),
    };
  }

  #adopt(compiled: Compiled, record: CompileRecord): void {
    this.#current = compiled;
    this.#stale = false;
    this.#remember(record);
    for (const listener of this.#compileListeners) listener(compiled, record);
  }

  #remember(record: CompileRecord): void {
    this.#history = [record, ...this.#history].slice(0, HISTORY_LIMIT);
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener();
  }
}

function reasonsOf(changes: readonly Change[]): readonly string[] {
  return changes.filter((change) => change.class !== "none").map(describeChange);
}
