// The entries of a section: what was made of the properties of its object.
//
// 1. An entry is the same object as long as its key and text stay the same; a definition as long as its meaning does.
// 2. What a section became is found by `Table.diff` of `entries`, and costs what the text changed.
import { isChannelName, isId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { TextRange } from "../model/problem.js";
import { Table } from "../model/table.js";
import { Cells } from "./cells.js";
import type { Cell } from "./chunk.js";
import { objectToJson, propertyOf, type JsonNode } from "./json-tree.js";
import type { Reading } from "./reading.js";
import { reservedEverywhere, reservedForChannels } from "./reserved-names.js";
import { sameJson } from "./same-json.js";
import { sectionIn, type SectionNode } from "./section-node.js";
import type { EntrySection } from "./sections.js";

/** An entry of a section, without its place: the same object as long as its key and text stay the same. */
export interface Entry<Def> extends Reading<Def> {
  /** Offsets count from the start of the value. */
  readonly node: JsonNode | undefined;
  /** The raw JSON, of an object. */
  readonly json: JsonObject | undefined;
  /** What is wrong with the key. */
  readonly keyProblem: string | undefined;
}

/** Where an entry stands. */
export interface Place {
  readonly key: TextRange;
  /** Where its value starts. */
  readonly origin: number;
}

/** Reads the value of an entry, which is there. */
export type EntryReader<Def> = (key: string, node: JsonNode) => Reading<Def>;

/** The entries of a section by key, in document order; of two with one key the later. */
export class Section<Def> {
  readonly entries: Table<Entry<Def>>;
  readonly cells: Cells;
  /** Where its object starts. */
  readonly #start: number;

  constructor(entries: Table<Entry<Def>>, cells: Cells, start: number) {
    this.entries = entries;
    this.cells = cells;
    this.#start = start;
  }

  get size(): number {
    return this.entries.size;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  get(key: string): Entry<Def> | undefined {
    return this.entries.get(key);
  }

  /** Where an entry stands; undefined for a key that is not there. */
  place(key: string): Place | undefined {
    const found = this.cells.find(key);
    return found && this.placeOf(found.cell, found.at);
  }

  /** Calls back with each entry in the order of the document, and with what `placeOf` makes its place of. */
  forEach(visit: (entry: Entry<Def>, key: string, cell: Cell, at: number) => void): void {
    const last = this.cells.length > this.entries.size ? lastCells(this.cells) : undefined;
    this.cells.forEach((cell, at) => {
      if (last !== undefined && last.get(cell.key) !== cell) return; // the later one counts, at its own place in the order
      const entry = this.entries.get(cell.key);
      if (entry !== undefined) visit(entry, cell.key, cell, at);
    });
  }

  /** The keys of entries that are other ones than in an earlier section; undefined where entries came, went or moved. Costs what changed. */
  changedFrom(earlier: Section<Def>): readonly string[] | undefined {
    const { removed, added } = earlier.cells.changeTo(this.cells);
    const inPlace = removed.length === added.length && removed.every(({ key }, i) => key === added[i]?.key);
    const unique = this.cells.length === this.size && earlier.cells.length === earlier.size;
    return inPlace && unique ? added.map(({ key }) => key) : undefined;
  }

  placeOf({ keyLength, valueAt }: Cell, at: number): Place {
    const start = this.#start + at;
    return { key: { start, end: start + keyLength }, origin: start + valueAt };
  }
}

/** Reads a section; entries that the previous section has word for word are taken from it. */
export function readSection<Def>(
  root: JsonNode | undefined,
  name: EntrySection,
  read: EntryReader<Def>,
  previous: Section<Def> | undefined,
): Section<Def> {
  const node = sectionIn(propertyOf(root, name)?.value);
  const cells = node?.cells ?? Cells.none;
  const entryOf = (key: string, value: JsonNode | undefined): Entry<Def> => {
    const before = previous?.entries.get(key);
    return before !== undefined && before.node === value ? before : readEntry(name, key, value, read, before);
  };
  const entries = previous === undefined ? allEntries(node, entryOf) : changedEntries(previous, node, entryOf);
  return new Section(entries, cells, node?.start ?? 0);
}

type EntryOf<Def> = (key: string, value: JsonNode | undefined) => Entry<Def>;

function allEntries<Def>(node: SectionNode | undefined, entryOf: EntryOf<Def>): Table<Entry<Def>> {
  const entries: (readonly [string, Entry<Def>])[] = [];
  const add = ({ key, value }: Cell): void => void entries.push([key, entryOf(key, value)]);
  if (node?.sound === true) node.cells.forEach(add);
  else for (const cell of lastCells(node?.cells ?? Cells.none).values()) add(cell);
  return Table.from(entries);
}

function changedEntries<Def>(previous: Section<Def>, node: SectionNode | undefined, entryOf: EntryOf<Def>): Table<Entry<Def>> {
  const cells = node?.cells ?? Cells.none;
  const { removed, added } = previous.cells.changeTo(cells);
  if (removed.length + added.length > cells.length / 2) return allEntries(node, entryOf);
  // Where a key is there twice, taking one away leaves the other.
  const simple = node?.sound !== false && previous.cells.length === previous.entries.size;
  const now = simple ? new Map(added.map((cell) => [cell.key, cell])) : lastCells(cells);
  let { entries } = previous;
  for (const { key } of removed) if (!now.has(key)) entries = entries.delete(key);
  for (const [key, { value }] of now) entries = entries.set(key, entryOf(key, value));
  return entries;
}

/** Key -> the last cell that has it. */
function lastCells(cells: Cells): ReadonlyMap<string, Cell> {
  const last = new Map<string, Cell>();
  cells.forEach((cell) => last.set(cell.key, cell));
  return last;
}

function readEntry<Def>(
  name: EntrySection,
  key: string,
  node: JsonNode | undefined,
  read: EntryReader<Def>,
  before: Entry<Def> | undefined,
): Entry<Def> {
  const { def, problems } = node === undefined ? { def: undefined, problems: [] } : read(key, node);
  const keyProblem = wrongKey(name, key);
  return {
    node,
    json: node?.type === "object" ? objectToJson(node) : undefined,
    // Another text with the same meaning is the same definition, so that formatting is no change.
    def: keyProblem !== undefined ? undefined : before?.def !== undefined && sameJson(before.def, def) ? before.def : def,
    problems,
    keyProblem,
  };
}

/** Why a key cannot be one of this section. */
export function wrongKey(name: EntrySection, key: string): string | undefined {
  if (name === "layout") return undefined;
  const reserved = name === "channels" ? reservedForChannels(key) : reservedEverywhere(key);
  if (reserved !== undefined) return `"${key}" cannot be a name here: it is ${reserved}.`;
  if (name === "channels")
    return isChannelName(key) ? undefined : `"${key}" cannot be the name of a channel: use letters, digits and underscores.`;
  return isId(key) ? undefined : `"${key}" cannot be an id.`;
}
