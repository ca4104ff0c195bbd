import type { Position } from "../../model/graph.js";
import type { NodeId } from "../../model/ids.js";
import { placeNodes } from "../../picture/placement.js";
import type { ParsedDocument } from "../parsed-document.js";

/** Where the nodes of a document are drawn. */
export function placesOf({ graph }: ParsedDocument): ReadonlyMap<NodeId, Position> {
  return placeNodes(graph.nodes.keys(), graph.edges.values(), (id) => graph.layout.get(id));
}
