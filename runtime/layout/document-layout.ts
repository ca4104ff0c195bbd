// What to lay out of a document, and what that changes of it.
import type { Size } from "../model/card-size.js";
import type { Position } from "../model/graph.js";
import { START, type NodeId } from "../model/ids.js";
import type { Orientation } from "../model/orientation.js";
import type { ParsedDocument } from "../document/parsed-document.js";
import type { Intent } from "../document/intent.js";
import { drawingOf, type Drawing } from "../picture/drawing.js";
import { boundsOf, boxesOf, boxOf, sizesWith, type Box, type SizeOf } from "./boxes.js";
import type { Follower, LayoutRequest, Places } from "./layout-request.js";

/** What of a graph is laid out: all of it, these nodes, or those that have no place in the document yet. */
export type LayoutScope = "all" | "new" | { readonly nodes: readonly NodeId[] };

/** A layout that is asked for, with the places that it was asked on. */
export interface DocumentLayout {
  readonly request: LayoutRequest;
  /** Where the document had its nodes and notes then; those that are absent had no place. */
  readonly before: Places;
}

/** What is to be laid out; undefined where the scope has no node in it. */
export function documentLayout(document: ParsedDocument, scope: LayoutScope, orientation: Orientation): DocumentLayout | undefined {
  const drawing = drawingOf(document, "", orientation);
  const drawn = drawnPlaces(drawing);
  const before = placesOf(document, drawn);
  const wanted = wantedOf(scope, drawing, before);
  if (!drawing.nodes.some(({ id }) => wanted.has(id))) return undefined;
  const nodes = [...drawn.keys()].filter((id) => wanted.has(id));
  const notes = new Map(drawing.notes.map(({ id, box: [, , width, height] }): [NodeId, Size] => [id, { width, height }]));
  const followers = scope === "all" ? followersOf(drawing, wanted, sizesWith(notes)) : [];
  const follows = new Set(followers.map(({ note }) => note));
  const kept = new Map([...drawn].filter(([id]) => !wanted.has(id) && !follows.has(id)));
  const groups = drawing.groups.map((group) => group.nodes);
  const at = before.size === 0 || scope !== "new" ? cornerOf(nodes, drawn, sizesWith(notes)) : undefined;
  const request = { nodes, edges: drawing.edges, groups, notes, followers, kept, orientation, ...(at === undefined ? {} : { at }) };
  return { request, before };
}

/**
 * The edit that puts these places into a document as it is now: of what is there still, and that nobody has moved since
 * they were asked for. What was drawn without a place gets the one where it was seen, so that it stays there.
 */
export function layoutIntents(document: ParsedDocument, { request, before }: DocumentLayout, places: Places): Intent[] {
  const drawn = drawnPlaces(drawingOf(document, ""));
  const now = placesOf(document, drawn);
  const seen = [...request.kept].filter(([id]) => !before.has(id));
  const moved = [...places, ...seen].filter(
    ([id, place]) => drawn.has(id) && same(now.get(id), before.get(id)) && !same(now.get(id), place),
  );
  return moved.length === 0 ? [] : [{ type: "node/move", positions: Object.fromEntries(moved) }];
}

/** Where nodes and notes are seen. */
function drawnPlaces({ nodes, notes }: Drawing): Places {
  return new Map([
    ...nodes.map(({ id, at }) => [id, at] as const),
    ...notes.map(({ id, box: [x, y] }): readonly [NodeId, Position] => [id, [x, y]]),
  ]);
}

/** Where the document has them. */
function placesOf({ graph }: ParsedDocument, drawn: Places): Places {
  return new Map(
    [...drawn.keys()].flatMap((id) => {
      const place = graph.layout.get(id);
      return place === undefined ? [] : [[id, [place[0], place[1]]] as const];
    }),
  );
}

/** Nodes; of notes those in groups, where all is laid out, and those that are named. */
function wantedOf(scope: LayoutScope, { nodes, notes, groups }: Drawing, before: Places): ReadonlySet<NodeId> {
  if (typeof scope === "object") return new Set(scope.nodes);
  const ids = nodes.map(({ id }) => id);
  if (scope === "new") return new Set(ids.filter((id) => !before.has(id)));
  const grouped = new Set(groups.flatMap((group) => group.nodes));
  return new Set([...ids, ...notes.map(({ id }) => id).filter((id) => grouped.has(id))]);
}

/** Notes that are not laid out themselves, each with the node that it is nearest to. */
function followersOf({ nodes, notes }: Drawing, wanted: ReadonlySet<NodeId>, sizeOf: SizeOf): Follower[] {
  const cards = nodes.map(({ id, at }) => ({ id, at, box: boxOf(id, at, sizeOf) }));
  return notes.flatMap(({ id, box: [x, y, width, height] }) => {
    if (wanted.has(id)) return [];
    let nearest = { distance: Infinity, id: "", at: [0, 0] as Position };
    for (const { id: node, at, box } of cards) {
      const distance = between(box, { x, y, width, height });
      if (distance < nearest.distance) nearest = { distance, id: node, at };
    }
    return [{ note: id, node: nearest.id, offset: [x - nearest.at[0], y - nearest.at[1]] as const }];
  });
}

/** From the middle of one box to that of another. */
function between(a: Box, b: Box): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}

/** `@start` stays where it is, else the corner of the whole does: laying out twice changes nothing. */
function cornerOf(nodes: readonly NodeId[], drawn: Places, sizeOf: SizeOf): Position | undefined {
  if (nodes.includes(START)) return drawn.get(START);
  const bounds = boundsOf(boxesOf(new Map(nodes.map((id) => [id, drawn.get(id) ?? [0, 0]])), sizeOf));
  return bounds === undefined ? undefined : [bounds.x, bounds.y];
}

function same(a: Position | undefined, b: Position | undefined): boolean {
  return a?.[0] === b?.[0] && a?.[1] === b?.[1];
}
