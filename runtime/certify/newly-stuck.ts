import type { Frontier } from "../checkpoint/checkpoint.js";
import type { Plan } from "../plan/plan.js";
import type { Finding } from "./finding.js";
import { Hope } from "./hope.js";
import type { Impact } from "./impact.js";
import { Ways } from "./ways.js";

/** Joins that would wait for ever, and did not before for the same. What the graph waits for in vain by itself is its own doing. */
export function newlyStuck(impact: Impact, now: Frontier, was: Frontier): readonly Finding[] {
  const { before, after } = impact;
  if (before === undefined || !impact.structural) return [];
  const stuck = inVain(after, now);
  if (stuck.length === 0) return [];
  const vainBefore = new Set(inVain(before, was).flatMap(({ edges }) => edges.map(({ told }) => told)));
  return stuck
    .filter(({ edges }) => edges.some(({ told }) => !vainBefore.has(told)))
    .map(({ node, missing, edges }) => ({
      kind: "join-stuck",
      place: { entity: "node", id: node },
      message: `Node "${node}" would wait for ever: ${listed(missing)} cannot come any more, and ${listed(edges.map(({ id }) => id))} would wait there.`,
    }));
}

/** What waits in vain, each edge told by where it comes from and whether it is there already. */
function inVain(plan: Plan, { due, arrivals }: Frontier) {
  const stuck = Hope.of(plan).stuck(
    due.map(({ node }) => node),
    arrivals,
  );
  return stuck.map(({ node, vain, missing }) => ({
    node,
    missing,
    edges: vain.map((id) => ({ id, told: `${id} ${Ways.of(plan).edge(id)?.from} ${arrivals[node]?.includes(id) === true}` })),
  }));
}

function listed(edges: readonly string[]): string {
  return edges.length === 0 ? "nothing else" : edges.map((edge) => `"${edge}"`).join(", ");
}
