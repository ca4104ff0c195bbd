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

/** What a part of a trace says of the superstep that was the newest for a node when the part began. */
interface Before {
  /** Supersteps whose takes a person withdrew while they may have been that one. */
  readonly withdrawn: Set<number>;
  /** The superstep of the node's first take here; it may have begun before. Null once it has taken edges in another one. */
  first: number | null | undefined;
}

/** The takes of every edge, over a trace or a part of one. */
export class EdgeTakes {
  readonly #last = new Map<EdgeId, number>();
  readonly #forced = new Map<EdgeId, number>();
  readonly #newest = new Map<NodeId, Newest>();
  readonly #before = new Map<NodeId, Before>();

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
    if (newest?.superstep !== superstep) {
      this.#newest.set(node, (newest = { superstep, replaced: new Map() }));
      const before = this.#beforeOf(node);
      before.first = before.first === undefined ? superstep : null;
    }
    if (!newest.replaced.has(edge)) newest.replaced.set(edge, { last: this.#last.get(edge), forced: this.#forced.get(edge) });
    this.#last.set(edge, superstep);
    if (forced) this.#forced.set(edge, superstep);
  }

  /** Invariant 1. */
  withdraw(node: NodeId, superstep: number): void {
    const before = this.#beforeOf(node);
    if (before.first === undefined || before.first === superstep) before.withdrawn.add(superstep);
    const newest = this.#newest.get(node);
    if (newest?.superstep !== superstep) return;
    for (const [edge, { last, forced }] of newest.replaced) {
      put(this.#last, edge, last);
      put(this.#forced, edge, forced);
    }
    this.#newest.delete(node);
    before.first = null;
  }

  /** Takes those of the part that follows, or of another run of the graph as if it did. */
  merge(other: EdgeTakes): void {
    for (const [node, { withdrawn, first }] of other.#before) {
      for (const superstep of withdrawn) this.withdraw(node, superstep);
      const newest = other.#newest.get(node);
      if (newest !== undefined) this.#newest.set(node, this.#following(node, newest, first === newest.superstep));
      else if (first !== undefined) this.#newest.delete(node);
      const before = this.#beforeOf(node);
      if (first !== undefined) before.first = before.first === undefined || before.first === first ? first : null;
    }
    for (const [edge, superstep] of other.#last) this.#last.set(edge, superstep);
    for (const [edge, superstep] of other.#forced) this.#forced.set(edge, superstep);
  }

  /** What was not known before others is what is known here; of a superstep that began here (which `isFirst` may have), what was before that. */
  #following(node: NodeId, { superstep, replaced }: Newest, isFirst: boolean): Newest {
    const here = this.#newest.get(node);
    const whole = new Map(isFirst && here?.superstep === superstep ? here.replaced : []);
    for (const [edge, { last, forced }] of replaced)
      if (!whole.has(edge)) whole.set(edge, { last: last ?? this.#last.get(edge), forced: forced ?? this.#forced.get(edge) });
    return { superstep, replaced: whole };
  }

  #beforeOf(node: NodeId): Before {
    let before = this.#before.get(node);
    if (before === undefined) this.#before.set(node, (before = { withdrawn: new Set(), first: undefined }));
    return before;
  }
}

function put(map: Map<EdgeId, number>, edge: EdgeId, superstep: number | undefined): void {
  if (superstep === undefined) map.delete(edge);
  else map.set(edge, superstep);
}
