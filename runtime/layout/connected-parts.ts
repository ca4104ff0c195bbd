import { END, START, type NodeId } from "../model/ids.js";
import type { LayoutRequest } from "./layout-request.js";

/**
 * What hangs together, by edges or in a group; each part and the list of parts in the order of the nodes. `@start` and `@end` are of
 * one part.
 */
export function connectedParts({
  nodes,
  edges,
  groups,
}: Pick<LayoutRequest, "nodes" | "edges" | "groups">): readonly (readonly NodeId[])[] {
  const heads = new Map(nodes.map((id) => [id, id]));
  const headOf = (id: NodeId): NodeId => {
    let head = id;
    for (let next = heads.get(head); next !== undefined && next !== head; next = heads.get(head)) head = next;
    heads.set(id, head);
    return head;
  };
  const join = (a: NodeId, b: NodeId): void => {
    if (heads.has(a) && heads.has(b)) heads.set(headOf(b), headOf(a));
  };
  join(START, END);
  for (const { from, to } of edges) join(from, to);
  for (const members of groups) {
    const here = members.filter((id) => heads.has(id));
    for (const id of here) join(here[0] ?? id, id);
  }
  const parts = new Map<NodeId, NodeId[]>();
  for (const id of nodes) {
    const head = headOf(id);
    const part = parts.get(head);
    if (part === undefined) parts.set(head, [id]);
    else part.push(id);
  }
  return [...parts.values()];
}
