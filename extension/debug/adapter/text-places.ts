// Places of a graph's text, and what can be stopped at there.
//
// 1. The start of an entry stands for what comes first: before the node, where the edge is taken. Its closing brace stands for the rest:
//    after the node, where the edge is tested. So both fit into one list of breakpoints, which knows lines and columns alone.
import type { EntryRange, ParsedDocument } from "../../../runtime/document/parsed-document.js";
import type { BreakPlace } from "../../../runtime/stepping/breakpoint.js";
import type { Position } from "./places.js";

/** What a breakpoint of a text stops at. */
export type EntryPlace = Exclude<BreakPlace, { readonly at: "written" }>;

interface Written {
  readonly entry: { readonly node: string } | { readonly edge: string };
  readonly start: number;
  /** Behind its closing brace. */
  readonly end: number;
}

const known = new WeakMap<ParsedDocument, TextPlaces>();

/** The places of one text, looked up by line and by id. */
export class TextPlaces {
  readonly #parsed: ParsedDocument;
  /** Where lines begin. */
  readonly #lines: readonly number[];
  /** In the order of the text. */
  readonly #entries: readonly Written[];

  constructor(parsed: ParsedDocument) {
    this.#parsed = parsed;
    this.#lines = lineStarts(parsed.text);
    this.#entries = entriesOf(parsed);
  }

  /** Those of a text, which is looked through once however often it is asked for. */
  static of(parsed: ParsedDocument): TextPlaces {
    const places = known.get(parsed) ?? new TextPlaces(parsed);
    known.set(parsed, places);
    return places;
  }

  /** Where a node is written; undefined where it is not. */
  nodeAt(node: string): Position | undefined {
    const found = this.#parsed.ranges.nodes.get(node);
    return found === undefined ? undefined : this.#positionAt(found.key.start);
  }

  /** What a breakpoint at a place stops at; `column` 0 is the line as a whole. `mode`: what people chose instead, if anything. */
  placeAt({ line, column }: Position, mode?: string): EntryPlace | undefined {
    const found = (column === 0 ? undefined : this.#inLine(line, column)) ?? this.#ofLine(line);
    return found === undefined ? undefined : placeOf(found.entry, found.isEnd, mode);
  }

  /** Where a breakpoint stands that stops at a place; undefined where that is written nowhere. */
  positionOf(place: EntryPlace): Position | undefined {
    const range = this.#rangeOf(place);
    if (range === undefined) return undefined;
    if (place.at === "after" || place.at === "tested") return this.#positionAt(range.value.end - 1);
    const at = this.#positionAt(range.key.start);
    const isFirst = this.#firstIn(at.line)?.start === range.key.start;
    return isFirst ? { line: at.line, column: 0 } : at;
  }

  /** What is written for the entry of a place, its id apart. */
  written(place: EntryPlace): string | undefined {
    const range = this.#rangeOf(place);
    return range === undefined ? undefined : this.#parsed.text.slice(range.value.start, range.value.end);
  }

  /** The nearest position above a line where nothing can be stopped at, of those that are `free`. */
  besideAll(below: number, free: (position: Position) => boolean): Position | undefined {
    for (let line = Math.min(below, this.#lines.length) - 1; line >= 0; line -= 1) {
      const length = Math.max(1, this.#start(line + 1) - 1 - this.#start(line));
      for (let column = 0; column < length; column += 1) {
        if (this.placeAt({ line, column }) !== undefined) break;
        if (free({ line, column })) return { line, column };
      }
    }
    return undefined;
  }

  /** Where breakpoints can stand on these lines, the last one included. */
  stops(first: number, last: number): readonly Position[] {
    const all: Position[] = [];
    for (const { entry, start, end } of this.#entries) {
      const begins = this.#positionAt(start);
      const ends = this.#positionAt(end - 1);
      const inside = Array.from({ length: ends.line - begins.line }, (_, index) => ({ line: begins.line + index, column: 0 })).slice(1);
      all.push(this.positionOf(placeOf(entry, false, undefined)) ?? begins, ...inside, ends);
    }
    return all.filter(({ line }) => first <= line && line <= last);
  }

  #rangeOf(place: EntryPlace): EntryRange | undefined {
    return "node" in place ? this.#parsed.ranges.nodes.get(place.node) : this.#parsed.ranges.edges.get(place.edge);
  }

  /** The entry that begins on a line, or is written over it. */
  #ofLine(line: number): { readonly entry: Written["entry"]; readonly isEnd: boolean } | undefined {
    const first = this.#firstIn(line);
    if (first !== undefined) return { entry: first.entry, isEnd: false };
    const start = this.#start(line);
    const around = this.#holding(start);
    if (around === undefined) return undefined;
    return { entry: around.entry, isEnd: this.#parsed.text.slice(start, around.end).trim() === "}" };
  }

  #inLine(line: number, column: number): { readonly entry: Written["entry"]; readonly isEnd: boolean } | undefined {
    const offset = this.#start(line) + column;
    const around = this.#holding(offset);
    return around === undefined ? undefined : { entry: around.entry, isEnd: offset === around.end - 1 };
  }

  /** Where a line begins; the end of the text for one that is not there. */
  #start(line: number): number {
    return this.#lines[line] ?? this.#parsed.text.length;
  }

  #firstIn(line: number): Written | undefined {
    const entry = this.#entries[atOrAfter(this.#entries, this.#lines[line] ?? Infinity)];
    return entry !== undefined && entry.start < (this.#lines[line + 1] ?? Infinity) ? entry : undefined;
  }

  #holding(offset: number): Written | undefined {
    const entry = this.#entries[atOrAfter(this.#entries, offset + 1) - 1];
    return entry !== undefined && offset < entry.end ? entry : undefined;
  }

  #positionAt(offset: number): Position {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lines[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: offset - (this.#lines[low] ?? 0) };
  }
}

/** Tells places apart. */
export function placeKey(place: EntryPlace): string {
  return "node" in place ? `${place.at} ${place.node}` : `${place.at} ${place.edge}`;
}

/** Whether two breakpoints stop at the same. */
export function samePlace(a: EntryPlace, b: EntryPlace): boolean {
  return placeKey(a) === placeKey(b); // nodes and edges have no moment in common
}

/** The first of a sorted list that starts at an offset or behind it. */
function atOrAfter(entries: readonly Written[], offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Invariant 1. */
function placeOf(entry: Written["entry"], isEnd: boolean, mode: string | undefined): EntryPlace {
  if ("node" in entry) return { at: mode === "after" || (isEnd && mode !== "before") ? "after" : "before", ...entry };
  return { at: mode === "tested" || (isEnd && mode !== "taken") ? "tested" : "taken", ...entry };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function entriesOf({ ranges }: ParsedDocument): readonly Written[] {
  const all: Written[] = [];
  for (const [node, { key, value }] of ranges.nodes) all.push({ entry: { node }, start: key.start, end: value.end });
  for (const [edge, { key, value }] of ranges.edges) all.push({ entry: { edge }, start: key.start, end: value.end });
  return all.toSorted((a, b) => a.start - b.start);
}
