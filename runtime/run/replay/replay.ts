// Results that were recorded before, taken again in place of running their tasks.
//
// 1. A result is taken only by a task that would do the same on the same: `difference` says why not.
// 2. Looking costs nothing on the way: what the store has is compared when a run that was taken back comes by, and only until it is
//    past all that is recorded.
// 3. What people decided is taken again only where the terms say so.
import { ChannelState } from "../../channels/channel-state.js";
import type { Frontier, KeptItem, ReplayTerms, StoredResult, StoredTask } from "../../checkpoint/checkpoint.js";
import { Rebuilder } from "../../checkpoint/rebuild.js";
import type { ChannelName } from "../../model/ids.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { Plan } from "../../plan/plan.js";
import type { PlanSource } from "../plan-source.js";
import { KeptItems } from "../kept-items.js";
import type { Snapshot } from "../snapshot.js";
import { checkWrites } from "../writes.js";
import { difference, type Moment } from "./difference.js";
import type { Beginning, RecordedItems, RecordedTask, RecordStore } from "./recorded.js";
import { RunRecords } from "./run-records.js";
import { wasDecidedInside } from "./decided-inside.js";

/** What counts of what is recorded of a task: a result, or why it runs although there is one. */
export type Found =
  | { readonly type: "taken"; readonly result: StoredResult; readonly checkpoint: string }
  | { readonly type: "anew"; readonly why: string };

/** Where a run that was taken back looks for results. */
export interface ReplaySources {
  readonly store: RecordStore;
  readonly plans: PlanSource | undefined;
  /** The run, and those that stood in its place before, of one inside a task. */
  readonly runs: readonly string[];
  /** The checkpoint that the run stands at. */
  readonly head: string;
  /** Whether it has finished nothing since. */
  readonly isThere: boolean;
}

/** A checkpoint of another branch that has the values that the run has now. */
interface Agreement {
  readonly checkpoint: string;
  readonly channels: ChannelState;
}

/** What is recorded ahead of a run. */
export class Replay {
  readonly #sources: ReplaySources;
  readonly #records: RunRecords;
  readonly #rebuilder: Rebuilder;
  #agreed: Agreement | undefined;
  /** Tasks of the open superstep that were taken while all values agreed, with the checkpoint that has their superstep finished. */
  readonly #taken = new Map<string, string>();
  #values: { readonly of: Beginning; readonly plan: Plan; readonly state: ChannelState; readonly values: JsonObject } | undefined;

  constructor(sources: ReplaySources, { channels }: Snapshot, plan: Plan) {
    const { store, runs, head, isThere } = sources;
    this.#sources = sources;
    this.#records = new RunRecords(store, runs, head, plan.checkpoints.policy !== "every-superstep");
    this.#rebuilder = new Rebuilder((id) => store.load(id));
    if (isThere && store.load(head).revision === plan.revision) this.#agreed = { checkpoint: this.#anchor(head), channels };
  }

  /** Whether a superstep, or one that comes after it, may have results. */
  reaches(superstep: number): boolean {
    return superstep <= this.#records.last;
  }

  /** What is recorded of a task that is to begin; undefined: nothing. */
  find(task: StoredTask, plan: Plan, snapshot: Snapshot, terms: ReplayTerms): Found | undefined {
    const program = plan.nodes.get(task.node);
    if (program === undefined || program.policy?.disabled === true) return undefined;
    let why: string | undefined;
    for (const recorded of this.#records.of(task.id, snapshot.frontier.superstep + 1)) {
      const reason = this.#reason(recorded, task, plan, snapshot, terms);
      if (reason === undefined) return this.#take(recorded, snapshot);
      why ??= reason;
    }
    return why === undefined ? undefined : { type: "anew", why };
  }

