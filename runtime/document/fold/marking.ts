// Where runs may stand, and where they may go from there.
//
// 1. Nothing is known of values: all that may happen counts as happening.
import { END, START, type EdgeId, type NodeId } from "../../model/ids.js";
import type { Arc, Net } from "./net.js";

/** The nodes that are due, and what has arrived where more is waited for. */
export interface Marking {
  readonly due: ReadonlySet<NodeId>;
  readonly waiting: ReadonlyMap<NodeId, ReadonlySet<EdgeId>>;
}

/** Where edges that were taken lead. */
export interface Arrival {
  readonly marking: Marking;
  /** Nodes that were due already. */
  readonly twice: readonly NodeId[];
  /** Nodes that wait for a number of edges: what these do depends on who comes first. */
  readonly counting: readonly NodeId[];
}

/** How many steps are looked at before it is too many. */
export class Budget {
  #left = 30_000;

  /** Whether one more is within bounds. */
  spend(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }
}

/** Before the first superstep. */
const atStart: Marking = { due: new Set([START]), waiting: new Map() };

/** A name that two markings share if they are the same. */
export function keyOf({ due, waiting }: Marking): string {
  const edges = [...waiting].map(([node, set]) => `${node}:${[...set].sort().join()}`).sort();
  return `${[...due].sort().join()}|${edges.join(";")}`;
}

/** Lets edges arrive beside what is due already. */
export function arrive(net: Net, { due: before, waiting: held }: Marking, arcs: readonly Arc[]): Arrival {
  const due = new Set(before);
  const waiting = new Map(held);
  const twice: NodeId[] = [];
  const counting: NodeId[] = [];
  for (const [to, arriving] of Map.groupBy(arcs, (arc) => arc.to)) {
    const node = net.get(to);
    if (to === END || node === undefined) continue;
    const { join, incoming } = node;
    const arrived = new Set([...(waiting.get(to) ?? []), ...arriving.map(({ id }) => id)]);
    if (typeof join === "object" && incoming.length > 1) counting.push(to);
    if (join === "deferred" || (join === "all" && arrived.size < incoming.length)) {
      waiting.set(to, arrived);
      continue;
    }
    waiting.delete(to);
    if (due.has(to)) twice.push(to);
    due.add(to);
  }
  if (due.size === 0) release(net, due, waiting);
  return { marking: { due, waiting }, twice, counting };
}

function release(net: Net, due: Set<NodeId>, waiting: Map<NodeId, ReadonlySet<EdgeId>>): void {
  for (const node of waiting.keys()) {
    if (net.get(node)?.join !== "deferred") continue;
    waiting.delete(node);
    due.add(node);
  }
}

/** Every set of edges that nodes may take together; undefined: too many to list. */
export function* takenTogether(net: Net, nodes: readonly NodeId[]): Generator<readonly Arc[] | undefined> {
  const [first, ...rest] = nodes;
  if (first === undefined) return yield [];
  const outcomes = net.get(first)?.outcomes;
  if (outcomes === undefined) return yield undefined;
  for (const outcome of outcomes) {
    for (const others of takenTogether(net, rest)) yield others === undefined ? undefined : [...outcome, ...others];
  }
}

/** Where a run may stand. */
export interface Reached {
  readonly marking: Marking;
  /** Whether the node that is followed has run by then. */
  readonly ran: boolean;
}

/** Everywhere a run may stand, each once; undefined, and no more: there are too many ways to tell. `followed`: told apart by whether it has run. */
export function* reached(net: Net, followed?: NodeId): Generator<Reached | undefined> {
  const seen = new Map<string, Reached>([["", { marking: atStart, ran: false }]]);
  const budget = new Budget();
  for (const from of seen.values()) {
    yield from;
    const ran = from.ran || (followed !== undefined && from.marking.due.has(followed));
    for (const arcs of takenTogether(net, [...from.marking.due])) {
      if (arcs === undefined || !budget.spend()) return yield undefined;
      if (arcs.some(({ terminate }) => terminate)) continue;
      const { marking } = arrive(net, { due: new Set(), waiting: from.marking.waiting }, arcs);
      const key = `${ran}|${keyOf(marking)}`;
      if (!seen.has(key)) seen.set(key, { marking, ran });
    }
  }
}
