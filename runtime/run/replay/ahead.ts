import type { Frontier, KeptItem, ReplayTerms, StoredTask } from "../../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../../checkpoint/store.js";
import type { Plan } from "../../plan/plan.js";
import type { Ledger } from "../ledger.js";
import type { PlanSource } from "../plan-source.js";
import type { Snapshot } from "../snapshot.js";
import { forerunnersOf, termsInside } from "./inside.js";
import { RECORDED, termsOfStored } from "./look-back.js";
import { Replay, type Found } from "./replay.js";

/** What a run has recorded beyond where it stands, and which of it counts. */
export class Ahead {
  readonly #run: string;
  readonly #sources: { readonly store: CheckpointStore; readonly plans: PlanSource | undefined };
  readonly #usual: () => ReplayTerms;
  /** Runs that stood in the place of this one before. */
  #forerunners: readonly string[] = [];
  /** Until somebody has looked: the terms that are to count, or that those are to that the store has. */
  #replay: Replay | ReplayTerms | "stored" | undefined;

  constructor(run: string, store: CheckpointStore, plans: PlanSource | undefined, usual: () => ReplayTerms = () => RECORDED) {
    this.#run = run;
    this.#sources = { store, plans };
    this.#usual = usual;
  }

  /** Terms that count from the next move on: where the run stands it stands as it was. */
  get told(): ReplayTerms | undefined {
    return this.#replay === "stored" || this.#replay instanceof Replay ? undefined : this.#replay;
  }

  /** The run has been taken up from the store: the terms that it was on count on. */
  takeUp(): void {
    this.#replay = "stored";
  }

  /** `runs`: those that stood in the place of this one before. */
  by(terms: ReplayTerms = this.#usual(), runs: readonly string[] = this.#forerunners): void {
    this.#forerunners = runs;
    this.#replay = terms;
  }

  /** A run inside a task takes what those have recorded that were there before it, as far as the run around takes anything by these terms. */
  lead(inner: Ahead, terms: ReplayTerms | undefined): void {
    const { store } = this.#sources;
    const inside = terms === undefined ? undefined : termsInside(terms, inner.#run, store);
    if (inside !== undefined) inner.by(inside, forerunnersOf(inner.#run, store));
  }

  /** What is recorded of a task that is to begin; undefined: nothing. A run inside it goes on where it stands. */
  find(task: StoredTask, plan: Plan, snapshot: Snapshot): Found | undefined {
    const { replay, nested } = snapshot.frontier;
    if (replay === undefined || !(this.#replay instanceof Replay)) return undefined;
    if (nested?.some((entry) => entry.task === task.id) === true) return undefined;
    return this.#replay.find(task, plan, snapshot, replay);
  }

  /** The items that are recorded of a task that begins to work on a list. */
  items(task: StoredTask, of: string, plan: Plan, snapshot: Snapshot): readonly KeptItem[] {
    const { replay } = snapshot.frontier;
    return replay === undefined || !(this.#replay instanceof Replay) ? [] : this.#replay.items(task, of, plan, snapshot, replay);
  }

  /** A superstep has been finished. */
  advanced(snapshot: Snapshot, plan: Plan): void {
    if (this.#replay instanceof Replay) this.#replay.advanced(snapshot, plan);
  }

  /** Finds out, once, what is recorded, and forgets it when the run is past it. Gives where it stands with the terms that count. */
  look(snapshot: Snapshot, plan: Plan, ledger: Pick<Ledger, "head" | "behind">): Snapshot {
    if (this.#replay === undefined) return snapshot;
    const { head, behind } = ledger;
    if (this.#replay === "stored") this.#replay = termsOfStored(snapshot.frontier, this.#run, head, this.#sources.store, this.#usual);
    const { told } = this;
    let { frontier } = snapshot;
    if (told !== undefined) {
      frontier = { ...frontier, replay: told };
      const sources = { ...this.#sources, runs: [this.#run, ...this.#forerunners], head, isThere: behind === 0 };
      this.#replay = new Replay(sources, { ...snapshot, frontier }, plan);
    }
    if (this.#replay instanceof Replay && !this.#replay.reaches(frontier.superstep + 1)) {
      this.#replay = undefined;
      frontier = withoutTerms(frontier);
    }
    return frontier === snapshot.frontier ? snapshot : { ...snapshot, frontier };
  }
}

function withoutTerms({ replay: _past, ...beyond }: Frontier): Frontier {
  return beyond;
}
