import { END, START, type NodeId } from "../model/ids.js";
import type { LayoutEdge } from "./layout-request.js";

/**
 * The edges without those that close a loop, as somebody finds them who walks the graph from `@start` in document order: what
 * is left has no cycle, and the body of a loop reads forward from where it is entered. Of several edges between the same two
 * nodes, the one with the longest words.
 */
export function forwardEdges(nodes: readonly NodeId[], edges: readonly LayoutEdge[]): LayoutEdge[] {
  const leaving = leavingEdges(nodes, edges);
  const back = loopEdges(rootsFirst(nodes, edges), leaving);
  return nodes.flatMap((id) => [...(leaving.get(id)?.values() ?? [])].filter((edge) => !back.has(edge)));
}

type Leaving = ReadonlyMap<NodeId, ReadonlyMap<NodeId, LayoutEdge>>;

/** From each node, by the node that is led to. */
function leavingEdges(nodes: readonly NodeId[], edges: readonly LayoutEdge[]): Leaving {
  const leaving = new Map<NodeId, Map<NodeId, LayoutEdge>>(nodes.map((id) => [id, new Map()]));
  for (const edge of edges) {
    const { from, to, words } = edge;
    if (from === to || from === END || to === START || !leaving.has(to)) continue;
    const others = leaving.get(from);
    if (others !== undefined && (others.get(to)?.words.length ?? -1) < words.length) others.set(to, edge);
  }
  return leaving;
}

function rootsFirst(nodes: readonly NodeId[], edges: readonly LayoutEdge[]): readonly NodeId[] {
  const entered = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const rank = (id: NodeId): number => (id === START ? 0 : entered.has(id) ? 2 : 1);
  return nodes.toSorted((a, b) => rank(a) - rank(b));
}

/** Those that lead back to a node on the way to them. A stack of our own: a chain may be thousands of nodes long. */
function loopEdges(roots: readonly NodeId[], leaving: Leaving): ReadonlySet<LayoutEdge> {
  const back = new Set<LayoutEdge>();
  const seen = new Set<NodeId>();
  for (const root of roots) {
    if (seen.has(root)) continue;
    const onTheWay = new Set<NodeId>();
    const enter = (id: NodeId) => {
      seen.add(id);
      onTheWay.add(id);
      return { id, rest: (leaving.get(id) ?? new Map<NodeId, LayoutEdge>()).values() };
    };
    const way = [enter(root)];
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const { value: edge } = last.rest.next();
      if (edge === undefined) onTheWay.delete(way.pop()?.id ?? "");
      else if (onTheWay.has(edge.to)) back.add(edge);
      else if (!seen.has(edge.to)) way.push(enter(edge.to));
    }
  }
  return back;
}
