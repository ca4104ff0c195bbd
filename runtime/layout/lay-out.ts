// Places for nodes, on the grid.
//
// Invariants:
// 1. No two nodes or notes cover one another, and none covers one that is kept; nor does what is in no group stand in its frame.
// 2. All that is placed stands on the grid.
// 3. The same request gives the same places.
import type { Position } from "../model/graph.js";
import { START, type NodeId } from "../model/ids.js";
import { boundsOf, boxesOf, movedBy, onGrid, sizesWith, type Box, type SizeOf } from "./boxes.js";
import { connectedParts } from "./connected-parts.js";
import { framesOf } from "./groups.js";
import { inLayers, type Layering } from "./layered.js";
import type { LayoutRequest, Places } from "./layout-request.js";
import { besideKept } from "./neighbours.js";
import { Occupied } from "./occupied.js";
import { stacked } from "./stacked.js";

/** Where everything asked for goes. Rejects where `layering` does. */
export async function layOut(request: LayoutRequest, layering: Layering): Promise<Places> {
  const { at, followers, groups, kept } = request;
  const sizeOf = sizesWith(request.notes);
  const parts: Places[] = [];
  for (const part of connectedParts(request)) {
    const [only] = part;
    parts.push(part.length === 1 && only !== undefined ? new Map([[only, [0, 0]]]) : await inLayers(part, request, layering));
  }
  const boxes = (places: Places): Box[] => [...boxesOf(places, sizeOf), ...framesOf(groups, places, sizeOf)];
  const taken = new Occupied();
  taken.add([...boxesOf(kept, sizeOf), ...framesOf(keptGroups(request), kept, sizeOf)]);
  const placed = new Map<NodeId, Position>();
  const put = (block: Places): void => {
    const free = movedBy(block, taken.nearestFree(boxes(block))); // invariant 1
    taken.add(boxes(free));
    for (const [id, place] of free) placed.set(id, place);
  };
  if (at === undefined) for (const part of parts) put(besideKept(part, request));
  else put(placedAt(stacked(parts, sizeOf), at, sizeOf));
  for (const { note, node, offset } of followers) put(onTheGrid(note, placed.get(node), offset));
  return placed;
}

/** Those of which nothing is placed: their frames stay as they are. */
function keptGroups({ groups, nodes }: LayoutRequest): LayoutRequest["groups"] {
  const placed = new Set(nodes);
  return groups.filter((members) => !members.some((id) => placed.has(id)));
}

/** Its corner, or `@start`, goes there; each node to the grid for itself, as all gaps are wider than two of its cells (invariant 2). */
function placedAt(places: Places, [x, y]: Position, sizeOf: SizeOf): Places {
  const bounds = boundsOf(boxesOf(places, sizeOf));
  const [left, top] = places.get(START) ?? [bounds?.x ?? 0, bounds?.y ?? 0];
  return new Map([...places].map(([id, [a, b]]) => [id, [onGrid(x) + onGrid(a - left), onGrid(y) + onGrid(b - top)]]));
}

function onTheGrid(id: NodeId, [x, y]: Position = [0, 0], [dx, dy]: Position): Places {
  return new Map([[id, [onGrid(x + dx), onGrid(y + dy)]]]);
}
