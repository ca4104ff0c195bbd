import type { JsonNode } from "./json-tree.js";

/** A property of a section, counted from the start of its key. */
export interface Cell {
  readonly key: string;
  /** With the quotes. */
  readonly keyLength: number;
  /** Absent where the text has none. */
  readonly value: JsonNode | undefined;
  /** Where the origin of the value is. */
  readonly valueAt: number;
  /** Where the comma that follows is. */
  readonly commaAt: number | undefined;
  /** Whether it was read without a problem. */
  readonly sound: boolean;
}

/** A cell and where its key starts, counted from the section's opening brace. */
export interface PlacedCell {
  readonly cell: Cell;
  readonly at: number;
}

/** Cells a chunk holds at most, and how many it is given when a fuller one is split. */
const MOST = 128;
const HALF = MOST / 2;

/** A row of cells that stand one behind the other. */
export class Chunk {
  readonly cells: readonly Cell[];
  /** Where each is, counted from the first. */
  readonly at: readonly number[];
  /** Key -> place: made when it is first asked. */
  #places: ReadonlyMap<string, number> | undefined;

  constructor(placed: readonly PlacedCell[]) {
    const origin = placed[0]?.at ?? 0;
    this.cells = placed.map(({ cell }) => cell);
    this.at = placed.map(({ at }) => at - origin);
  }

  /** The place of the last cell with a key. */
  indexOf(key: string): number | undefined {
    this.#places ??= new Map(this.cells.map((cell, i) => [cell.key, i]));
    return this.#places.get(key);
  }
}

/** Cells in chunks, and where each chunk is. */
export function chunked(placed: readonly PlacedCell[]): { readonly chunks: readonly Chunk[]; readonly origins: readonly number[] } {
  const size = placed.length <= MOST ? MOST : HALF;
  const chunks: Chunk[] = [];
  const origins: number[] = [];
  for (let from = 0; from < placed.length; from += size) {
    const part = placed.slice(from, from + size);
    chunks.push(new Chunk(part));
    origins.push(part[0]?.at ?? 0);
  }
  return { chunks, origins };
}

/** The place of the last of some ascending numbers that is not above one; -1 where there is none. */
export function lastNotAbove(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
