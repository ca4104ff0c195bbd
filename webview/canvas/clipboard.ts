// Nodes as text on the clipboard: a small document, so that it can be pasted into another graph, into a text, or read by anybody. Pure.
import type { Intent } from "../../runtime/document/intent.js";
import type { Position } from "../../runtime/model/graph.js";
import { END, freeId, START } from "../../runtime/model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../../runtime/model/json.js";
import type { GraphView } from "../protocol/views.js";
import type { Selection } from "../store/selection.js";
import { CARD, GRID, places, snapped } from "./geometry.js";

/** How far a copy is put from what it was made of. */
const BESIDE = 2 * GRID;

/** The selected nodes with the edges between them; undefined where none is selected. */
export function copiedText(graph: GraphView, selection: Selection): string | undefined {
  const nodes = graph.nodes.filter(({ id }) => selection.nodes.includes(id));
  if (nodes.length === 0) return undefined;
  const copied = new Set(nodes.map(({ id }) => id));
  const edges = graph.edges.filter(({ from, to }) => copied.has(from) && copied.has(to));
  const document = {
    patchbay: 1,
    nodes: Object.fromEntries(nodes.map(({ id, fields }) => [id, fields])),
    edges: Object.fromEntries(edges.map(({ id, fields }) => [id, fields])),
    layout: Object.fromEntries(nodes.map(({ id, position }) => [id, position])),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** What is added to the graph, and the ids of its nodes. */
export interface Pasted {
  readonly intents: Intent[];
  readonly ids: readonly string[];
}

/** The nodes of a text that has some, under ids that are free, in the middle around `at`, or beside where they were; undefined for any other text. */
export function pasted(graph: GraphView, text: string, at?: Position): Pasted | undefined {
  const document = read(text);
  const entries = Object.entries(objectIn(document, "nodes")).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
  if (entries.length === 0) return undefined;
  const ids = newIds(
    entries.map(([id]) => id),
    graph.nodes.map(({ id }) => id),
  );
  const layout = objectIn(document, "layout");
  const before = entries.map(([id], index): Position => placeIn(layout[id]) ?? [0, index * 2 * CARD.height]);
  const [dx, dy] = at === undefined ? beside(graph, before) : around(at, before);
  const nodes = entries.map(([id, fields], index): Intent => {
    const [x, y] = before[index] ?? [0, 0];
    return { type: "node/add", id: ids.get(id) ?? id, fields, position: snapped([x + dx, y + dy]) };
  });
  return { intents: [...nodes, ...edgesOf(graph, objectIn(document, "edges"), ids)], ids: [...ids.values()] };
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

function newIds(wanted: readonly string[], there: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set([START, END, ...there]);
  const ids = new Map<string, string>();
  for (const id of wanted) {
    const free = freeId(id, (candidate) => taken.has(candidate));
    taken.add(free);
    ids.set(id, free);
  }
  return ids;
}

/** How far to move places so that none is exactly on a node. */
function beside(graph: GraphView, before: readonly Position[]): Position {
  const taken = new Set([...places(graph).values()].map(String));
  for (let shift = BESIDE; ; shift += BESIDE)
    if (!before.some(([x, y]) => taken.has(String(snapped([x + shift, y + shift]))))) return [shift, shift];
}

function around([x, y]: Position, before: readonly Position[]): Position {
  const [xs, ys] = [before.map((place) => place[0]), before.map((place) => place[1])];
  return [x - (Math.min(...xs) + Math.max(...xs) + CARD.width) / 2, y - (Math.min(...ys) + Math.max(...ys) + CARD.height) / 2];
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
