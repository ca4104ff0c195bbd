import { isChannelName, isId } from "../model/ids.js";
import type { JsonObject } from "../model/json.js";
import type { TextRange } from "../model/problem.js";
import { Table } from "../model/table.js";
import { objectToJson, propertyOf, type JsonNode } from "./json-tree.js";
import type { Reading } from "./reading.js";
import { reservedEverywhere, reservedForChannels } from "./reserved-names.js";
import { sameJson } from "./same-json.js";
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

/** An entry at its place. */
export interface Placed<Def> {
  readonly entry: Entry<Def>;
  readonly key: TextRange;
  /** Where its value starts. */
  readonly origin: number;
}

/** The entries of a section by key, in document order; of two with one key the later. */
export type Section<Def> = ReadonlyMap<string, Placed<Def>>;

/** Reads the value of an entry, which is there. */
export type EntryReader<Def> = (key: string, node: JsonNode) => Reading<Def>;

/** Reads a section; entries that the previous section has word for word are taken from it. */
export function readSection<Def>(
  root: JsonNode | undefined,
  name: EntrySection,
  read: EntryReader<Def>,
  previous: Section<Def> | undefined,
): Section<Def> {
  const placed = new Map<string, Placed<Def>>();
  const section = propertyOf(root, name)?.value;
  for (const { key, keyStart, keyEnd, value, shift } of section?.type === "object" ? section.properties : []) {
    const before = previous?.get(key)?.entry;
    const entry = before !== undefined && before.node === value ? before : readEntry(name, key, value, read, before);
    if (placed.has(key)) placed.delete(key); // The later one counts, at its own place in the order.
    placed.set(key, { entry, key: { start: keyStart, end: keyEnd }, origin: shift });
  }
  return placed;
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

/** The definitions of a section as a table that shares all it can with the previous one. */
export function tableOf<Def>(section: Section<Def>, before?: { readonly section: Section<Def>; readonly table: Table<Def> }): Table<Def> {
  let table = before?.table ?? Table.empty<Def>();
  for (const [key, { entry }] of section) {
    if (entry.def !== undefined && before?.section.get(key)?.entry.def !== entry.def) table = table.set(key, entry.def);
  }
  for (const [key, { entry }] of before?.section ?? []) {
    if (entry.def !== undefined && section.get(key)?.entry.def === undefined) table = table.delete(key);
  }
  return table;
}

/** The place of each definition among the entries, counted from 0. */
export function orderOf(section: Section<unknown>, before: Table<number> | undefined): Table<number> {
  let table = before ?? Table.empty<number>();
  let place = 0;
  for (const [key, { entry }] of section) {
    if (entry.def !== undefined) table = table.set(key, place);
    place += 1;
  }
  for (const key of before?.keys() ?? []) if (section.get(key)?.entry.def === undefined) table = table.delete(key);
  return table;
}
