// Which edges a run took, and when: bounded by the size of the graph.
//
// 1. Where a person redirects a node that has just finished, what it took in that superstep counts as not taken; the routes that it
//    takes instead follow in the trace.
import type { EdgeId, NodeId } from "../model/ids.js";

/** What was known of an edge before a node took it. */
interface Replaced {
  readonly last: number | undefined;
  readonly forced: number | undefined;
}

/** The newest superstep in which a node took edges, and what that replaced. */
interface Newest {
  readonly superstep: number;
  readonly replaced: Map<EdgeId, Replaced>;
}

/** The takes of every edge. */
export class EdgeTakes {
  readonly #last = new Map<EdgeId, number>();
  readonly #forced = new Map<EdgeId, number>();
  readonly #newest = new Map<NodeId, Newest>();

  /** Edge -> the superstep that took it last. */
  get last(): ReadonlyMap<EdgeId, number> {
    return this.#last;
  }

  /** Edge -> the superstep in which a person made the run take it last. */
  get forced(): ReadonlyMap<EdgeId, number> {
    return this.#forced;
  }

  take(node: NodeId, edge: EdgeId, superstep: number, forced: boolean): void {
    let newest = this.#newest.get(node);
    if (newest?.superstep !== superstep) this.#newest.set(node, (newest = { superstep, replaced: new Map() }));
    if (!newest.replaced.has(edge)) newest.replaced.set(edge, { last: this.#last.get(edge), forced: this.#forced.get(edge) });
    this.#last.set(edge, superstep);
    if (forced) this.#forced.set(edge, superstep);
  }

  /** Invariant 1. */
  withdraw(node: NodeId, superstep: number): void {
    const newest = this.#newest.get(node);
    if (newest?.superstep !== superstep) return;
    for (const [edge, { last, forced }] of newest.replaced) {
      put(this.#last, edge, last);
      put(this.#forced, edge, forced);
    }
    this.#newest.delete(node);
  }

  /** Takes those of another run of the graph, as if they had come after these. */
  merge(other: EdgeTakes): void {
    for (const [edge, superstep] of other.#last) this.#last.set(edge, superstep);
    for (const [edge, superstep] of other.#forced) this.#forced.set(edge, superstep);
    for (const [node, newest] of other.#newest) this.#newest.set(node, newest);
  }
}

function put(map: Map<EdgeId, number>, edge: EdgeId, superstep: number | undefined): void {
  if (superstep === undefined) map.delete(edge);
  else map.set(edge, superstep);
}
