import type { GraphView } from "../../protocol/views.js";
import { standing } from "../annotations/boxes.js";
import { meet, type Box } from "../ports.js";

/** Larger than a node, so that each is in four cells at most. */
const CELL = 400;

/** Boxes by where they stand: what is near costs what is near, however many are far away. */
export class BoxIndex {
  readonly #cells = new Map<string, Box[]>();
  /** How many boxes have been looked at, for tests. */
  looked = 0;

  constructor(boxes: Iterable<Box>) {
    for (const box of boxes) for (const key of keysOf(box)) this.#put(key, box);
  }

  /** All nodes and notes of a graph but some. */
  static of(graph: GraphView, but: ReadonlySet<string>): BoxIndex {
    const others = [...standing(graph)].filter(([id]) => !but.has(id));
    return new BoxIndex(others.map(([, [x, y, width, height]]) => ({ x, y, width, height })));
  }

  /** The boxes that touch an area, each once. */
  near(area: Box): readonly Box[] {
    const found = new Set<Box>();
    for (const key of keysOf(area)) {
      for (const box of this.#cells.get(key) ?? []) {
        this.looked += 1;
        if (meet(box, area)) found.add(box);
      }
    }
    return [...found];
  }

  #put(key: string, box: Box): void {
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, [box]);
    else cell.push(box);
  }
}

function keysOf({ x, y, width, height }: Box): readonly string[] {
  const keys: string[] = [];
  for (let column = cellOf(x); column <= cellOf(x + width); column += 1)
    for (let row = cellOf(y); row <= cellOf(y + height); row += 1) keys.push(`${String(column)} ${String(row)}`);
  return keys;
}

function cellOf(value: number): number {
  return Math.floor(value / CELL);
}
