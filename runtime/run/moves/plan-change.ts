import { unfitValue } from "../../certify/channel-fit.js";
import { PatchbayError } from "../../errors.js";
import type { JsonObject } from "../../model/json.js";
import type { RecompileFacts } from "../../trace/event.js";
import { saveGraph, type Position, type RunGraph } from "../position.js";

/** Another plan for a run. */
export class PlanChange {
  readonly #at: Position;

  constructor(position: Position) {
    this.#at = position;
  }

  /** Goes over to a new plan; nothing may be at work. */
  adopt(graph: RunGraph, facts: RecompileFacts): void {
    const { store, trace, footing, ledger, frontier, snapshot } = this.#at;
    ledger.keep(() => saveGraph(store, graph));
    const { class: grade, reasons, recomputed, micros, revision } = facts;
    trace.record({ type: "recompile", superstep: frontier.superstep, class: grade, reasons, recomputed, micros, revision });
    footing.adopt(graph.plan, trace.seq);
    if (this.#at.snapshot.channels !== snapshot.channels) ledger.rebase();
  }

  /** Goes on with the values that migrations made of its own. They are saved, and the trace says so. Throws `MIGRATION_FAILED`. */
  migrate(values: JsonObject, modules: readonly string[]): void {
    const { footing, trace, ledger } = this.#at;
    const { from, to } = footing.carrying ?? { from: "", to: "" };
    const fault = unfitValue(this.#at.plan, values);
    if (fault !== undefined) throw new PatchbayError("MIGRATION_FAILED", fault.message, { channel: fault.channel });
    footing.migrate(values, trace.seq);
    ledger.rebase();
    trace.record({ type: "migrated", superstep: this.#at.frontier.superstep, from, to, modules });
    this.#at.save("migrated");
  }

  /** Goes on whatever is lost by it, as a person says. The trace says so for ever. */
  overrule(actor: string): void {
    const { footing, trace, ledger } = this.#at;
    const { carrying, blocked } = footing;
    if (carrying === undefined || carrying.verdict === "unaffected" || blocked === undefined) return;
    const { from, to, findings, verdict } = carrying;
    footing.overrule(trace.seq);
    ledger.rebase();
    trace.record({ type: "carried-over", superstep: this.#at.frontier.superstep, from, to, verdict, findings, actor });
    this.#at.save("forced");
  }
}
