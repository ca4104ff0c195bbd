// Makes the plans of one graph, by a patch or anew, each with the record of what it took. Decides nothing.
import type { ParsedDocument } from "../document/parsed-document.js";
import type { ErrorInfo } from "../errors.js";
import type { FileVersions } from "../model/file-version.js";
import type { Plan } from "../plan/plan.js";
import type { Clock } from "../ports.js";
import type { Cause } from "./cause.js";
import type { Change } from "./change.js";
import type { CompileRecord } from "./compile-record.js";
import { FullCost } from "./full-cost.js";
import { compileGraph } from "./full.js";
import { patchPlan } from "./patch.js";

/** A plan with the document it was made from. */
export interface Compiled {
  readonly plan: Plan;
  readonly document: ParsedDocument;
}

/** A plan and the record of its making. */
export type Made = readonly [Compiled, CompileRecord];

/** Makes plans, and keeps what a full compile takes. `current` gives the graph's plan in force. */
export class PlanMaker {
  readonly #clock: Clock;
  readonly #files: FileVersions;
  readonly #cost: FullCost;

  constructor(clock: Clock, files: FileVersions, current: () => Compiled | undefined) {
    this.#clock = clock;
    this.#files = files;
    this.#cost = new FullCost(
      clock,
      (graph) => compileGraph(graph, files),
      () => current()?.document.graph,
    );
  }

  /** A soft recompile, begun at `started` of the monotonic clock. */
  patch(current: Compiled, document: ParsedDocument, changes: readonly Change[], cause: Cause, started: number): Made {
    const { plan, recomputed } = patchPlan(current.plan, changes, document.graph.nodes, this.#files);
    const micros = this.#microsSince(started);
    return [
      { plan, document },
      { ...this.#facts(cause, plan, document), class: "soft", recomputed, micros },
    ];
  }

  /** A full compile. Where a patch of `current` would have done, that is made beside it and dropped: the adviser's evidence. */
  anew(current: Compiled | undefined, document: ParsedDocument, changes: readonly Change[], cause: Cause): Made {
    const patched = current === undefined || cause.needed !== "soft" ? {} : { patchMicros: this.#patchMicros(current, document, changes) };
    const { plan, micros } = this.#cost.compile(document.graph);
    const facts = this.#facts(cause, plan, document);
    return [
      { plan, document },
      { ...facts, class: "hard", recomputed: plan.nodes.size, micros, ...patched },
    ];
  }

  /** The record of a compile that was refused or failed, and left the plan in force as it was. */
  inVain({ plan, document }: Compiled, cause: Cause, error: ErrorInfo): CompileRecord {
    return { ...this.#facts(cause, plan, document), class: "hard", success: false, error };
  }

  /** Measures a full compile of a graph. Costs what it measures. */
  measure({ document }: Compiled): void {
    this.#cost.compile(document.graph);
  }

  /** An edit was made at this time of the monotonic clock: once nobody edits, what has to be measured again is. */
  measureWhenIdle(edited: number): void {
    this.#cost.edited(edited);
  }

  dispose(): void {
    this.#cost.dispose();
  }

  #patchMicros({ plan }: Compiled, { graph }: ParsedDocument, changes: readonly Change[]): number {
    const started = this.#clock.monotonic();
    patchPlan(plan, changes, graph.nodes, this.#files);
    return this.#microsSince(started);
  }

  /** What every record has; a successful one goes on to say what was done. */
  #facts(cause: Cause, plan: Plan, document: ParsedDocument): Omit<CompileRecord, "class"> {
    const fullMicros = this.#cost.microsOf(document.graph);
    const common = { at: this.#clock.now(), success: true, recomputed: 0, micros: 0, revision: plan.revision, ...cause };
    return fullMicros === undefined ? common : { ...common, fullMicros };
  }

  #microsSince(started: number): number {
    return Math.max(0, (this.#clock.monotonic() - started) * 1000);
  }
}
