// Joins that nothing can complete any more.
//
// 1. A node can still run if it is due, or enough of the edges that it waits for have arrived or come from nodes that can: the least
//    set of which that is true, so that no join is its own hope.
// 2. Only edges count: that a handler may choose to go somewhere is no hope to wait on.
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

/** The joins that are stuck for a run at which these nodes are due and these edges have arrived. */
export function stuckJoins(plan: Plan, due: Iterable<NodeId>, arrivals: Arrivals): readonly StuckJoin[] {
  const running = new Set(due);
  const coming = new Map<NodeId, Set<EdgeId>>();
  const arrive = (node: NodeId, edge: EdgeId): void => {
    const join = plan.nodes.get(node)?.join;
    if (join?.incoming.includes(edge) !== true) return;
    const edges = coming.get(node) ?? new Set();
    coming.set(node, edges.add(edge));
    if (edges.size >= needed(join)) running.add(node);
  };
  for (const [node, ways] of Object.entries(arrivals)) if (!ways.includes(FIRED)) for (const way of ways) arrive(node, way); // else they are used up
  // A set grows while it is walked (invariant 1).
  for (const node of running) for (const { id, to } of plan.nodes.get(node)?.routing.edges ?? []) if (to !== END) arrive(to, id);
  return [...coming].flatMap(([node, edges]) => {
    const join = plan.nodes.get(node)?.join;
    // What has fired waits for nothing: what comes to it is of a round that is over. One that is due may wait for its next round.
    if (join === undefined || edges.size >= needed(join) || arrivals[node]?.includes(FIRED) === true) return [];
    return [{ node, vain: [...edges], missing: join.incoming.filter((edge) => !edges.has(edge)) }];
  });
}

/** How many edges must arrive. */
function needed({ policy, incoming }: Join): number {
  if (policy === "all") return incoming.length;
  return typeof policy === "object" ? policy.count : 1;
}
