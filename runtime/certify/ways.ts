// Which nodes lead to which in a plan, made once for each plan that is asked about.
//
// 1. Along edges is what the graph draws; a node that is `free` chooses for itself and may go anywhere.
import { END, START, type EdgeId, type NodeId } from "../model/ids.js";
import type { EdgeProgram, Plan } from "../plan/plan.js";

/** An edge with both its ends. */
export interface Way {
  readonly id: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
}

const made = new WeakMap<Plan, Ways>();

/** The edges of a plan, to be walked in both directions. */
export class Ways {
  readonly #plan: Plan;
  readonly #edges = new Map<EdgeId, Way>();
  readonly #sources = new Map<NodeId, NodeId[]>();
  readonly #free: NodeId[] = [];

  private constructor(plan: Plan) {
    this.#plan = plan;
    this.#add(START, plan.start.edges);
    for (const program of plan.nodes.values()) {
      this.#add(program.id, program.routing.edges);
      if (program.free === true) this.#free.push(program.id);
    }
  }

  static of(plan: Plan): Ways {
    const before = made.get(plan);
    if (before !== undefined) return before;
    const ways = new Ways(plan);
    made.set(plan, ways);
    return ways;
  }

  edge(id: EdgeId): Way | undefined {
    return this.#edges.get(id);
  }

  /** The nodes that edges of these lead to. */
  next(nodes: readonly NodeId[]): readonly NodeId[] {
    return nodes.flatMap((node) => this.#routing(node).flatMap(({ to }) => (to === END || !this.#plan.nodes.has(to) ? [] : [to])));
  }

  /** These nodes and all from which one of them may be reached, edges and free choices included. */
  leadingTo(nodes: Iterable<NodeId>): ReadonlySet<NodeId> {
    const found = new Set(nodes);
    if (found.size > 0) for (const free of this.#free) found.add(free);
    for (const node of found) for (const source of this.#sources.get(node) ?? []) found.add(source); // a set grows while it is walked
    return found;
  }

  /** These nodes and all that edges lead to from them. */
  along(nodes: Iterable<NodeId>): ReadonlySet<NodeId> {
    const found = new Set(nodes);
    for (const node of found) for (const { to } of this.#routing(node)) if (to !== END && this.#plan.nodes.has(to)) found.add(to);
    return found;
  }

  /** These nodes and all that may run after them, free choices included. */
  anywhere(nodes: Iterable<NodeId>): ReadonlySet<NodeId> {
    const found = this.along(nodes);
    for (const free of this.#free) if (found.has(free)) return new Set(this.#plan.nodes.keys());
    return found;
  }

  #routing(node: NodeId): readonly EdgeProgram[] {
    return node === START ? this.#plan.start.edges : (this.#plan.nodes.get(node)?.routing.edges ?? []);
  }

  #add(from: NodeId, edges: readonly EdgeProgram[]): void {
    for (const { id, to } of edges) {
      this.#edges.set(id, { id, from, to });
      const sources = this.#sources.get(to);
      if (sources === undefined) this.#sources.set(to, [from]);
      else sources.push(from);
    }
  }
}
