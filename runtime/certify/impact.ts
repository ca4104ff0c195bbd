// What lies between two plans, as far as it can matter to a run: found once for both, asked for each checkpoint.
//
// 1. What two plans share by identity costs nothing.
// 2. Order is relative: a node that was put before others changed, those that it pushed along did not.
import { sameJson } from "../document/same-json.js";
import { START, type EdgeId, type NodeId } from "../model/ids.js";
import type { NodeDef } from "../model/graph.js";
import type { NodeProgram, Plan, Routing } from "../plan/plan.js";
import { channelChanges, type ChannelChange } from "./channel-changes.js";
import type { Finding } from "./finding.js";
import { displaced } from "./displaced.js";
import { includes, readsOfEdge, usesOf } from "./uses.js";
import { Ways } from "./ways.js";

/** More differences than these are not told one by one. */
const MOST_TOLD = 12;

/** The last that was asked for, by the plan of now. */
const impacts = new WeakMap<Plan, Impact>();

/** The differences between the plan that checkpoints were made under and another one. */
export class Impact {
  readonly before: Plan | undefined;
  readonly after: Plan;
  /** Nodes whose tasks do something else, or are run in another way, with the fields that differ; nodes that came and went among them. */
  readonly behaviour = new Map<NodeId, readonly string[]>();
  /** Nodes, `@start` among them, whose edges differ. */
  readonly routing = new Set<NodeId>();
  /** Edges that are gone, or have other ends. */
  readonly edges: ReadonlySet<EdgeId>;
  /** Nodes whose joins differ. */
  readonly joins = new Set<NodeId>();
  /** Nodes that were moved in task order. */
  readonly moved: ReadonlySet<NodeId>;
  readonly channels: readonly ChannelChange[];
  readonly limits: boolean;
  #affected: ReadonlySet<NodeId> | undefined;
  #told: Impact["told"] | undefined;

  /** The differences between two plans, found once. */
  static between(before: Plan | undefined, after: Plan): Impact {
    const known = impacts.get(after);
    if (known !== undefined && known.before === before) return known;
    const impact = new Impact(before, after);
    impacts.set(after, impact);
    return impact;
  }

  /** `before` is undefined where the plan of then is not known: then everything may differ. */
  private constructor(before: Plan | undefined, after: Plan) {
    this.before = before;
    this.after = after;
    this.channels = before === undefined ? [] : channelChanges(before, after);
    this.limits = before !== undefined && !sameJson(before.limits, after.limits);
    if (before === undefined || !sameRouting(before.start, after.start)) this.routing.add(START);
    let shifted = false;
    for (const { key, before: was, after: is } of before === undefined ? [] : before.nodes.diff(after.nodes)) {
      this.#compare(key, was, is);
      shifted ||= was !== undefined && is !== undefined && was.order !== is.order;
    }
    this.edges = before === undefined ? new Set() : otherEdges(before, after, this.routing);
    this.moved = before !== undefined && shifted ? movedBetween(before, after) : new Set();
  }

  /** Whether the two plans do the same, whatever comes. */
  get nothing(): boolean {
    const { before, behaviour, routing, joins, moved, channels, limits } = this;
    return before !== undefined && !limits && [behaviour, routing, joins, moved].every(({ size }) => size === 0) && channels.length === 0;
  }

  /** Whether anything leads elsewhere, or waits for something else, than before. */
  get structural(): boolean {
    return this.routing.size > 0 || this.joins.size > 0;
  }

  /** Whether something is different about a node itself. */
  touches(node: NodeId): boolean {
    return this.behaviour.has(node) || this.routing.has(node) || this.joins.has(node) || this.moved.has(node);
  }

  /** The nodes from which something may be reached, in either plan, that differs. */
  get affected(): ReadonlySet<NodeId> {
    this.#affected ??= this.#findAffected();
    return this.#affected;
  }

  /** Whether what differs can be reached by going on from a node, in either plan. */
  leadsOn(node: NodeId): boolean {
    return [this.before, this.after].some((plan) => {
      if (plan === undefined) return true;
      const free = plan.nodes.get(node)?.free === true && this.affected.size > 0;
      return free || edgesOf(plan, node).some(({ to }) => this.affected.has(to));
    });
  }

