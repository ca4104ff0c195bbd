// Finds the records of one superstep in the pages of a run.
//
// 1. A page is a lineage, along which supersteps never go back: what is looked for in it is found by halving, so that a page of any size
//    costs a handful of records.
import type { Pages, Place } from "./pages.js";
import { integer } from "./rows.js";
import { OPEN_END, superstepIn } from "./span.js";
import type { Statements } from "./statements.js";

/** The places of a run's records in a superstep, newest first. */
export function* placesIn(sql: Statements, pages: Pages, run: number, superstep: number): Iterable<Place> {
  for (const row of sql.pagesIn.all(run, superstep)) {
    const page = new PageSupersteps(pages, integer(row, "no"));
    const first = page.firstFrom(superstep);
    const end = page.firstFrom(superstep + 1, first);
    for (let slot = end - 1; slot >= first; slot -= 1) if (page.at(slot) !== undefined) yield { page: page.no, slot };
  }
}

/** The newest superstep of a run; -1 where it has none. */
export function lastSuperstepOf(sql: Statements, pages: Pages, run: number): number {
  const sealed = sql.highest.get(run, OPEN_END)?.["high"];
  const open = sql.openPages.all(run).map((row) => new PageSupersteps(pages, integer(row, "no")).last);
  return Math.max(typeof sealed === "number" ? sealed : -1, ...open);
}

/** The supersteps of the records of a page. */
class PageSupersteps {
  readonly no: number;
  readonly #pages: Pages;
  readonly #size: number;
  readonly #known = new Map<number, number | undefined>();

  constructor(pages: Pages, no: number) {
    this.#pages = pages;
    this.no = no;
    this.#size = pages.size(no);
  }

  /** Of one record; undefined where it was deleted, or is damaged. */
  at(slot: number): number | undefined {
    if (this.#known.has(slot)) return this.#known.get(slot);
    const record = this.#pages.record({ page: this.no, slot });
    const superstep = record === undefined ? undefined : superstepIn(record);
    this.#known.set(slot, superstep);
    return superstep;
  }

  get last(): number {
    return this.#nearest(this.#size - 1, 0) ?? -1;
  }

  /** The first slot from which on records are in this superstep or a later one. Invariant 1. */
  firstFrom(superstep: number, from = 0): number {
    let [low, high] = [from, this.#size];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.#nearest(middle, low);
      if (there !== undefined && there >= superstep) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Of the record at a slot, or of the next one before it that is there, down to another slot. */
  #nearest(slot: number, down: number): number | undefined {
    for (let at = slot; at >= down; at -= 1) {
      const superstep = this.at(at);
      if (superstep !== undefined) return superstep;
    }
    return undefined;
  }
}
