import type { Position } from "../../runtime/model/graph.js";
import { CARD } from "./geometry.js";

const CLEARANCE = 40;

/**
 * How deep an edge that goes back must dive so as to pass beneath whatever stands between its ends. Nodes are looked up by
 * column, so that a question costs the columns it spans, not the nodes of the graph.
 */
export class Detours {
  readonly #lowest = new Map<number, number>();

  constructor(positions: Iterable<Position>) {
    for (const [x, y] of positions) {
      for (const column of columns(x, x + CARD.width)) {
        this.#lowest.set(column, Math.max(this.#lowest.get(column) ?? -Infinity, y + CARD.height));
      }
    }
  }

  /** The height, in canvas pixels, at which an edge from one place back to another runs; undefined for one that goes ahead. */
  beneath(from: Position, to: Position): number | undefined {
    if (to[0] > from[0] + CARD.width) return undefined;
    const below = columns(to[0], from[0] + CARD.width).map((column) => this.#lowest.get(column) ?? -Infinity);
    return Math.max(...below) + CLEARANCE;
  }
}

function columns(left: number, right: number): readonly number[] {
  const first = Math.floor(left / CARD.width);
  return Array.from({ length: Math.floor(right / CARD.width) - first + 1 }, (_, index) => first + index);
}
