// A comparison as the canvas tells and walks it. Pure.
import { leadingMark, marksByWeight } from "../../runtime/model/difference.js";
import { END, START } from "../../runtime/model/ids.js";
import type { ChangeRef, DiffView, EntryDifferenceView } from "../protocol/diff.js";
import type { GraphView } from "../protocol/views.js";

/** What became of an entry, in one word: what it means comes before where it stands. */
export type ChangeKind = EntryDifferenceView["marks"][number];

/** The one word for an entry. */
export function kindOfChange({ marks }: Pick<EntryDifferenceView, "marks">): ChangeKind {
  return leadingMark(marks);
}

/** The differences that are shown: what only moved can be left out. */
export function shownEntries({ entries, moved }: Pick<DiffView, "entries" | "moved">): readonly EntryDifferenceView[] {
  return moved ? entries : entries.filter((entry) => kindOfChange(entry) !== "moved");
}

/** The difference of an entry. */
export function entryAt({ entries }: Pick<DiffView, "entries">, ref: ChangeRef | null): EntryDifferenceView | undefined {
  return ref === null ? undefined : indexOf(entries).get(keyOf(ref));
}

/** Each entry that is drawn asks for its difference: the same index for the same differences. */
const indexes = new WeakMap<DiffView["entries"], ReadonlyMap<string, EntryDifferenceView>>();

function indexOf(entries: DiffView["entries"]): ReadonlyMap<string, EntryDifferenceView> {
  const known = indexes.get(entries);
  if (known !== undefined) return known;
  const index = new Map(entries.map((entry) => [keyOf(entry), entry]));
  indexes.set(entries, index);
  return index;
}

function keyOf({ section, id }: ChangeRef): string {
  return `${section} ${id}`;
}

/** Whether two name one entry. */
export function isAt(one: ChangeRef, other: ChangeRef | null): boolean {
  return other !== null && one.section === other.section && one.id === other.id;
}

/** How many entries came to what, weightiest first; those with none are left out. Settings count among what changed. */
export function countChanges(diff: DiffView): readonly (readonly [kind: ChangeKind, count: number])[] {
  const settings = diff.settings.length + Number(diff.reordered);
  const counts = marksByWeight.map((kind) => {
    const entries = diff.entries.filter((entry) => kindOfChange(entry) === kind).length;
    return [kind, kind === "changed" ? entries + settings : entries] as const;
  });
  return counts.filter(([, count]) => count > 0);
}

/** Where nodes stand, by id, on either side. */
export type Places = ReadonlyMap<string, readonly [number, number]>;

/** The differences in the order in which F7 goes: as one reads the canvas, what is not drawn behind. */
export function walkOrder(diff: DiffView, places: Places, edges: GraphView["edges"]): readonly ChangeRef[] {
  const ends = new Map([...diff.ghosts.edges, ...edges].map(({ id, from }) => [id, from]));
  const placeOf = ({ section, id }: ChangeRef): readonly [number, number] => {
    const place = section === "nodes" ? places.get(id) : section === "edges" ? places.get(ends.get(id) ?? "") : undefined;
    return place ?? [Infinity, Infinity];
  };
  const placed = shownEntries(diff).map((entry, index) => ({ entry, index, place: placeOf(entry) }));
  const inReadingOrder = placed.toSorted((a, b) => compare(a.place[0], b.place[0]) || compare(a.place[1], b.place[1]) || a.index - b.index);
  return inReadingOrder.map(({ entry: { section, id } }) => ({ section, id }));
}

/** Infinity minus itself is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The next difference, or the one before; around at the end. */
export function nextChange(order: readonly ChangeRef[], at: ChangeRef | null, way: 1 | -1): ChangeRef | undefined {
  const here = order.findIndex((ref) => isAt(ref, at));
  if (here < 0) return way === 1 ? order[0] : order.at(-1);
  return order[(here + way + order.length) % order.length];
}

/** What an entry is called: by its label where it has one. */
export function nameOfEntry({ section, id, before, after }: EntryDifferenceView, labels: ReadonlyMap<string, string>): string {
  if (section === "nodes") return id === START ? "Start" : id === END ? "End" : labelIn(after) || labelIn(before) || id;
  if (section !== "edges") return id;
  const { from = "", to = "" } = endsOf(after ?? before);
  return `${labels.get(from) ?? from} → ${labels.get(to) ?? to}`;
}

/** What became of an entry, for a screen reader: `changed, moved: prompt, retry.attempts`. */
export function spokenChange({ marks, fields }: EntryDifferenceView): string {
  const names = fields.map(({ path }) => path.join("."));
  return names.length === 0 ? marks.join(", ") : `${marks.join(", ")}: ${names.join(", ")}`;
}

function labelIn(entry: unknown): string {
  const label = isFields(entry) ? entry["label"] : undefined;
  return typeof label === "string" ? label : "";
}

function endsOf(entry: unknown): { readonly from?: string; readonly to?: string } {
  if (!isFields(entry)) return {};
  const { from, to } = entry;
  return { ...(typeof from === "string" ? { from } : {}), ...(typeof to === "string" ? { to } : {}) };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