  /** The items that are recorded of a task that begins to work on a list; `of` tells that from others. */
  items(task: StoredTask, of: string, plan: Plan, snapshot: Snapshot, { mode, live }: ReplayTerms): readonly KeptItem[] {
    if (mode === "live" || live?.includes(task.node) === true) return [];
    for (const recorded of this.#records.itemsOf(task.id, snapshot.frontier.superstep + 1)) {
      if (this.#difference(recorded, task, plan, snapshot, false) !== undefined) continue; // 1
      const takesDecided = mode === "decisions" && !isDecided(task, snapshot); // 3
      const items = [...new KeptItems(recorded.items).of(task.id, of).values()];
      const taken = takesDecided ? items : items.filter(({ index }) => !recorded.decided.has(index));
      if (taken.length > 0) return taken;
    }
    return [];
  }

  /** The run has finished a superstep. It agrees with a branch still where it agreed in all, and took all that was done there. */
  advanced({ frontier, channels }: Snapshot, plan: Plan): void {
    const [first, ...others] = frontier.routed.map(({ task }) => this.#taken.get(task));
    this.#taken.clear();
    const same = first !== undefined && others.every((each) => each === first) && !plan.foldsApart;
    this.#agreed = same && this.#isWhole(first, frontier, plan) ? { checkpoint: first, channels } : undefined;
  }

  /** Whether a checkpoint has its superstep finished by no other tasks, under the plan in force. */
  #isWhole(checkpoint: string, { routed }: Frontier, { revision }: Plan): boolean {
    const other = this.#sources.store.load(checkpoint);
    return other.revision === revision && other.frontier.routed.length === routed.length;
  }

  #take({ result, checkpoint, closed, begun }: RecordedTask, { channels }: Snapshot): Found {
    if (closed && this.#agreed?.channels === channels && this.#agreesAt(begun)) this.#taken.set(result.task, checkpoint);
    return { type: "taken", result, checkpoint };
  }

  /** Why a recorded result does not count. */
  #reason(recorded: RecordedTask, task: StoredTask, plan: Plan, snapshot: Snapshot, terms: ReplayTerms): string | undefined {
    if (terms.mode === "live") return "all results are live";
    if (terms.live?.includes(task.node) === true) return "its node is live";
    const { result } = recorded;
    const other = this.#difference(recorded, task, plan, snapshot, result.error !== undefined);
    if (other !== undefined) return other;
    if (this.#wasDecided(recorded, plan)) {
      if (terms.mode !== "decisions") return "people decide anew"; // invariant 3
      if (isDecided(task, snapshot)) return "people have decided anew";
    }
    return checkWrites(plan.channels, [result]) === undefined ? undefined : "what it wrote does not fit any more";
  }

  /** Invariant 1. */
  #difference(
    recorded: Pick<RecordedItems, "revision" | "begun" | "input">,
    { node, input }: StoredTask,
    plan: Plan,
    { channels }: Snapshot,
    failed: boolean,
  ): string | undefined {
    const { revision, begun } = recorded;
    const before = revision === plan.revision ? plan : this.#sources.plans?.(revision);
    const value = (name: ChannelName): JsonValue | undefined => channels.view(name)?.value;
    const now = { plan, value, shares: this.#sharing(begun, channels), ...(input === undefined ? {} : { input }) };
    const then: Moment = {
      plan: before,
      value: (name) => this.#valuesAt(begun, before ?? plan)[name],
      ...(recorded.input === undefined ? {} : { input: recorded.input }),
    };
    return difference(node, now, then, failed);
  }

  #wasDecided({ result, run, span }: RecordedTask, plan: Plan): boolean {
    if (result.answered === true) return true;
    return plan.nodes.get(result.node)?.graph !== undefined && wasDecidedInside(this.#sources.store, run, result.task, span);
  }

  /** What was not written since the two agreed is the same, whatever its size. */
  #sharing(begun: Beginning, now: ChannelState): (name: ChannelName) => boolean {
    const agreed = this.#agreed;
    if (agreed === undefined || !this.#agreesAt(begun)) return () => false;
    return (name) => agreed.channels.view(name)?.version === now.view(name)?.version;
  }

  #agreesAt({ checkpoint, since }: Beginning): boolean {
    return this.#agreed !== undefined && since.length === 0 && this.#anchor(checkpoint) === this.#agreed.checkpoint;
  }

  /** The checkpoint whose values another one repeats. */
  #anchor(checkpoint: string): string {
    for (let id = checkpoint; ;) {
      const { channels, parent } = this.#sources.store.load(id);
      if (parent === null || channels.base !== undefined || channels.delta.length > 0 || channels.earlier !== undefined) return id;
      id = parent;
    }
  }

  /** Of a superstep that has no checkpoint it goes on from the one before it, where that was asked for before. */
  #valuesAt(begun: Beginning, plan: Plan): JsonObject {
    const known = this.#values;
    const goesOn = known?.of.checkpoint === begun.checkpoint && known.plan === plan && isBeginningOf(known.of.since, begun.since);
    let state = goesOn ? known.state : ChannelState.of(plan.channels, this.#rebuilder.rebuild(begun.checkpoint).values, 0);
    for (const delta of begun.since.slice(goesOn ? known.of.since.length : 0)) state = state.fold(delta, 0);
    if (!goesOn || state !== known.state) this.#values = { of: begun, plan, state, values: state.values() };
    return this.#values?.values ?? {};
  }
}

function isBeginningOf<Item>(some: readonly Item[], all: readonly Item[]): boolean {
  return some.length <= all.length && some.every((each, at) => each === all[at]);
}

/** Whether somebody has answered a question of the task on this branch, early or not: that counts, whatever was decided before. */
function isDecided({ id }: StoredTask, { frontier: { decisions } }: Snapshot): boolean {
  const key = id.slice(id.indexOf("/") + 1);
  return Object.keys(decisions).some((each) => each === key || each.startsWith(`${key}/`));
}
