import { mulberry32 } from "../../support/mulberry32.js";

/** An edge of a small graph; `above`: it fires when the input is above that, `otherwise`: when none of those fired. */
export interface SmallEdge {
  readonly from: string;
  readonly to: string;
  readonly above?: number;
  readonly otherwise?: true;
}

/** A small graph that means the same here and in LangGraph.js. Every node writes its name to a log. */
export interface SmallGraph {
  /** In the order of their names, which is task order there. */
  readonly nodes: readonly string[];
  /** Nodes that wait for all their edges; these have plain edges only, and none from `@start`. */
  readonly joins: readonly string[];
  readonly edges: readonly SmallEdge[];
  /** The input, 0 to 9. It does not change, so that conditions mean the same whenever they are evaluated. */
  readonly input: number;
}

/** Supersteps after which a run of a small graph is ended. */
export const LIMIT = 8;

/** The graph of a seed: always the same. Every node can be reached along edges, as LangGraph.js insists. */
export function randomGraph(seed: number): SmallGraph {
  const next = mulberry32(seed);
  const chance = (share: number): boolean => next() < share;
  const nodes = Array.from({ length: 2 + Math.floor(next() * 6) }, (_, index) => `n${index}`);
  const joins = nodes.filter((_, index) => index > 1 && chance(0.35));
  const edges: SmallEdge[] = [];
  for (const [i, from] of nodes.entries()) {
    for (const [j, to] of nodes.entries()) {
      if (!chance(j > i ? 0.4 : 0.06) || (joins.includes(to) && j <= i)) continue;
      edges.push(joins.includes(to) || chance(0.6) ? { from, to } : { from, to, above: Math.floor(next() * 10) });
    }
    const conditional = edges.some((edge) => edge.from === from && edge.above !== undefined);
    const other = nodes.find((to) => !joins.includes(to) && chance(0.3));
    if (conditional && other !== undefined && other !== from) edges.push({ from, to: other, otherwise: true });
  }
  const input = Math.floor(next() * 10);
  return { nodes, joins: joins.filter((id) => edges.some(({ to }) => to === id)), edges: [...starts(nodes, edges), ...edges], input };
}

/** `@start` leads to the first node and to every other that nothing leads to. */
function starts(nodes: readonly string[], edges: readonly SmallEdge[]): SmallEdge[] {
  const found: SmallEdge[] = [];
  const reached = new Set<string>();
  for (const node of nodes) {
    if (reached.has(node)) continue;
    found.push({ from: "@start", to: node });
    reached.add(node);
    // A set goes on to what is added while it is walked.
    for (const from of reached) for (const edge of edges) if (edge.from === from) reached.add(edge.to);
  }
  return found;
}
