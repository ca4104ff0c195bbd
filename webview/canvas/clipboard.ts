// Nodes as text on the clipboard: a small document, so that it can be pasted into another graph, into a text, or read by anybody. Pure.
import type { Intent } from "../../runtime/document/intent.js";
import type { Position } from "../../runtime/model/graph.js";
import { END, freeId, isChannelName, START } from "../../runtime/model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../../runtime/model/json.js";
import type { GraphView } from "../protocol/views.js";
import type { Selection } from "../store/selection.js";
import type { Box } from "../../runtime/model/annotation.js";
import { takenIds } from "./annotations/annotation-intents.js";
import { movable } from "./annotations/boxes.js";
import { copiedAnnotations, copiedBox, notePlaces, pastedGroups, pastedNotes, spelledOut } from "./annotations/clipboard-annotations.js";
import { freePlace } from "./free-place.js";
import { CARD, GRID, snapped } from "./geometry.js";

/** How far a copy is put from what it was made of. */
const BESIDE = 2 * GRID;

/** The selected nodes with the edges between them, notes, and groups as wholes; undefined where none is selected. */
export function copiedText(graph: GraphView, selection: Selection): string | undefined {
  const copied = new Set(spelledOut(graph, selection).nodes);
  const nodes = graph.nodes.filter(({ id }) => copied.has(id));
  const annotations = copiedAnnotations(graph, copied);
  if (nodes.length === 0 && Object.keys(annotations).length === 0) return undefined;
  const ends = new Set(nodes.map(({ id }) => id));
  const edges = graph.edges.filter(({ from, to }) => ends.has(from) && ends.has(to));
  const document = {
    patchbay: 1,
    nodes: Object.fromEntries(nodes.map(({ id, fields }) => [id, fields])),
    edges: Object.fromEntries(edges.map(({ id, fields }) => [id, fields])),
    ...annotations,
    layout: { ...Object.fromEntries(nodes.map(({ id, position }) => [id, position])), ...notePlaces(graph.notes, copied) },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** What is added to the graph, and the ids of its nodes and of its notes. */
export interface Pasted {
  readonly intents: Intent[];
  readonly ids: readonly string[];
  readonly notes: readonly string[];
}

/** All that was pasted, as it is selected afterwards. */
export function selectionOfPasted({ ids, notes }: Pasted): Selection {
  return { nodes: [...ids, ...notes], edges: [] };
}

/**
 * The nodes and notes of a text that has some, under ids that are free, with their groups and the channels that it brings along, in the
 * middle around `at` and whole within `view`, or beside where they were; undefined for any other text.
 */
export function pasted(graph: GraphView, text: string, at?: Position, view?: Box): Pasted | undefined {
  const document = read(text);
  const [entries, written] = [entriesIn(document, "nodes"), entriesIn(document, "notes")];
  if (entries.length + written.length === 0) return undefined;
  const ids = newIds(
    [...entries, ...written].map(([id]) => id),
    takenIds(graph),
  );
  const layout = objectIn(document, "layout");
  const before = entries.map(([id], index): Position => placeIn(layout[id]) ?? [0, index * 2 * CARD.height]);
  const notes = written.map(([id, fields], index) => ({ id: ids.get(id) ?? id, fields, box: copiedBox(layout[id], index) }));
  const boxes = [...before.map(([x, y]): Box => [x, y, CARD.width, CARD.height]), ...notes.map(({ box }) => box)];
  const shift = at === undefined ? beside(graph, boxes) : around(graph, boxes, at, view);
  const nodes = entries.map(([id, fields], index): Intent => {
    const [x, y] = before[index] ?? [0, 0];
    return { type: "node/add", id: ids.get(id) ?? id, fields, position: snapped([x + shift[0], y + shift[1]]) };
  });
  const channels = channelsOf(graph, objectIn(document, "channels"));
  const edges = edgesOf(graph, objectIn(document, "edges"), ids);
  const groups = pastedGroups(objectIn(document, "groups"), ids, new Set([...takenIds(graph), ...ids.values()]));
  return {
    intents: [...channels, ...nodes, ...edges, ...pastedNotes(notes, shift), ...groups],
    ids: entries.map(([id]) => ids.get(id) ?? id),
    notes: notes.map(({ id }) => id),
  };
}

/** Channels that the graph lacks; those that it has stay as they are. */
function channelsOf(graph: GraphView, channels: JsonObject): Intent[] {
  const there = new Set(graph.channels.map(({ name }) => name));
  return Object.entries(channels).flatMap(([name, fields]): Intent[] =>
    there.has(name) || !isChannelName(name) || !isObject(fields) ? [] : [{ type: "channel/set", name, fields }],
  );
}

function edgesOf(graph: GraphView, edges: JsonObject, ids: ReadonlyMap<string, string>): Intent[] {
  const taken = new Set(graph.edges.map(({ id }) => id));
  return Object.entries(edges).flatMap(([id, fields]): Intent[] => {
    if (!isObject(fields)) return [];
    const now = (end: JsonValue | undefined): string | undefined => (typeof end === "string" ? ids.get(end) : undefined);
    const [from, to] = [now(fields["from"]), now(fields["to"])];
    if (from === undefined || to === undefined) return [];
    const free = freeId(id, (candidate) => taken.has(candidate));
    taken.add(free);
    return [{ type: "edge/add", id: free, fields: { ...fields, from, to } }];
  });
}

function newIds(wanted: readonly string[], there: Iterable<string>): ReadonlyMap<string, string> {
  const taken = new Set([START, END, ...there]);
  const ids = new Map<string, string>();
  for (const id of wanted) {
    const free = freeId(id, (candidate) => taken.has(candidate));
    taken.add(free);
    ids.set(id, free);
  }
  return ids;
}

/** How far to move boxes so that none is exactly on a node or note. */
function beside(graph: GraphView, before: readonly Box[]): Position {
  const taken = new Set([...movable(graph).values()].map(String));
  for (let shift = BESIDE; ; shift += BESIDE)
    if (!before.some(([x, y]) => taken.has(String(snapped([x + shift, y + shift]))))) return [shift, shift];
}

function around(graph: GraphView, before: readonly Box[], [x, y]: Position, view: Box | undefined): Position {
  const [left, top] = [Math.min(...before.map((box) => box[0])), Math.min(...before.map((box) => box[1]))];
  const right = Math.max(...before.map((box) => box[0] + box[2]));
  const bottom = Math.max(...before.map((box) => box[1] + box[3]));
  const wanted: Position = [x - (right - left) / 2, y - (bottom - top) / 2];
  const place = view === undefined ? wanted : freePlace(graph, wanted, { width: right - left, height: bottom - top }, view);
  return [place[0] - left, place[1] - top];
}

function entriesIn(document: JsonValue, name: string): readonly (readonly [string, JsonObject])[] {
  return Object.entries(objectIn(document, name)).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
}

function read(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

function objectIn(document: JsonValue, name: string): JsonObject {
  const section = isObject(document) ? document[name] : undefined;
  return isObject(section) ? section : {};
}

function placeIn(value: JsonValue | undefined): Position | undefined {
  const [x, y] = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  return typeof x === "number" && typeof y === "number" ? [x, y] : undefined;
}
