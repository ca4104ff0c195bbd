import type { Position } from "../model/graph.js";
import { GRID } from "../model/card-size.js";
import { boundsOf, GAP, type Box } from "./boxes.js";

/** About as large as a node, so that each is in a few cells. */
const CELL = 300;
/** Farther away than this nobody would look: beneath everything is better. */
const FARTHEST = 2400;

/** What is taken of the canvas. A question costs what stands nearby, not all there is. */
export class Occupied {
  readonly #cells = new Map<string, Box[]>();
  #lowest = -Infinity;

  add(boxes: readonly Box[]): void {
    for (const box of boxes) {
      this.#lowest = Math.max(this.#lowest, box.y + box.height);
      for (const cell of cellsOf(box)) {
        const others = this.#cells.get(cell);
        if (others === undefined) this.#cells.set(cell, [box]);
        else others.push(box);
      }
    }
  }

  /** By how much to move these so that they cover nothing: as little as possible, up and down rather than aside. */
  nearestFree(boxes: readonly Box[]): Position {
    for (let far = 0; far <= FARTHEST; far += GRID) {
      for (let aside = 0; aside * 2 <= far; aside += GRID) {
        const found = around(aside, far - aside * 2).find((by) => this.#isFree(boxes, by));
        if (found !== undefined) return found;
      }
    }
    const { y: highest } = boundsOf(boxes) ?? { y: 0 };
    return [0, Math.ceil((this.#lowest + GAP - highest) / GRID) * GRID];
  }

  #isFree(boxes: readonly Box[], [dx, dy]: Position): boolean {
    return boxes.every((box) => {
      const wanted = { x: box.x + dx - GAP, y: box.y + dy - GAP / 2, width: box.width + 2 * GAP, height: box.height + GAP };
      return cellsOf(wanted).every((cell) => this.#cells.get(cell)?.some((other) => overlap(wanted, other)) !== true);
    });
  }
}

function around(aside: number, beneath: number): readonly Position[] {
  const downAndUp = beneath === 0 ? [0] : [beneath, -beneath];
  const rightAndLeft = aside === 0 ? [0] : [aside, -aside];
  return rightAndLeft.flatMap((dx) => downAndUp.map((dy): Position => [dx, dy]));
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function cellsOf({ x, y, width, height }: Box): readonly string[] {
  const cells: string[] = [];
  for (let column = Math.floor(x / CELL); column * CELL < x + width; column += 1)
    for (let row = Math.floor(y / CELL); row * CELL < y + height; row += 1) cells.push(`${column} ${row}`);
  return cells;
}
