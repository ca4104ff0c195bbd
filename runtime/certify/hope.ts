// Joins that nothing can complete any more.
//
// 1. A join waits for edges; one whose source cannot run again, and that has not arrived, never comes.
// 2. What a stuck join would have led to is not coming either: found by going round until nothing more is stuck.
// 3. Only edges count: that a handler may choose to go somewhere is no hope to wait on.
import type { Arrivals } from "../checkpoint/checkpoint.js";
import type { NodeId } from "../model/ids.js";
import type { Join, Plan } from "../plan/plan.js";
import { FIRED } from "../run/joins.js";
import { Ways } from "./ways.js";

/** A join that will never be met, though something has arrived at it or still may. */
export interface StuckJoin {
  readonly node: NodeId;
  /** The edges that cannot come. */
  readonly missing: readonly string[];
}

/** The joins that are stuck for a run at which these nodes are due and these edges have arrived. */
export function stuckJoins(plan: Plan, due: Iterable<NodeId>, arrivals: Arrivals): readonly StuckJoin[] {
  const ways = Ways.of(plan);
  const start = new Set(due);
  const stuck = new Map<NodeId, readonly string[]>();
  for (;;) {
    const closed = new Set([...stuck.keys()].filter((node) => !start.has(node)));
    const running = ways.along(start, closed); // invariant 2
    const found = [...plan.nodes.values()]
      .filter(({ id }) => !stuck.has(id))
      .flatMap(({ id, join }) => {
        const arrived = arrivals[id] ?? [];
        const comes = (edge: string): boolean => arrived.includes(edge) || running.has(ways.edge(edge)?.from ?? "");
        const missing = join.incoming.filter((edge) => !comes(edge));
        const coming = join.incoming.length - missing.length;
        if (arrived.includes(FIRED)) return []; // what comes now is of a round that has fired
        return coming > 0 && coming < needed(join) ? [[id, missing] as const] : [];
      });
    if (found.length === 0) return [...stuck].map(([node, missing]) => ({ node, missing }));
    for (const [node, missing] of found) stuck.set(node, missing);
  }
}

/** How many edges must arrive. */
function needed({ policy, incoming }: Join): number {
  if (policy === "all") return incoming.length;
  return typeof policy === "object" ? policy.count : 1;
}
