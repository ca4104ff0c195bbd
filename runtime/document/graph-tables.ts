import { Table } from "../model/table.js";
import type { Section } from "./section.js";

/** A table of what is said of a section's entries, and the section it was made from. */
interface Before<Def, Value> {
  readonly section: Section<Def>;
  readonly table: Table<Value>;
}

/** The definitions of a section as a table that shares all it can with the previous one. Costs what changed. */
export function tableOf<Def>(section: Section<Def>, before: Before<Def, Def> | undefined): Table<Def> {
  if (before === undefined) return section.entries.map(({ def }) => def);
  const changes = before.section.entries.diff(section.entries);
  if (changes.length > section.size / 2) return section.entries.map(({ def }) => def);
  let { table } = before;
  for (const { key, after } of changes) {
    table = after?.def === undefined ? table.delete(key) : table.set(key, after.def);
  }
  return table;
}

/** The place of each definition among the entries, counted from 0. Costs what changed, as long as no entry comes, goes or moves. */
export function orderOf<Def>(section: Section<Def>, before: Before<Def, number> | undefined): Table<number> {
  if (before === undefined) return Table.from(places(section));
  const changed = section.changedFrom(before.section);
  let { table } = before;
  if (changed === undefined) return reordered(section, table);
  for (const key of changed) {
    const place = section.get(key)?.def === undefined ? undefined : section.cells.find(key)?.index;
    table = place === undefined ? table.delete(key) : table.set(key, place);
  }
  return table;
}

function places(section: Section<unknown>): (readonly [string, number])[] {
  const all: (readonly [string, number])[] = [];
  let place = 0;
  section.forEach(({ def }, key) => {
    if (def !== undefined) all.push([key, place]);
    place += 1;
  });
  return all;
}

function reordered(section: Section<unknown>, before: Table<number>): Table<number> {
  let table = before;
  for (const [key, place] of places(section)) table = table.set(key, place);
  for (const key of before.keys()) if (section.get(key)?.def === undefined) table = table.delete(key);
  return table;
}
