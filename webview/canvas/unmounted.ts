// What React Flow reports of a hand, extended to what it does not know of: of a large graph it is given only what has elements. Pure.
import type { Position } from "../../runtime/model/graph.js";
import type { GraphView } from "../protocol/views.js";
import type { Selection, SelectionChange } from "../store/selection.js";
import { movable, standing } from "./annotations/boxes.js";
import { meet, type Box } from "./ports.js";

type Positions = Readonly<Record<string, Position>>;

/** Where all that is dragged goes: what is selected goes along with what has elements. */
export function withRest(moved: Positions, { nodes }: Selection, graph: GraphView): Positions {
  const known = nodes.find((id) => moved[id] !== undefined);
  const rest = nodes.filter((id) => moved[id] === undefined);
  const to = known === undefined ? undefined : moved[known];
  if (known === undefined || to === undefined || rest.length === 0) return moved;
  const all = movable(graph);
  const from = all.get(known) ?? to;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = rest.flatMap((id): [string, Position][] => {
    const place = all.get(id);
    return place === undefined ? [] : [[id, [place[0] + dx, place[1] + dy]]];
  });
  return { ...moved, ...Object.fromEntries(along) };
}

/** Of a selection what has no elements, let go: React Flow lets go only of what it knows. */
export function letGo(ids: readonly string[], known: ReadonlyMap<string, unknown>): readonly SelectionChange[] {
  return ids.filter((id) => !known.has(id)).map((id) => ({ id, selected: false }));
}

/** The nodes and notes that a box touches, with their edges. */
export function selectionIn(graph: GraphView, box: Box): Selection {
  const nodes: string[] = [];
  for (const [id, [x, y, width, height]] of standing(graph)) if (meet({ x, y, width, height }, box)) nodes.push(id);
  const inside = new Set(nodes);
  return { nodes, edges: graph.edges.filter(({ from, to }) => inside.has(from) || inside.has(to)).map(({ id }) => id) };
}
