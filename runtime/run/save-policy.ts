import { NOBODY, type Frontier, type StoredResult } from "../checkpoint/checkpoint.js";
import { savingOf, type FinishedFacts, type Saving } from "../checkpoint/policy.js";
import { worthOfSaving, type Worth } from "../checkpoint/worth.js";
import type { Plan } from "../plan/plan.js";
import type { Clock } from "../ports.js";
import type { Ledger } from "./ledger.js";
import { SaveFigures } from "./save-figures.js";

/** When a run is saved by the policy of its graph. */
export class SavePolicy {
  readonly #ledger: Ledger;
  readonly #figures = new SaveFigures();
  /** Somebody wants a checkpoint at the next boundary. */
  #asked = false;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** The next superstep that finishes is to be saved. */
  ask(): void {
    this.#asked = true;
  }

  /** A task has emitted something. */
  token(plan: Plan): void {
    if (weighs(plan)) this.#figures.token();
  }

  /** What the end of a superstep, open as it was, is saved as; undefined: not at all. `ms`: how long it took. */
  finished(plan: Plan, closed: Frontier, ms: number): Saving | undefined {
    if (weighs(plan)) {
      this.#figures.worked(plan, closed.results);
      this.#figures.took(ms);
    }
    return savingOf(plan.checkpoints.policy, factsOf(plan, closed, this.#asked), () => this.#worth());
  }

  /** A task of the open superstep has ended. Why that is to be saved at once: where the policy weighs, and it is not kept otherwise. */
  worked(plan: Plan, result: StoredResult): string | undefined {
    if (!weighs(plan) || this.#ledger.behind === 0) return undefined;
    this.#figures.worked(plan, [result]);
    const { save, reason } = this.#worth();
    return save ? reason : undefined;
  }

  /** Writes a checkpoint, which gives its bytes. */
  write(plan: Plan, clock: Clock, write: () => number): void {
    if (weighs(plan)) this.#figures.measure(clock, write);
    else write();
    this.#asked = false;
  }

  /** The run stands elsewhere, with nothing unsaved. */
  forget(): void {
    this.#figures.forget();
  }

  #worth(): Worth {
    return worthOfSaving(this.#figures.unsaved(this.#ledger.unsavedBytes), this.#figures.writes);
  }
}

/** Whether a plan's policy goes by figures: for others none are kept. */
function weighs({ checkpoints }: Plan): boolean {
  return checkpoints.policy === "adaptive";
}

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
