// Which node or edge each breakpoint of VS Code's list belongs to. VS Code knows lines, which edits move; ids are permanent.
//
// 1. A breakpoint belongs to what stood at its place when it was set, wherever that is written later.
// 2. What is gone keeps its breakpoints, beside all that can be stopped at, until it is there again.
import type { ParsedDocument } from "../../../runtime/document/parsed-document.js";
import { placeKey, samePlace, TextPlaces, type EntryPlace } from "../adapter/text-places.js";
import type { Position } from "../adapter/places.js";

/** A breakpoint as VS Code has it. */
export interface Marker extends Position {
  readonly id: string;
  /** When it stops, as people chose it in the editor; where that is not known, its column says so. */
  readonly mode?: string | undefined;
}

/** A breakpoint that is to stand elsewhere; undefined: another stands there already, and does the same. */
export interface Move {
  readonly id: string;
  readonly to: Position | undefined;
}

/** What breakpoints belong to, by their ids. */
export class Anchors {
  readonly #places: Map<string, EntryPlace>;

  constructor(known: Iterable<readonly [string, EntryPlace]> = []) {
    this.#places = new Map(known);
  }

  get all(): Iterable<readonly [string, EntryPlace]> {
    return this.#places;
  }

  get(id: string): EntryPlace | undefined {
    return this.#places.get(id);
  }

  set(id: string, place: EntryPlace): void {
    this.#places.set(id, place);
  }

  forget(id: string): void {
    this.#places.delete(id);
  }

  /** Ties those that belong to nothing yet to what stands at their place. */
  learn(text: TextPlaces, markers: readonly Marker[]): void {
    for (const marker of markers) {
      const place = this.#places.has(marker.id) ? undefined : text.placeAt(marker, marker.mode);
      if (place !== undefined) this.#places.set(marker.id, place);
    }
  }

  /** Which of the breakpoints of a text do not stand where they belong. `before`: the text that they stood in last, if that is known. */
  moves(before: ParsedDocument | undefined, text: TextPlaces, markers: readonly Marker[]): readonly Move[] {
    const taken = new Set(markers.map(positionKey));
    const stands = (marker: Marker): boolean => {
      const [place, here] = [this.#places.get(marker.id), text.placeAt(marker, marker.mode)];
      return place === undefined || (here !== undefined && samePlace(place, here));
    };
    const moving = markers.filter((marker) => !stands(marker));
    const moved = new Set(moving);
    const held = new Set(markers.flatMap((marker) => (moved.has(marker) ? [] : (this.#keyOf(marker) ?? []))));
    return moving.flatMap((marker): Move[] => {
      const place = this.#places.get(marker.id);
      const to = place === undefined ? undefined : text.positionOf(place);
      if (place === undefined || to === undefined) return this.#gone(marker, before, text, taken);
      const isHeld = held.has(placeKey(place));
      held.add(placeKey(place));
      return [{ id: marker.id, to: isHeld ? undefined : to }];
    });
  }

  #keyOf({ id }: Marker): string | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : placeKey(place);
  }

  /** What it belongs to is not in the text any more. */
  #gone(marker: Marker, before: ParsedDocument | undefined, text: TextPlaces, taken: Set<string>): Move[] {
    const here = text.placeAt(marker, marker.mode);
    if (here === undefined) return [];
    if (before !== undefined && isRenamed(before, text, this.#places.get(marker.id), here)) {
      this.#places.set(marker.id, here);
      return [];
    }
    const to = text.besideAll(marker.line, (position) => !taken.has(positionKey(position)));
    if (to === undefined) return [];
    taken.add(positionKey(to));
    return [{ id: marker.id, to }]; // invariant 2
  }
}

/** Tells positions apart: VS Code keeps one breakpoint at each. */
export function positionKey({ line, column }: Position): string {
  return `${line}:${column}`;
}

/** Whether an id that is gone was edited to one that is new: what is written for it is the same. */
function isRenamed(before: ParsedDocument, text: TextPlaces, gone: EntryPlace | undefined, here: EntryPlace): boolean {
  const earlier = TextPlaces.of(before);
  return gone !== undefined && earlier.written(here) === undefined && earlier.written(gone) === text.written(here);
}
