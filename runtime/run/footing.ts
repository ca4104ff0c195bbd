// Where a run stands, and under which plan.
//
// 1. A plan is carried over to from where the run stood by its own plan, however many edits lie between: an edit that is undone
//    before the run has moved leaves no mark.
// 2. While the plan in force cannot take it, the run stands under the one it was on, and is saved under that.
import { carryOver, type CarriedOver } from "../certify/carry-over.js";
import { Impact } from "../certify/impact.js";
import { overruled } from "../certify/overrule.js";
import type { ChannelState } from "../channels/channel-state.js";
import { convert } from "../certify/channel-fit.js";
import { needsMigration } from "../certify/finding.js";
import { hasEnded } from "../certify/positions.js";
import { errorInfo, PatchbayError, type ErrorInfo } from "../errors.js";
import type { JsonObject } from "../model/json.js";
import type { Plan } from "../plan/plan.js";
import type { Snapshot } from "./snapshot.js";

interface Own {
  /** Undefined where the plan of then is not known any more. */
  readonly plan: Plan | undefined;
  readonly snapshot: Snapshot;
  /** Of the plan of then. */
  readonly revision: string;
}

/** What a run was carried over, and has not moved since. */
export interface Carrying extends Pick<CarriedOver, "verdict" | "findings"> {
  readonly from: string;
  readonly to: string;
}

/** A run's place between its moves. */
export class Footing {
  readonly #run: string;
  #inForce: Plan;
  #under: Plan;
  #snapshot: Snapshot;
  #own: Own | undefined;
  #carried: CarriedOver | undefined;

  constructor(run: string, plan: Plan, snapshot: Snapshot) {
    this.#run = run;
    this.#inForce = plan;
    this.#under = plan;
    this.#snapshot = snapshot;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** The plan that counts for what comes. */
  get inForce(): Plan {
    return this.#inForce;
  }

  /** The plan that the snapshot is of: the one in force, unless that cannot take it. */
  get under(): Plan {
    return this.#under;
  }

  /** What is saved of the run is saved as of this revision. */
  get savedUnder(): Pick<Plan, "revision" | "limits"> {
    const own = this.#stays() ? this.#own : undefined;
    return own === undefined || own.revision === this.#under.revision
      ? this.#under
      : { revision: own.revision, limits: this.#under.limits };
  }

  /** The values of the run as the channels of the plan in force hold them. Throws `NEEDS_MIGRATION`. */
  channels(version: number): ChannelState {
    const own = this.#own;
    if (own === undefined || !this.#stays()) return this.#snapshot.channels;
    const { channels, findings } = convert(Impact.between(own.plan, this.#inForce), own.snapshot, version);
    const [fault] = findings.filter(needsMigration);
    if (fault !== undefined)
      throw new PatchbayError("NEEDS_MIGRATION", fault.message, { channel: fault.place.entity === "limits" ? "" : fault.place.id });
    return channels;
  }

  /** Why the run cannot go on under the plan in force, if so. */
  get blocked(): ErrorInfo | undefined {
    const { verdict, findings } = this.#carried ?? {};
    if (verdict !== "lost" && verdict !== "migrate") return undefined;
    const [first, ...others] = findings ?? [];
    const more = others.length === 0 ? "" : ` And ${others.length} more.`;
    const place = first?.place;
    const named = place === undefined || place.entity === "limits" ? {} : { [place.entity]: place.id };
    return errorInfo(verdict === "migrate" ? "NEEDS_MIGRATION" : "NOT_RESUMABLE", `${first?.message ?? ""}${more}`, named);
  }

  /** What became of the run when it was carried over, until it moves. */
  get carrying(): Carrying | undefined {
    const { verdict, findings } = this.#carried ?? {};
    if (verdict === undefined || findings === undefined || this.#own === undefined) return undefined;
    return { verdict, findings, from: this.#own.revision, to: this.#inForce.revision };
  }

  /** The run has moved, by its plan. */
  stand(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    if (this.#own === undefined) return;
    if (this.#stays()) this.#own = { ...this.#own, snapshot }; // invariant 2
    else [this.#own, this.#carried] = [undefined, undefined];
  }

  /** Stands somewhere by the plan in force. */
  settle(snapshot: Snapshot): void {
    [this.#snapshot, this.#under, this.#own, this.#carried] = [snapshot, this.#inForce, undefined, undefined];
  }

  /** Stands at a checkpoint that was made under a plan, or under one that is not known any more, and is carried over to the one in force. */
  place(snapshot: Snapshot, plan: Plan | undefined, revision: string, version: number): void {
    if (revision === this.#inForce.revision) return this.settle(snapshot);
    this.#own = { plan, snapshot, revision };
    this.#carry(version);
  }

  /** Another plan is in force. */
  adopt(plan: Plan, version: number): CarriedOver {
    this.#own ??= { plan: this.#under, snapshot: this.#snapshot, revision: this.#under.revision };
    this.#inForce = plan;
    return this.#carry(version);
  }

  /** Routes what finished last anew, after a person redirected it. */
  reroute(snapshot: Snapshot, version: number): CarriedOver {
    this.stand(snapshot);
    return this.adopt(this.#inForce, version);
  }

  /** Goes on with the values that a migration made of those that it has. */
  migrate(values: JsonObject, version: number): CarriedOver {
    return this.#carry(version, values);
  }

  /** Goes on, whatever is dropped by it, because a person says so. */
  overrule(version: number): void {
    const own = this.#own;
    if (own === undefined) return;
    this.settle(overruled(Impact.between(own.plan, this.#inForce), this.#run, own.snapshot, version));
  }

  /** Invariant 1. */
  #carry(version: number, values?: JsonObject): CarriedOver {
    const own = this.#own ?? { plan: this.#under, snapshot: this.#snapshot, revision: this.#under.revision };
    const carried = carryOver(Impact.between(own.plan, this.#inForce), this.#run, own.snapshot, version, values);
    this.#carried = carried;
    this.#snapshot = carried.snapshot;
    this.#under = this.#stays() ? (own.plan ?? this.#under) : this.#inForce;
    return carried;
  }

  /** Whether it stands by the plan of before still: it cannot go over, or has nowhere to go. */
  #stays(): boolean {
    const verdict = this.#carried?.verdict;
    return verdict === "lost" || verdict === "migrate" || (this.#carried !== undefined && hasEnded(this.#snapshot.frontier));
  }
}
