// Joins that nothing can complete any more.
//
// 1. A node can still run if it is due, or enough of the edges that it waits for have arrived or come from nodes that can: the least
//    set of which that is true, so that no join is its own hope.
// 2. Only edges count: that a handler may choose to go somewhere is no hope to wait on.
// 3. Asked for many checkpoints of one plan: what the plan says is put into numbers once, and asking allocates next to nothing.
import type { Arrivals } from "../checkpoint/checkpoint.js";
import { END, type EdgeId, type NodeId } from "../model/ids.js";
import type { Join, Plan } from "../plan/plan.js";
import { FIRED } from "../run/joins.js";

/** A join that will never be met, at which something waits in vain. */
export interface StuckJoin {
  readonly node: NodeId;
  /** The edges that wait there: they have arrived, or may still. */
  readonly vain: readonly EdgeId[];
  /** The edges that cannot come. */
  readonly missing: readonly EdgeId[];
}

const made = new WeakMap<Plan, Hope>();

/** What a plan's joins may hope for. */
export class Hope {
  readonly #plan: Plan;
  /** Node -> its place; the arrays below are by place, or by the number of an edge. */
  readonly #places = new Map<NodeId, number>();
  readonly #numbers = new Map<EdgeId, number>();
  /** Numbers of the edges that leave each node. */
  readonly #leaving: readonly (readonly number[])[];
  /** Where each edge leads. */
  readonly #target: Int32Array;
  /** How many edges each node waits for. */
  readonly #needed: Int32Array;
  /** Joins that count what comes: only they can be stuck. */
  readonly #joins: readonly NodeId[];
  /** How many edges come to each node, in the asking of that number; so for edges and nodes: what has another number is of another asking. */
  readonly #coming: Int32Array;
  readonly #comingIn: Int32Array;
  readonly #cameIn: Int32Array;
  readonly #runsIn: Int32Array;
  #asking = 0;

  private constructor(plan: Plan) {
    const programs = [...plan.nodes.values()];
    const edges = programs.flatMap(({ routing }) => routing.edges);
    this.#plan = plan;
    for (const [place, { id }] of programs.entries()) this.#places.set(id, place);
    for (const [number, { id }] of [...edges, ...plan.start.edges].entries()) this.#numbers.set(id, number);
    this.#leaving = programs.map(({ routing }) => routing.edges.map(({ id }) => this.#numbers.get(id) ?? 0));
    this.#target = Int32Array.from(edges, ({ to }) => (to === END ? NOWHERE : (this.#places.get(to) ?? NOWHERE)));
    this.#needed = Int32Array.from(programs, ({ join }) => needed(join));
    this.#joins = programs.filter(({ join }) => needed(join) > 1).map(({ id }) => id);
    this.#coming = new Int32Array(programs.length);
    this.#comingIn = new Int32Array(programs.length);
    this.#cameIn = new Int32Array(this.#numbers.size);
    this.#runsIn = new Int32Array(programs.length);
  }

  static of(plan: Plan): Hope {
    const before = made.get(plan);
    if (before !== undefined) return before;
    const hope = new Hope(plan);
    made.set(plan, hope);
    return hope;
  }

  /** The joins that are stuck for a run at which these nodes are due and these edges have arrived. */
  stuck(due: Iterable<NodeId>, arrivals: Arrivals): readonly StuckJoin[] {
    if (this.#joins.length === 0) return [];
    this.#asking += 1;
    const running: number[] = [];
    for (const node of due) this.#run(this.#places.get(node) ?? NOWHERE, running);
    for (const [node, ways] of Object.entries(arrivals)) {
      const incoming = this.#plan.nodes.get(node)?.join.incoming ?? [];
      if (ways.includes(FIRED)) continue; // what has fired has used them up
      for (const way of ways)
        if (incoming.includes(way)) this.#come(this.#numbers.get(way) ?? 0, this.#places.get(node) ?? NOWHERE, running);
    }
    // The list grows while it is walked (invariant 1).
    for (const place of running) for (const edge of this.#leaving[place] ?? []) this.#come(edge, this.#target[edge] ?? NOWHERE, running);
    return this.#joins.flatMap((node) => this.#told(node, arrivals));
  }

  #come(edge: number, to: number, running: number[]): void {
    if (to === NOWHERE || this.#cameIn[edge] === this.#asking) return;
    this.#cameIn[edge] = this.#asking;
    const before = this.#comingIn[to] === this.#asking ? (this.#coming[to] ?? 0) : 0;
    this.#comingIn[to] = this.#asking;
    this.#coming[to] = before + 1;
    if (before + 1 >= (this.#needed[to] ?? 1)) this.#run(to, running);
  }

  #run(place: number, running: number[]): void {
    if (place === NOWHERE || this.#runsIn[place] === this.#asking) return;
    this.#runsIn[place] = this.#asking;
    running.push(place);
  }

  /** One that is due may wait for its next round; what has fired waits for nothing: what comes to it is of a round that is over. */
  #told(node: NodeId, arrivals: Arrivals): readonly StuckJoin[] {
    const place = this.#places.get(node) ?? NOWHERE;
    const coming = this.#comingIn[place] === this.#asking ? (this.#coming[place] ?? 0) : 0;
    if (coming === 0 || coming >= (this.#needed[place] ?? 1) || arrivals[node]?.includes(FIRED) === true) return [];
    const incoming = this.#plan.nodes.get(node)?.join.incoming ?? [];
    const came = (edge: EdgeId): boolean => this.#cameIn[this.#numbers.get(edge) ?? 0] === this.#asking;
    return [{ node, vain: incoming.filter(came), missing: incoming.filter((edge) => !came(edge)) }];
  }
}

/** The place of what is no node. */
const NOWHERE = -1;

/** How many edges must arrive. */
function needed({ policy, incoming }: Join): number {
  if (policy === "all") return incoming.length;
  return typeof policy === "object" ? policy.count : 1;
}
