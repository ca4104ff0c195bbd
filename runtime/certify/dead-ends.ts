import type { Frontier } from "../checkpoint/checkpoint.js";
import { END, START, type NodeId } from "../model/ids.js";
import { isEmpty } from "../model/is-empty.js";
import type { Plan } from "../plan/plan.js";
import type { Snapshot } from "../run/snapshot.js";
import { reroute } from "../run/superstep.js";
import type { TakenRoute } from "../run/taken-route.js";
import type { Finding } from "./finding.js";
import type { Impact } from "./impact.js";

/** Tasks of an open superstep that have finished, whose node led on and leads nowhere any more. */
export function closedWays({ before, after }: Impact, { results }: Frontier): readonly Finding[] {
  const leads = (plan: Plan | undefined, node: NodeId): boolean => (plan?.nodes.get(node)?.routing.edges.length ?? 0) > 0;
  return findingsOf(results.map(({ node }) => node).filter((node) => node !== START && leads(before, node) && !leads(after, node)));
}

/**
 * Tasks that finished last, from which the run went on to some node, and from which it would not go on any more: it would end there as
 * if that were its end. `taken`: the routes that were taken anew.
 */
export function deadEnds({ before }: Impact, run: string, was: Snapshot, taken: readonly TakenRoute[]): readonly Finding[] {
  const { routed, due, arrivals } = was.frontier;
  const silent = routed.map(({ node }) => node).filter((node) => !taken.some((route) => route.node === node));
  if (silent.length === 0) return [];
  // Without the plan of then, all that is known is whether it went on at all.
  if (before === undefined) return taken.length === 0 && (due.length > 0 || !isEmpty(arrivals)) ? findingsOf(silent) : [];
  const routes = reroute(before, run, was);
  return routes.ok ? findingsOf(silent.filter((node) => routes.taken.some((route) => route.node === node && route.to !== END))) : [];
}

function findingsOf(nodes: readonly NodeId[]): readonly Finding[] {
  return [...new Set(nodes)].map((node) => ({
    kind: "dead-end",
    place: { entity: "node", id: node },
    message: `Node "${node}" has finished, and no way leads on from it any more.`,
  }));
}
