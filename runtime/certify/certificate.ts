// What stored checkpoints are worth under another plan.
//
// 1. Asking changes nothing, and costs what is stored of the run, never what user code does.
// 2. A checkpoint is carried over just as a run that stands there would be: what is promised here is what a resume does.
import { Rebuilder } from "../checkpoint/rebuild.js";
import type { Checkpoint } from "../checkpoint/checkpoint.js";
import type { CheckpointStore } from "../checkpoint/store.js";
import type { Plan } from "../plan/plan.js";
import { loadCheckpoint } from "../run/load.js";
import type { GraphSource, SourcedGraph } from "../run/graph-source.js";
import type { NodeId } from "../model/ids.js";
import type { PlanSource } from "../run/plan-source.js";
import { carryOver } from "./carry-over.js";
import { isLoss, type Finding } from "./finding.js";
import { Impact } from "./impact.js";
import { newlyStuck } from "./newly-stuck.js";
import { hasEnded, isAffected, standsAsBefore } from "./positions.js";
import { reachableFindings } from "./reachable-findings.js";

/**
 * `unaffected`: goes on as it would have. `mapped`: goes on, by what the plan is now. `migrate`: its values need a migration first.
 * `replay`: cannot go on, an ancestor can. `invalid`: neither.
 */
export type Verdict = "unaffected" | "mapped" | "migrate" | "replay" | "invalid";

/** A checkpoint under a plan. */
export interface Certificate {
  readonly checkpoint: string;
  /** As its summary has it. */
  readonly superstep: number;
  readonly verdict: Verdict;
  /** Why, the gravest first; empty where it is unaffected. */
  readonly findings: readonly Finding[];
  /** The nearest checkpoint before it from which the run can go on. */
  readonly ancestor?: { readonly checkpoint: string; readonly superstep: number };
}

/** How many checkpoints of one run are looked at: the newest. */
const MOST = 10_000;
/** Checkpoints that are kept in memory: they never change. */
const REMEMBERED = 4_000;

type Judged = Omit<Certificate, "verdict"> & { readonly verdict: Verdict | "lost"; readonly parent: string | null };

type Judgement = Pick<Judged, "verdict" | "findings">;

/** Certifies checkpoints, time and again: what it has read of a store it does not read again. */
export class Certifier {
  readonly #store: CheckpointStore;
  readonly #plans: PlanSource;
  readonly #loaded = new Map<string, Checkpoint>();
  readonly #rebuilder = new Rebuilder((id) => this.#load(id));

  constructor(store: CheckpointStore, plans: PlanSource) {
    this.#store = store;
    this.#plans = plans;
  }

  /**
   * Every checkpoint of a run under a plan, newest first. `graphs`: those that the plan's document names, for runs inside open tasks;
   * absent: such runs are not looked at. Throws `NOT_FOUND`.
   */
  run(run: string, plan: Plan, graphs?: GraphSource): readonly Certificate[] {
    const summaries = this.#store.list(run, { limit: MOST });
    const impacts = new Map<string, Impact>();
    const parents = new Set(summaries.map(({ parent }) => parent));
    // The oldest first: the values of each are folded onto those of its parent.
    const judged = summaries.toReversed().map(({ id, parent, superstep, revision }): Judged => {
      const impact = impacts.get(revision) ?? Impact.between(revision === plan.revision ? plan : this.#plans(revision), plan);
      impacts.set(revision, impact);
      const own = this.#judge(id, run, impact, !parents.has(id));
      return { checkpoint: id, superstep, parent, ...(graphs === undefined ? own : this.#withInside(own, this.#load(id), plan, graphs)) };
    });
    return withAncestors(judged.reverse());
  }

  /** `newest`: nothing follows it, so that it may have results of its open superstep beside it. */
  #judge(id: string, run: string, impact: Impact, newest: boolean): Judgement {
    const unaffected = { verdict: "unaffected", findings: [] } as const;
    if (impact.nothing) return unaffected;
    const { frontier } = this.#load(id);
    if (hasEnded(frontier)) return unaffected;
    if (newest || !standsAsBefore(impact, frontier)) return this.#carry(id, run, impact, newest);
    const stuck = newlyStuck(impact, frontier, frontier);
    if (stuck.length > 0) return { verdict: "lost", findings: stuck };
    return isAffected(impact, frontier) ? { verdict: "mapped", findings: reachableFindings(impact, frontier) } : unaffected;
  }

  /** A checkpoint can go on no further than the runs inside its open tasks. */
  #withInside(own: Judgement, { frontier }: Checkpoint, plan: Plan, graphs: GraphSource): Judgement {
    if (own.verdict === "lost" || frontier.nested === undefined) return own;
    const inside = frontier.nested.flatMap(({ task, run, checkpoint }) => {
      const node = frontier.due.find(({ id }) => id === task)?.node ?? "";
      const found = graphs.load(plan.nodes.get(node)?.graph ?? "");
      return found.ok ? this.#findingsInside(node, run, checkpoint, found.graph) : [];
    });
    if (inside.length === 0) return own;
    const verdict = inside.some(isLoss) ? "lost" : own.verdict === "unaffected" ? "mapped" : own.verdict;
    return { verdict, findings: [...inside, ...own.findings] };
  }

  #findingsInside(node: NodeId, run: string, id: string, { plan, graphs }: SourcedGraph): readonly Finding[] {
    const checkpoint = this.#load(id);
    const { revision } = checkpoint;
    const impact = Impact.between(revision === plan.revision ? plan : this.#plans(revision), plan);
    const { verdict, findings } = this.#withInside(this.#judge(id, run, impact, true), checkpoint, plan, graphs);
    // To migrate a run inside, it must be gone to: until then the run around it stands.
    const kind = verdict === "lost" || verdict === "migrate" ? "nested-changed" : "behaviour";
    return findings.map(({ message }) => ({ kind, message: `Inside "${node}": ${message}`, place: { entity: "node", id: node } }));
  }

  /** Invariant 2. */
  #carry(id: string, run: string, impact: Impact, newest: boolean): Judgement {
    const store = this.#store;
    const source = {
      load: (each: string) => this.#load(each),
      results: (of: string, parent: string) => (newest ? store.results(of, parent) : []),
      nested: (of: string, since?: string) => (newest ? store.nested(of, since) : []),
    };
    const { snapshot } = loadCheckpoint(source, this.#load(id), impact.before ?? impact.after, 0, this.#rebuilder);
    const { verdict, findings } = carryOver(impact, run, snapshot, 0);
    return { verdict, findings };
  }

  #load(id: string): Checkpoint {
    const known = this.#loaded.get(id);
    if (known !== undefined) return known;
    const checkpoint = this.#store.load(id);
    if (this.#loaded.size >= REMEMBERED) this.#loaded.clear();
    this.#loaded.set(id, checkpoint);
    return checkpoint;
  }
}

function withAncestors(judged: readonly Judged[]): readonly Certificate[] {
  const byId = new Map(judged.map((each) => [each.checkpoint, each]));
  return judged.map(({ parent, verdict, ...rest }) => {
    if (verdict !== "lost") return { ...rest, verdict };
    let at = byId.get(parent ?? "");
    while (at !== undefined && at.verdict === "lost") at = byId.get(at.parent ?? "");
    if (at === undefined) return { ...rest, verdict: "invalid" };
    return { ...rest, verdict: "replay", ancestor: { checkpoint: at.checkpoint, superstep: at.superstep } };
  });
}
