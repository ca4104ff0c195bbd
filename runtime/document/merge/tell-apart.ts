// Nodes, notes, groups and edges that both sides added under one id: they are two, and theirs gets another id. Nothing that was there
// before refers to them, so that only what theirs added has to follow.
import { freeId } from "../../model/ids.js";
import { isObject, type JsonObject, type JsonValue } from "../../model/json.js";
import { sameJson } from "../same-json.js";

/** Documents as JSON. */
interface Three {
  readonly base: JsonObject;
  readonly ours: JsonObject;
  readonly theirs: JsonObject;
}

/** An id of theirs that became another one. */
export interface Renamed {
  readonly entity: "node" | "edge" | "note" | "group";
  readonly from: string;
  readonly to: string;
}

/** Sections whose ids stand on the canvas: none is in two of them. */
const onCanvas = [
  ["nodes", "node"],
  ["notes", "note"],
  ["groups", "group"],
] as const;

/** Theirs, with the ids of its own that ours has, too, for something else made others. */
export function toldApart({ base, ours, theirs }: Three): { readonly theirs: JsonObject; readonly renamed: readonly Renamed[] } {
  const of = (name: string): Three => ({ base: sectionOf(base, name), ours: sectionOf(ours, name), theirs: sectionOf(theirs, name) });
  const placed = newIds({ base: canvasOf(base), ours: canvasOf(ours), theirs: canvasOf(theirs) });
  const ofSection = (name: string): [string, string][] => [...placed].filter(([id]) => Object.hasOwn(sectionOf(theirs, name), id));
  const edgesOf = { ...of("edges"), theirs: redirected(of("edges"), new Map(ofSection("nodes"))) }; // what leads to two nodes is two edges
  const edges = newIds(edgesOf);
  if (placed.size + edges.size === 0) return { theirs, renamed: [] };
  const told: Record<string, JsonValue> = { ...theirs };
  for (const name of ["nodes", "notes", "layout"]) if (theirs[name] !== undefined) told[name] = rekeyed(sectionOf(theirs, name), placed);
  if (theirs["groups"] !== undefined) told["groups"] = rekeyed(regrouped(sectionOf(theirs, "groups"), placed), placed);
  told["edges"] = rekeyed(edgesOf.theirs, edges);
  const renamed = (entity: Renamed["entity"], ids: Iterable<readonly [string, string]>): Renamed[] =>
    [...ids].map(([from, to]) => ({ entity, from, to }));
  return { theirs: told, renamed: [...onCanvas.flatMap(([name, entity]) => renamed(entity, ofSection(name))), ...renamed("edge", edges)] };
}

/** All that stands on the canvas by id, told apart by what it is. */
function canvasOf(document: JsonObject): JsonObject {
  const entries = onCanvas.flatMap(([name, entity]) =>
    Object.entries(sectionOf(document, name)).map(([id, entry]) => [id, [entity, entry]]),
  );
  return Object.fromEntries(entries) as JsonObject;
}

/** Groups hold what they were given, under its new ids. */
function regrouped(groups: JsonObject, ids: Ids): JsonObject {
  const entries = Object.entries(groups).map(([id, group]): [string, JsonValue] => {
    const members = isObject(group) ? group["nodes"] : undefined;
    if (!isObject(group) || !Array.isArray(members)) return [id, group];
    const nodes = (members as readonly JsonValue[]).map((member) => (typeof member === "string" ? (ids.get(member) ?? member) : member));
    return [id, { ...group, nodes }];
  });
  return Object.fromEntries(entries);
}

/** Id of theirs -> a free one. */
type Ids = ReadonlyMap<string, string>;

function newIds({ base, ours, theirs }: Three): Ids {
  const taken = new Set([...Object.keys(base), ...Object.keys(ours), ...Object.keys(theirs)]);
  const ids = new Map<string, string>();
  for (const [id, entry] of Object.entries(theirs)) {
    if (Object.hasOwn(base, id) || !Object.hasOwn(ours, id) || sameJson(ours[id], entry)) continue;
    const free = freeId(id, (candidate) => taken.has(candidate));
    taken.add(free);
    ids.set(id, free);
  }
  return ids;
}

/** A section of a document; empty where it has none. */
export function sectionOf(document: JsonObject, name: string): JsonObject {
  const section = document[name];
  return isObject(section) ? section : {};
}

function rekeyed(section: JsonObject, ids: Ids): JsonObject {
  return Object.fromEntries(Object.entries(section).map(([id, entry]) => [ids.get(id) ?? id, entry]));
}

/** The edges of theirs: those that it added or changed lead to the nodes that it meant. */
function redirected({ base, theirs }: Three, nodes: Ids): JsonObject {
  const entries = Object.entries(theirs).map(([id, edge]): [string, JsonValue] => {
    const isOld = Object.hasOwn(base, id) && sameJson(base[id], edge);
    return [id, isOld || !isObject(edge) ? edge : led(edge, nodes)];
  });
  return Object.fromEntries(entries);
}

function led(edge: JsonObject, nodes: Ids): JsonObject {
  const entries = Object.entries(edge).map(([name, value]): [string, JsonValue] => {
    const isEnd = (name === "from" || name === "to") && typeof value === "string";
    return [name, isEnd ? (nodes.get(value) ?? value) : value];
  });
  return Object.fromEntries(entries);
}
