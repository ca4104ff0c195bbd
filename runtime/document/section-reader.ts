// Reads the object of a section, as far as possible from what was read of the text before.
//
// 1. What is taken over is what reading the text would give: its text is the same, it starts where a token of the same kind
//    starts, and nothing was wrong with it.
// 2. Only what ends with its own bracket is taken over by its text alone: `1` is no sign of `12`.
import { Cells } from "./cells.js";
import type { Cell, PlacedCell } from "./chunk.js";
import { Token } from "./json-tokens.js";
import type { JsonNode } from "./json-tree.js";
import { SectionNode } from "./section-node.js";
import type { TextChange } from "./text-change.js";
import type { TokenStream } from "./token-stream.js";
import type { ValueReader } from "./value-reader.js";

/** The text before, and what differs. */
interface LastText {
  readonly text: string;
  readonly change: TextChange;
}

/** Finds what a key had before, and where that starts in the text before. */
type Before = (key: string) => { readonly cell: Cell; readonly start: number } | undefined;

/** Reads sections of one text. */
export class SectionReader {
  readonly #tokens: TokenStream;
  readonly #values: ValueReader;
  readonly #last: LastText | undefined;

  constructor(tokens: TokenStream, values: ValueReader, last: LastText | undefined) {
    this.#tokens = tokens;
    this.#values = values;
    this.#last = last;
  }

  /** The section at the token, an opening brace; `old` is what the text before had under its name. */
  read(old: SectionNode | undefined): SectionNode {
    const { start } = this.#tokens;
    const known = old?.sound === true ? (this.#unchanged(old, start) ?? this.#changedWithin(old, start)) : undefined;
    return known ?? this.#whole(old, start);
  }

  /** The old section, where the change is before it or behind it. */
  #unchanged(old: SectionNode, start: number): SectionNode | undefined {
    if (this.#last === undefined) return undefined;
    const { change } = this.#last;
    const moved = old.end <= change.start ? 0 : old.start >= change.endBefore ? change.endAfter - change.endBefore : undefined;
    if (moved === undefined || old.start + moved !== start) return undefined;
    this.#tokens.jump(old.end + moved);
    return old.movedTo(start);
  }

  /** The old section with what the change touches read anew, where it leaves the rest as it was. */
  #changedWithin(old: SectionNode, start: number): SectionNode | undefined {
    if (this.#last === undefined) return undefined;
    const { change } = this.#last;
    if (old.start !== start || old.start >= change.start || change.endBefore >= old.end) return undefined;
    const by = change.endAfter - change.endBefore;
    const mark = this.#tokens.mark();
    const from = Math.max(0, old.cells.indexFrom(change.start - start) - 1);
    const first = old.cells.get(from);
    this.#tokens.jump(first === undefined || start + first.at >= change.start ? start + 1 : start + first.at);
    const read = this.#upTo(old, from, change);
    if (read === undefined || this.#tokens.problemCount > mark.problemCount) return this.#tokens.rewind(mark);
    const end = old.end + by;
    this.#tokens.jump(end);
    return new SectionNode({ start, end, cells: old.cells.splice(from, read.to, read.added, by), closed: true, sound: true });
  }

  /** The cells from here up to one that is as it was, or the section's brace; undefined where there is neither. */
  #upTo(old: SectionNode, from: number, change: TextChange): { readonly to: number; readonly added: readonly PlacedCell[] } | undefined {
    const tokens = this.#tokens;
    const { cells, start, end } = old;
    const by = change.endAfter - change.endBefore;
    const problems = tokens.problemCount;
    const added: PlacedCell[] = [];
    const seen = new Set<string>();
    let to = cells.indexFrom(change.endBefore - start);
    for (;;) {
      while (start + (cells.get(to)?.at ?? Infinity) + by < tokens.start) to += 1;
      const next = cells.get(to);
      if (tokens.start === (next === undefined ? end - 1 : start + next.at) + by) break;
      if (tokens.kind !== Token.string) return undefined;
      added.push(this.#placed(seen, start, (key) => found(old, key)));
      if (tokens.problemCount > problems) return undefined;
    }
    const isTwice = ({ cell: { key } }: PlacedCell): boolean => {
      const other = cells.find(key);
      return other !== undefined && (other.index < from || other.index >= to);
    };
    return added.some(isTwice) ? undefined : { to, added };
  }

  #whole(old: SectionNode | undefined, start: number): SectionNode {
    const before = this.#tokens.problemCount;
    const cells: PlacedCell[] = [];
    const seen = new Set<string>();
    const byKey = old === undefined ? undefined : positions(old);
    const { end, closed } = this.#values.members(() => cells.push(this.#placed(seen, start, (key) => byKey?.get(key))));
    return new SectionNode({ start, end, cells: Cells.from(cells), closed, sound: closed && this.#tokens.problemCount === before });
  }

  #placed(seen: Set<string>, sectionStart: number, before: Before): PlacedCell {
    const tokens = this.#tokens;
    tokens.entry = tokens.value;
    const isFirst = !seen.has(tokens.entry);
    let shift = 0;
    const { key, keyStart, keyEnd, value, comma, sound } = this.#values.property(seen, (name) => {
      shift = tokens.start;
      return this.#same(before(name)) ?? this.#entry();
    });
    tokens.entry = undefined;
    const commaAt = comma === undefined ? undefined : comma - keyStart;
    const cell = { key, keyLength: keyEnd - keyStart, value, valueAt: shift - keyStart, commaAt, sound };
    // No cell is in a list twice.
    return { cell: isFirst ? sameCell(before(key)?.cell, cell) : cell, at: keyStart - sectionStart };
  }

  /** The value of an entry, counted from its own start. */
  #entry(): JsonNode | undefined {
    this.#tokens.origin = this.#tokens.start;
    const value = this.#values.propertyValue(2);
    this.#tokens.origin = 0;
    return value;
  }

  /** Invariant 2. */
  #same(old: ReturnType<Before>): JsonNode | undefined {
    const value = old?.cell.value;
    if (old === undefined || value === undefined || !old.cell.sound || !("closed" in value) || !value.closed) return undefined;
    const from = old.start + old.cell.valueAt;
    const { start, text } = this.#tokens;
    if (!text.startsWith(this.#last?.text.slice(from, from + value.end) ?? "", start)) return undefined;
    this.#tokens.jump(start + value.end);
    return value;
  }
}

function found({ cells, start }: SectionNode, key: string): ReturnType<Before> {
  const cell = cells.find(key);
  return cell && { cell: cell.cell, start: start + cell.at };
}

function positions({ cells, start }: SectionNode): ReadonlyMap<string, { readonly cell: Cell; readonly start: number }> {
  const all = new Map<string, { readonly cell: Cell; readonly start: number }>();
  cells.forEach((cell, at) => all.set(cell.key, { cell, start: start + at }));
  return all;
}

/** The old cell where the new one is the same. */
function sameCell(old: Cell | undefined, cell: Cell): Cell {
  const same =
    old !== undefined &&
    old.value === cell.value &&
    old.valueAt === cell.valueAt &&
    old.commaAt === cell.commaAt &&
    old.keyLength === cell.keyLength &&
    old.sound === cell.sound;
  return same ? old : cell;
}
