import type { NodeId } from "../model/ids.js";
import type { LayoutEdge } from "./layout-request.js";

/** How much work a graph is for a layered layout: its nodes, and a place in each layer that an edge passes by. */
export function workOf(nodes: readonly NodeId[], forward: readonly LayoutEdge[]): number {
  const depths = depthsOf(nodes, forward);
  const depth = (id: NodeId): number => depths.get(id) ?? 0;
  return forward.reduce((sum, { from, to }) => sum + depth(to) - depth(from), nodes.length);
}

/** The longest way to each node, in edges; `forward` has no cycle. */
function depthsOf(nodes: readonly NodeId[], forward: readonly LayoutEdge[]): ReadonlyMap<NodeId, number> {
  const leaving = Map.groupBy(forward, ({ from }) => from);
  const open = new Map<NodeId, number>();
  for (const { to } of forward) open.set(to, (open.get(to) ?? 0) + 1);
  const depths = new Map(nodes.filter((id) => !open.has(id)).map((id) => [id, 0]));
  const longest = new Map<NodeId, number>();
  for (const [id, depth] of depths) {
    for (const { to } of leaving.get(id) ?? []) {
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      longest.set(to, Math.max(longest.get(to) ?? 0, depth + 1));
      if (left === 0) depths.set(to, longest.get(to) ?? 0);
    }
  }
  return depths;
}
