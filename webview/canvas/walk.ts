import { holds, middleOf } from "./annotations/boxes.js";
import type { GraphView } from "../protocol/views.js";

/** Where an arrow key points. */
export type Direction = "left" | "right" | "up" | "down";

const ahead: Record<Direction, readonly [x: number, y: number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** The nearest node, note or group in a direction; sideways distance counts double, and beyond 45 degrees nothing is in that direction. */
export function neighbour(graph: GraphView, from: string, direction: Direction): string | undefined {
  const all = holds(graph);
  const origin = all.get(from);
  if (origin === undefined) return undefined;
  const [x, y] = middleOf(origin);
  const [dx, dy] = ahead[direction];
  const candidates = [...all].flatMap(([id, box]) => {
    const [a, b] = middleOf(box);
    const forth = (a - x) * dx + (b - y) * dy;
    const aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
    return forth > 0 && aside <= forth ? [{ id, cost: forth + 2 * aside }] : [];
  });
  return candidates.sort((a, b) => a.cost - b.cost)[0]?.id;
}

/** The node at the other end of the first edge in document order, downstream or upstream. */
export function along(graph: GraphView, from: string, way: "downstream" | "upstream"): string | undefined {
  if (way === "downstream") return graph.edges.find((edge) => edge.from === from)?.to;
  return graph.edges.find((edge) => edge.to === from)?.from;
}
