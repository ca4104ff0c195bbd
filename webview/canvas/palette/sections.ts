// What of the palette is shown for what was typed, in which order. Pure.
import { kinds } from "../../nodes/kinds.js";
import type { PaletteView } from "../../protocol/palette.js";
import { allGroups, kindEntry, type Entry } from "./entries.js";
import { fit, type Fit } from "./fuzzy.js";

/** How many lines of a section are shown; those that fit best. */
export const SHOWN = 50;

/** A line that is shown, with the letters that were found. */
export interface Row {
  readonly entry: Entry;
  readonly inTitle: readonly number[];
  readonly inDetail: readonly number[];
}

/** Lines under a heading, the best first. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  /** How many more there are. */
  readonly more: number;
}

interface Ranked extends Row {
  readonly score: number;
}

/** What a letter of a path, or of a sentence, counts beside one of a title. */
const DETAIL = 0.5;
/** What having been chosen lately is worth. */
const LATELY = 2;

/**
 * The sections for what was typed, that with the best line first. With nothing typed all of them, behind what was chosen lately; and
 * where nothing fits a kind, a node of each kind under that name is offered last.
 */
export function sections(typed: string, view: PaletteView): readonly Section[] {
  const groups = allGroups(view);
  if (typed.trim() === "") return untyped(groups, view.recent);
  const recent = new Set(view.recent);
  const found = groups
    .map(({ title, entries }) => ({ title, ranked: ranked(entries, typed, recent) }))
    .filter(({ ranked: rows }) => rows.length > 0)
    .sort((a, b) => (b.ranked[0]?.score ?? 0) - (a.ranked[0]?.score ?? 0));
  const isKind = found.some(({ title }) => title === "Kinds");
  return [...found.map(({ title, ranked: rows }) => cut(title, rows)), ...(isKind ? [] : [named(typed.trim())])];
}

/** All rows in the order in which they are shown. */
export function rowsOf(shown: readonly Section[]): readonly Row[] {
  return shown.flatMap(({ rows }) => rows);
}

function untyped(groups: ReturnType<typeof allGroups>, recent: readonly string[]): readonly Section[] {
  const byKey = new Map(groups.flatMap(({ entries }) => entries.map((entry) => [entry.key, entry] as const)));
  const lately = recent.flatMap((key) => byKey.get(key) ?? []);
  const apart = new Set(lately.map(({ key }) => key));
  const rest = groups.map(({ title, entries }) => ({ title, entries: entries.filter(({ key }) => !apart.has(key)) }));
  return [{ title: "Added lately", entries: lately }, ...rest]
    .filter(({ entries }) => entries.length > 0)
    .map(({ title, entries }) => cut(title, entries.map(plain)));
}

function named(name: string): Section {
  return cut(
    "New node of this name",
    kinds.map((look) => plain(kindEntry(look, name))),
  );
}

function plain(entry: Entry): Row {
  return { entry, inTitle: [], inDetail: [] };
}

function cut(title: string, rows: readonly Row[]): Section {
  return { title, rows: rows.slice(0, SHOWN), more: Math.max(0, rows.length - SHOWN) };
}

function ranked(entries: readonly Entry[], typed: string, recent: ReadonlySet<string>): readonly Ranked[] {
  return entries
    .flatMap((entry) => rank(entry, typed, recent.has(entry.key) ? LATELY : 0))
    .sort((a, b) => b.score - a.score || a.entry.title.localeCompare(b.entry.title));
}

function rank(entry: Entry, typed: string, bonus: number): Ranked | [] {
  const title = fit(typed, entry.title);
  const detail = entry.prose ? wordFit(typed, entry.detail) : fit(typed, entry.detail);
  if (title === undefined && detail === undefined) return [];
  const score = Math.max(title?.score ?? 0, (detail?.score ?? 0) * DETAIL) + bonus;
  return { entry, inTitle: title?.at ?? [], inDetail: detail?.at ?? [], score };
}

/** Whether a sentence has words that begin with those typed. */
function wordFit(typed: string, sentence: string): Fit | undefined {
  const lower = sentence.toLowerCase();
  const starts = typed
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ word, at: ` ${lower}`.search(new RegExp(`[^\\p{L}\\p{N}]${escaped(word)}`, "u")) }));
  if (starts.some(({ word, at }) => at < 0 || word.length < 3)) return undefined;
  return { score: 8, at: starts.flatMap(({ word, at }) => Array.from({ length: word.length }, (_each, index) => at + index)) };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