  /** What is different about nodes, each with the nodes from which it can be reached. The first ones, where they are many. */
  get told(): readonly { readonly node: NodeId; readonly from: ReadonlySet<NodeId>; readonly findings: readonly Finding[] }[] {
    this.#told ??= [...new Set([...this.behaviour.keys(), ...this.routing, ...this.joins, ...this.moved])]
      .slice(0, MOST_TOLD)
      .map((node) => ({ node, from: Ways.of(this.after).leadingTo([node]), findings: this.#findingsOf(node) }));
    return this.#told;
  }

  /** What is different about a node, for people. */
  #findingsOf(node: NodeId): readonly Finding[] {
    const findings: Finding[] = [];
    const fields = this.behaviour.get(node);
    const place = { entity: "node", id: node } as const;
    if (fields !== undefined) findings.push({ kind: "behaviour", place, message: this.#behaviourText(node, fields) });
    if (this.routing.has(node) && this.after.nodes.has(node))
      findings.push({ kind: "routing", place, message: `Node "${node}" goes other ways now.` });
    if (this.joins.has(node) && this.after.nodes.has(node))
      findings.push({ kind: "join", place, message: `What "${node}" waits for has changed.` });
    if (this.moved.has(node)) findings.push({ kind: "order", place, message: `Node "${node}" has another place in task order.` });
    return findings;
  }

  #behaviourText(node: NodeId, fields: readonly string[]): string {
    if (this.before?.nodes.has(node) !== true) return `Node "${node}" is new.`;
    if (!this.after.nodes.has(node)) return `Node "${node}" is gone.`;
    return `Node "${node}" has another ${fields.join(", ")}.`;
  }

  #compare(node: NodeId, was: NodeProgram | undefined, is: NodeProgram | undefined): void {
    if (was === undefined || is === undefined) {
      this.behaviour.set(node, []);
      this.routing.add(node);
      return;
    }
    const fields = [...changedFields(was.def, is.def), ...(this.#runsTheSame(was, is) ? [] : ["code"])];
    if (fields.length > 0) this.behaviour.set(node, fields);
    // What an action means that no edge names depends on the kind.
    if (was.kind !== is.kind || !sameRouting(was.routing, is.routing)) this.routing.add(node);
    if (!sameJson(was.join.policy, is.join.policy)) this.joins.add(node);
    // Which edges come in matters only to who counts them.
    else if (is.join.policy !== "any" && is.join.policy !== "deferred" && was.join.incoming.join(" ") !== is.join.incoming.join(" "))
      this.joins.add(node);
  }

  /** Whether the files that it runs have the contents that they had. */
  #runsTheSame(was: NodeProgram, is: NodeProgram): boolean {
    const fallbackOf = (plan: Plan | undefined, { fallback }: NodeProgram) => plan?.files.get(fallback ?? "")?.version;
    return was.version === is.version && fallbackOf(this.before, was) === fallbackOf(this.after, is);
  }

  #findAffected(): ReadonlySet<NodeId> {
    const { before, after } = this;
    if (before === undefined) return new Set([START, ...after.nodes.keys()]);
    const touched = new Set([...this.behaviour.keys(), ...this.routing, ...this.joins, ...this.moved, ...this.#usersOfChannels()]);
    return new Set([...Ways.of(before).leadingTo(touched), ...Ways.of(after).leadingTo(touched)]);
  }

  #usersOfChannels(): readonly NodeId[] {
    const names = this.channels.map(({ name }) => name);
    if (names.length === 0) return [];
    const users: NodeId[] = [];
    for (const plan of [this.before, this.after])
      for (const { id, def, routing } of plan?.nodes.values() ?? []) {
        const { reads, writes } = usesOf(def);
        const told = routing.edges.map(readsOfEdge);
        if (names.some((name) => includes(reads, name) || includes(writes, name) || told.some((edge) => edge.has(name)))) users.push(id);
      }
    return users;
  }
}

function otherEdges(before: Plan, after: Plan, sources: Iterable<NodeId>): ReadonlySet<EdgeId> {
  const others = new Set<EdgeId>();
  for (const node of sources) {
    const now = new Map(edgesOf(after, node).map(({ id, to }) => [id, to]));
    for (const { id, to } of edgesOf(before, node)) if (now.get(id) !== to) others.add(id);
  }
  return others;
}

function edgesOf(plan: Plan, node: NodeId): Routing["edges"] {
  return node === START ? plan.start.edges : (plan.nodes.get(node)?.routing.edges ?? []);
}

/** Invariant 2. */
function movedBetween(before: Plan, after: Plan): ReadonlySet<NodeId> {
  const pairs: [number, number, NodeId][] = [];
  for (const { id, order } of before.nodes.values()) {
    const now = after.nodes.get(id)?.order;
    if (now !== undefined) pairs.push([order, now, id]);
  }
  return displaced(pairs);
}

/** What people call it, and what routing and joins say by themselves, is no behaviour. */
const besides: ReadonlySet<string> = new Set(["label", "note", "join"]);

function changedFields(was: NodeDef, is: NodeDef): readonly string[] {
  if (was === is) return [];
  const a = was as unknown as Readonly<Record<string, unknown>>;
  const b = is as unknown as Readonly<Record<string, unknown>>;
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].filter((field) => !besides.has(field) && !sameJson(a[field], b[field])).sort();
}

function sameRouting(a: Routing, b: Routing): boolean {
  if (a === b) return true;
  if (a.edges.length !== b.edges.length) return false;
  return a.edges.every((edge, index) => {
    const other = b.edges[index];
    return (
      other !== undefined &&
      edge.id === other.id &&
      edge.to === other.to &&
      edge.terminate === other.terminate &&
      sameJson(edge.condition, other.condition)
    );
  });
}
