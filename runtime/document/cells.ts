// The properties of a section in the order of the text, as a persistent list that knows where each stands.
//
// 1. A cell counts from its own key, a chunk of cells from the key of its first one, the list from the section's brace: an edit
//    of the text moves what follows by changing one number a chunk, and the cells and most chunks stay the same objects.
// 2. A list never changes; `splice` makes another one, which shares every chunk that it does not touch.
import { chunked, lastNotAbove, type Cell, type Chunk, type PlacedCell } from "./chunk.js";

/** What one list has in place of what another one has; all else they share. */
export interface CellsChange {
  /** How many cells are before it. */
  readonly from: number;
  readonly removed: readonly Cell[];
  readonly added: readonly Cell[];
}

/** A cell that was looked for. */
interface FoundCell extends PlacedCell {
  readonly index: number;
}

/** So many keys are looked for chunk by chunk; then all are listed, which costs as much as some hundred. */
const FEW = 100;

/** The properties of a section. */
export class Cells {
  static readonly none = new Cells([], []);
  readonly #chunks: readonly Chunk[];
  /** Where each chunk is, counted from the section's brace. */
  readonly #origins: readonly number[];
  /** How many cells are before each chunk. */
  readonly #firsts: readonly number[];
  readonly length: number;
  /** How many keys were looked for, and where all are once that were many. */
  #sought = 0;
  #byKey: ReadonlyMap<string, FoundCell> | undefined;

  private constructor(chunks: readonly Chunk[], origins: readonly number[]) {
    this.#chunks = chunks;
    this.#origins = origins;
    const firsts: number[] = [];
    let length = 0;
    for (const { cells } of chunks) {
      firsts.push(length);
      length += cells.length;
    }
    this.#firsts = firsts;
    this.length = length;
  }

  /** A list of cells in the order of their places. */
  static from(placed: readonly PlacedCell[]): Cells {
    const { chunks, origins } = chunked(placed);
    return new Cells(chunks, origins);
  }

  /** The cell at a place of the list, counted from 0. */
  get(index: number): PlacedCell | undefined {
    const chunk = lastNotAbove(this.#firsts, index);
    return this.#placed(chunk, index - (this.#firsts[chunk] ?? 0));
  }

  /** The place in the list of the first cell whose key starts at an offset or after it; the length where there is none. */
  indexFrom(offset: number): number {
    const chunk = lastNotAbove(this.#origins, offset - 1);
    const within = offset - (this.#origins[chunk] ?? 0);
    const before = lastNotAbove(this.#chunks[chunk]?.at ?? [], within - 1);
    return (this.#firsts[chunk] ?? 0) + before + 1;
  }

  /** The last cell with a key, and its place in the list. */
  find(key: string): FoundCell | undefined {
    this.#sought += 1;
    if (this.#sought <= FEW) return this.#search(key);
    this.#byKey ??= this.#index();
    return this.#byKey.get(key);
  }

  #index(): ReadonlyMap<string, FoundCell> {
    const byKey = new Map<string, FoundCell>();
    this.forEach((cell, at, index) => byKey.set(cell.key, { cell, at, index }));
    return byKey;
  }

  /** Costs a look into each chunk. */
  #search(key: string): FoundCell | undefined {
    for (let chunk = this.#chunks.length - 1; chunk >= 0; chunk -= 1) {
      const within = this.#chunks[chunk]?.indexOf(key);
      const found = within === undefined ? undefined : this.#placed(chunk, within);
      if (found !== undefined && within !== undefined) return { ...found, index: (this.#firsts[chunk] ?? 0) + within };
    }
    return undefined;
  }

  /** Calls back with each cell in the order of the text. */
  forEach(visit: (cell: Cell, at: number, index: number) => void): void {
    for (const [chunk, { cells, at }] of this.#chunks.entries()) {
      const [origin, first] = [this.#origins[chunk] ?? 0, this.#firsts[chunk] ?? 0];
      for (const [i, cell] of cells.entries()) visit(cell, origin + (at[i] ?? 0), first + i);
    }
  }

  /** With other cells in the places from `from` to before `to`; those behind them move by `by` in the text. */
  splice(from: number, to: number, added: readonly PlacedCell[], by: number): Cells {
    const first = this.#chunkWith(from);
    const last = this.#chunkWith(Math.max(from, to - 1));
    const head = this.#slice(first, 0, from - (this.#firsts[first] ?? 0));
    const tail = this.#slice(last, to - (this.#firsts[last] ?? 0)).map(({ cell, at }) => ({ cell, at: at + by }));
    const middle = chunked([...head, ...added, ...tail]);
    const origins = [...this.#origins.slice(0, first), ...middle.origins];
    for (let chunk = last + 1; chunk < this.#origins.length; chunk += 1) origins.push((this.#origins[chunk] ?? 0) + by);
    return new Cells([...this.#chunks.slice(0, first), ...middle.chunks, ...this.#chunks.slice(last + 1)], origins);
  }

  /** What the cells of this list became in the next one; costs what the two do not share (invariant 2). */
  changeTo(next: Cells): CellsChange {
    const [a, b] = [this.#chunks, next.#chunks];
    let same = 0;
    while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
    let [endA, endB] = [a.length, b.length];
    for (; endA > same && endB > same && a[endA - 1] === b[endB - 1]; endB -= 1) endA -= 1;
    const removed = a.slice(same, endA).flatMap(({ cells }) => cells);
    const added = b.slice(same, endB).flatMap(({ cells }) => cells);
    return trimmed({ from: this.#firsts[same] ?? this.length, removed, added });
  }

  #placed(chunk: number, within: number): PlacedCell | undefined {
    const cell = this.#chunks[chunk]?.cells[within];
    return cell && { cell, at: (this.#origins[chunk] ?? 0) + (this.#chunks[chunk]?.at[within] ?? 0) };
  }

  #slice(chunk: number, from: number, to?: number): PlacedCell[] {
    const { cells, at } = this.#chunks[chunk] ?? { cells: [], at: [] };
    const origin = this.#origins[chunk] ?? 0;
    return cells.map((cell, i) => ({ cell, at: origin + (at[i] ?? 0) })).slice(from, to);
  }

  /** The chunk of a place; the last one for the place behind all. */
  #chunkWith(index: number): number {
    return lastNotAbove(this.#firsts, index);
  }
}

function trimmed({ from, removed, added }: CellsChange): CellsChange {
  let same = 0;
  while (same < removed.length && same < added.length && removed[same] === added[same]) same += 1;
  let [endRemoved, endAdded] = [removed.length, added.length];
  for (; endRemoved > same && endAdded > same && removed[endRemoved - 1] === added[endAdded - 1]; endAdded -= 1) endRemoved -= 1;
  return { from: from + same, removed: removed.slice(same, endRemoved), added: added.slice(same, endAdded) };
}
