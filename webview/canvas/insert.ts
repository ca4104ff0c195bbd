// Nodes put onto an edge: what led along it leads to them, under its condition, and from them on to where it led. Pure.
import { retargeted } from "../edges/ends-run.js";
import type { Intent } from "../../runtime/document/intent.js";
import type { Size } from "../../runtime/model/card-size.js";
import type { Position } from "../../runtime/model/graph.js";
import { freeId } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import type { EdgeView, GraphView } from "../protocol/views.js";
import { GRID, places, sizeOf, snapped, wayOf } from "./geometry.js";
import { mayConnect } from "./to-intents.js";

/** What is put onto an edge: where the edge leads to now, and what leads on from there. */
export interface Inserted {
  readonly entries: readonly string[];
  readonly exits: readonly string[];
}

/** Leads an edge by way of nodes that are in the graph, or are added by the same edit. */
export function insertIntents(graph: GraphView, edge: EdgeView, { entries, exits }: Inserted): Intent[] {
  const [first, ...others] = entries.filter((to) => mayConnect({ from: edge.from, to }));
  if (first === undefined) return [];
  const taken = new Set(graph.edges.map(({ id }) => id));
  const added = (fields: JsonObject): Intent => {
    const id = freeId(`e${String(taken.size + 1)}`, (candidate) => taken.has(candidate));
    taken.add(id);
    return { type: "edge/add", id, fields };
  };
  const { terminate, ...fields } = edge.fields as JsonObject;
  const onward = exits.filter((from) => mayConnect({ from, to: edge.to }));
  return [
    { type: "edge/update", id: edge.id, patch: retargeted(edge, first) },
    ...others.map((to) => added({ ...fields, to })),
    ...onward.map((from) => added({ from, to: edge.to, ...(terminate === undefined ? {} : { terminate }) })),
  ];
}

/** Pixels between cards that room is made for. */
const APART = 4 * GRID;

/** A place, and what has to move so that it is free. */
export interface Room {
  readonly position: Position;
  readonly moves: Readonly<Record<string, Position>>;
}

/**
 * Room on an edge that leads ahead for something of this size around `wanted`: behind its source, and with the target and all that
 * follows it moved on as far as they would be covered. What stays moves nothing: an edge that leads back has room beneath.
 */
export function roomOn(graph: GraphView, edge: EdgeView, wanted: Position, size: Size): Room {
  const all = places(graph);
  const [source, target] = [all.get(edge.from), all.get(edge.to)];
  const [x, y] = snapped(wanted);
  const [along, length] = wayOf(graph) === "left-to-right" ? ([0, "width"] as const) : ([1, "height"] as const);
  if (source === undefined || target === undefined || target[along] <= source[along]) return { position: [x, y], moves: {} };
  const start = Math.max(along === 0 ? x : y, ceiled(source[along] + sizeOf(edge.from)[length] + APART));
  const position: Position = along === 0 ? [start, y] : [x, start];
  const shift = ceiled(start + size[length] + APART - target[along]);
  if (shift <= 0) return { position, moves: {} };
  const moves: Record<string, Position> = {};
  const moveOn = (id: string, [left, top]: Position): void => {
    moves[id] = along === 0 ? [left + shift, top] : [left, top + shift];
  };
  for (const id of following(graph, edge.to, edge.from)) {
    const place = all.get(id);
    if (place !== undefined && place[along] >= target[along]) moveOn(id, place);
  }
  // What only stands there makes way, too, and what stands behind that.
  const moving = Object.keys(moves);
  for (const by of moving) {
    for (const [id, place] of all) {
      if (moves[id] !== undefined || place[along] < target[along] || !covers(by, moves[by], id, place)) continue;
      moveOn(id, place);
      moving.push(id);
    }
  }
  return { position, moves };
}

function covers(a: string, here: Position | undefined, b: string, there: Position): boolean {
  if (here === undefined) return false;
  const [own, other] = [sizeOf(a), sizeOf(b)];
  const across = here[0] < there[0] + other.width && there[0] < here[0] + own.width;
  return across && here[1] < there[1] + other.height && there[1] < here[1] + own.height;
}

/** A node and all that comes behind it, but for what comes behind `stop`. */
function following(graph: GraphView, start: string, stop: string): ReadonlySet<string> {
  const onward = Map.groupBy(graph.edges, ({ from }) => from);
  const reached = new Set([start]);
  // A set goes on to what is added while it is walked.
  for (const here of reached) for (const { to } of onward.get(here) ?? []) if (to !== stop) reached.add(to);
  return reached;
}

function ceiled(value: number): number {
  return Math.ceil(value / GRID) * GRID;
}

/** Whether nothing is connected with a node, so that it can be put onto an edge. */
export function isAlone(graph: GraphView, id: string): boolean {
  return !graph.edges.some(({ from, to }) => from === id || to === id);
}
