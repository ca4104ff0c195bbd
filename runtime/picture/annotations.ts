// Notes and groups as pictures have them: notes with a place, groups with the members that they really have.
import { noteBox, type Box, type GroupDef, type NoteDef } from "../model/annotation.js";
import { CARD } from "../model/card-size.js";
import type { Position } from "../model/graph.js";
import type { ParsedDocument } from "../document/parsed-document.js";

/** A note where it stands. */
export interface PlacedNote extends NoteDef {
  readonly box: Box;
}

const GAP = 40;

/** The notes in the order of the document; those that have no place stand in a row beneath all that has one. `taken`: where nodes stand. */
export function placedNotes({ graph, raw }: ParsedDocument, taken: Iterable<Position>): readonly PlacedNote[] {
  const notes = inOrder(raw.notes.keys(), (id) => graph.notes.get(id));
  if (notes.length === 0) return [];
  const known = new Map(notes.map(({ id }) => [id, boxOf(graph.layout.get(id))]));
  let [right, below] = [0, Number.NaN];
  return notes.map((note) => {
    const box = known.get(note.id);
    if (box !== undefined) return { ...note, box };
    if (Number.isNaN(below)) below = lowest(taken, known.values()) + GAP;
    const placed = noteBox([right, below]);
    right += placed[2] + GAP;
    return { ...note, box: placed };
  });
}

/** The groups in the order of the document, with those of their members that are there and in no group before, by id. */
export function groupsWithMembers({ graph, raw }: ParsedDocument): readonly GroupDef[] {
  const owners = new Map<string, string>();
  for (const [id, { nodes }] of [...graph.groups].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const member of nodes) if (!owners.has(member)) owners.set(member, id);
  const isThere = (id: string): boolean => raw.nodes.has(id) || graph.notes.has(id);
  return inOrder(raw.groups.keys(), (id) => graph.groups.get(id)).map((group) => ({
    ...group,
    nodes: group.nodes.filter((member) => owners.get(member) === group.id && isThere(member)),
  }));
}

function lowest(cards: Iterable<Position>, boxes: Iterable<Box | undefined>): number {
  let low = 0;
  for (const [, y] of cards) low = Math.max(low, y + CARD.height);
  for (const box of boxes) if (box !== undefined) low = Math.max(low, box[1] + box[3]);
  return low;
}

function inOrder<Def>(ids: Iterable<string>, get: (id: string) => Def | undefined): readonly Def[] {
  return [...ids].flatMap((id) => get(id) ?? []);
}

function boxOf(place: Parameters<typeof noteBox>[0] | undefined): Box | undefined {
  return place && noteBox(place);
}
