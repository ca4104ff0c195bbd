import type { GraphView } from "../protocol/views.js";
import { places, wayOf } from "./geometry.js";

/** Fewer nodes without a place can be read as they stand. */
const FEW = 4;
/** Of a graph that can be read, most edges lead ahead: those that do not are loops. */
const MOST = 0.75;

/** Whether a graph has nodes that nobody has placed, and is hard to read as they are placed: more edges than those of a loop or two do not lead ahead. */
export function isPoorlyPlaced(graph: GraphView): boolean {
  if ((graph.unplaced ?? 0) < FEW) return false;
  const at = places(graph);
  const along = wayOf(graph) === "left-to-right" ? 0 : 1;
  const drawn = graph.edges.flatMap(({ from, to }) => {
    const [source, target] = [at.get(from), at.get(to)];
    return from === to || source === undefined || target === undefined ? [] : [target[along] > source[along]];
  });
  return drawn.filter(Boolean).length < drawn.length * MOST;
}
