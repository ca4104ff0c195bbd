// 1. What a person writes has a version that no other value of the run has (position.ts, invariant 1).
import { superstepOf } from "../../checkpoint/checkpoint.js";
import { PatchbayError, thrownOf } from "../../errors.js";
import { editState, type StateEdit } from "../edit-state.js";
import { apartWrites } from "../fold-apart.js";
import type { Overwriting, Redirection } from "../interventions.js";
import type { Position } from "../position.js";
import { recordRoutes } from "../recording.js";
import { finishSuperstep } from "../superstep.js";

/** What a person does to a run beside answering. */
export class ByHand {
  readonly #at: Position;

  constructor(position: Position) {
    this.#at = position;
  }

  /** A person sends the run elsewhere: what finished last is routed anew. Throws `RUN_FINISHED`. */
  redirect({ frontier, node, events }: Redirection): void {
    const { status } = frontier;
    if (status === "completed" || status === "cancelled") throw new PatchbayError("RUN_FINISHED", `The run is ${status}.`, { status });
    const { footing, trace } = this.#at;
    this.#at.recordCarrying();
    const superstep = superstepOf(frontier);
    for (const event of events) trace.record({ superstep, ...event });
    const carried = footing.reroute({ ...this.#at.snapshot, frontier }, trace.seq);
    const taken = carried.taken.filter((route) => route.node === node);
    recordRoutes(trace, taken, superstep);
    this.#at.save("rerouted");
  }

  /** A person moves a due task elsewhere, or has it begin anew: what it has done so far is dropped. Throws `RUN_FINISHED`. */
  drop(task: string, redirection: Redirection): void {
    this.#at.items.drop(task);
    this.redirect(redirection);
  }

  /**
   * A person writes: a superstep of its own. Throws what keeps it from finishing; then the run stands where it stood. Where
   * reducers of the user's are to fold what is written, it stays open until the run goes on.
   */
  overwrite({ snapshot: given, event }: Overwriting): void {
    const { footing, trace, plan, run, ledger } = this.#at;
    this.#at.assertFolded();
    const snapshot = { ...given, channels: footing.channels(trace.seq) };
    const waits = apartWrites(plan, snapshot.frontier).length > 0;
    const finished = finishSuperstep(plan, run, snapshot, trace.seq); // invariant 1
    // What a condition says is known when the values are.
    if (!finished.ok && !(waits && finished.error.code === "EXPRESSION")) {
      throw thrownOf(finished.error);
    }
    this.#at.recordCarrying();
    trace.record({ superstep: superstepOf(snapshot.frontier), ...event });
    if (snapshot.channels !== this.#at.snapshot.channels) ledger.rebase();
    footing.settle(snapshot);
    if (finished.ok && !waits) return this.#at.advance(finished, () => ({ trigger: event.type }));
    this.#at.save(event.type);
  }

  /**
   * A person gives channels other values, where the run stands: that is a checkpoint of its own, on the one it stood at. Throws
   * `INPUT_INVALID`, what keeps it from going over to the plan in force, and what routing by the values fails with: then it stands as it stood.
   */
  edit(edit: StateEdit, actor: string): void {
    const { footing, trace, plan, run, ledger } = this.#at;
    const { blocked } = footing;
    if (blocked !== undefined) throw thrownOf(blocked);
    this.#at.assertFolded();
    const before = { ...this.#at.snapshot, channels: footing.channels(trace.seq) };
    const { snapshot, taken } = editState(plan, run, before, edit, trace.seq + 1); // invariant 1
    this.#at.recordCarrying();
    const superstep = superstepOf(snapshot.frontier);
    const { values, cleared = [] } = edit;
    trace.record({ type: "state-edited", superstep, values, ...(cleared.length === 0 ? {} : { cleared }), actor });
    footing.settle(snapshot);
    recordRoutes(trace, taken, superstep);
    ledger.rebase();
    this.#at.save("edited");
  }
}
