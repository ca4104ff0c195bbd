import type { Position } from "../../runtime/model/graph.js";
import type { Orientation } from "../../runtime/model/orientation.js";
import { CARD } from "./geometry.js";

const CLEARANCE = 40;
/** A longer way passes outside of the shorter ones that it encloses, up to so many. */
const [NESTED, NESTINGS] = [8, 5];

/** Which way the graph runs, as places of coordinates, with the sizes of a card along it and across. */
const axes = {
  "left-to-right": { along: 0, across: 1, length: CARD.width, breadth: CARD.height },
  "top-to-bottom": { along: 1, across: 0, length: CARD.height, breadth: CARD.width },
} as const;

/**
 * How deep an edge that goes back must dive so as to pass beneath whatever stands between its ends, or right of it where the graph
 * runs downwards. Nodes are looked up by column, so that a question costs the columns it spans, not the nodes of the graph.
 */
export class Detours {
  readonly #lowest = new Map<number, number>();
  readonly #axes: (typeof axes)[Orientation];
  readonly #rest: Detours | undefined;

  /** `rest` is what stands beside `positions`: what is dragged moves above the rest, which is looked at once. */
  constructor(positions: Iterable<Position>, orientation: Orientation = "left-to-right", rest?: Detours) {
    this.#rest = rest;
    this.#axes = axes[orientation];
    const { along, across, length, breadth } = this.#axes;
    for (const position of positions) {
      const last = Math.floor((position[along] + length) / length);
      for (let column = Math.floor(position[along] / length); column <= last; column += 1) {
        this.#lowest.set(column, Math.max(this.#lowest.get(column) ?? -Infinity, position[across] + breadth));
      }
    }
  }

  /** Where an edge from one place back to another runs, in canvas pixels; undefined for one that goes ahead. */
  beneath(from: Position, to: Position): number | undefined {
    const { along, length } = this.#axes;
    const [start, end] = [from[along] + length, to[along]];
    if (end > start) return undefined;
    const nested = Math.min(NESTINGS, Math.max(0, Math.floor((start - end) / CARD.width) - 1));
    return this.#below(end, start) + CLEARANCE + nested * NESTED;
  }

  #below(left: number, right: number): number {
    const { length } = this.#axes;
    let lowest = this.#rest === undefined ? -Infinity : this.#rest.#below(left, right);
    const last = Math.floor(right / length);
    for (let column = Math.floor(left / length); column <= last; column += 1) {
      lowest = Math.max(lowest, this.#lowest.get(column) ?? -Infinity);
    }
    return lowest;
  }
}
