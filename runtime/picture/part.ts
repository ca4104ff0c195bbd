import type { NodeId } from "../model/ids.js";
import type { Drawing } from "./drawing.js";

/** What of a picture is of these nodes, notes and groups with what is in them: the edges between them, too, and the groups that they make up. */
export function partOf(drawing: Drawing, ids: Iterable<NodeId>): Drawing {
  const named = new Set(ids);
  const chosen = new Set([...named, ...drawing.groups.filter(({ id }) => named.has(id)).flatMap(({ nodes }) => nodes)]);
  return {
    ...drawing,
    nodes: drawing.nodes.filter(({ id }) => chosen.has(id)),
    edges: drawing.edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
    notes: drawing.notes.filter(({ id }) => chosen.has(id)),
    groups: drawing.groups.filter(({ nodes }) => nodes.every((id) => chosen.has(id))),
  };
}
