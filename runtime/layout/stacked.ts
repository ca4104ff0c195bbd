import type { Position } from "../model/graph.js";
import type { NodeId } from "../model/ids.js";
import { boundsOf, boxesOf, GAP, movedBy, type SizeOf } from "./boxes.js";
import type { Places } from "./layout-request.js";

/** Between parts that have nothing to do with one another; frames of groups have room in it. */
const APART = 80;
/** Nodes that stand alone, in one row. */
const IN_A_ROW = 6;

/** Parts of one graph beneath one another, flush left; nodes that nothing leads to or from stand in rows at the end. */
export function stacked(parts: readonly Places[], sizeOf: SizeOf): Places {
  const all = new Map<NodeId, Position>();
  let top = 0;
  for (const part of [...parts.filter(({ size }) => size > 1), ...inRows(parts, sizeOf)]) {
    const bounds = boundsOf(boxesOf(part, sizeOf)) ?? { x: 0, y: 0, height: 0 };
    for (const [id, place] of movedBy(part, [-bounds.x, top - bounds.y])) all.set(id, place);
    top += bounds.height + APART;
  }
  return all;
}

function inRows(parts: readonly Places[], sizeOf: SizeOf): readonly Places[] {
  const rows: Map<NodeId, Position>[] = [];
  for (const [id = ""] of parts.filter(({ size }) => size === 1).map((single) => [...single.keys()])) {
    const row = rows.at(-1);
    const bounds = boundsOf(boxesOf(row ?? new Map(), sizeOf));
    if (row === undefined || row.size === IN_A_ROW) rows.push(new Map([[id, [0, 0]]]));
    else row.set(id, [bounds === undefined ? 0 : bounds.x + bounds.width + GAP, 0]);
  }
  return rows;
}
