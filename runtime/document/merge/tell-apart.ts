// Nodes and edges that both sides added under one id: they are two, and theirs gets another id. Nothing that was there before refers to
// them, so that only what theirs added has to follow.
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
  readonly entity: "node" | "edge";
  readonly from: string;
  readonly to: string;
}

/** Theirs, with the ids of its own that ours has, too, for something else made others. */
export function toldApart({ base, ours, theirs }: Three): { readonly theirs: JsonObject; readonly renamed: readonly Renamed[] } {
  const of = (name: string): Three => ({ base: sectionOf(base, name), ours: sectionOf(ours, name), theirs: sectionOf(theirs, name) });
  const nodes = newIds(of("nodes"));
  const edgesOf = { ...of("edges"), theirs: redirected(of("edges"), nodes) }; // what leads to two nodes is two edges
  const edges = newIds(edgesOf);
  if (nodes.size + edges.size === 0) return { theirs, renamed: [] };
  const told: Record<string, JsonValue> = { ...theirs };
  told["nodes"] = rekeyed(sectionOf(theirs, "nodes"), nodes);
  told["edges"] = rekeyed(edgesOf.theirs, edges);
  if (theirs["layout"] !== undefined) told["layout"] = rekeyed(sectionOf(theirs, "layout"), nodes);
  const renamed = (entity: Renamed["entity"], ids: Ids): Renamed[] => [...ids].map(([from, to]) => ({ entity, from, to }));
  return { theirs: told, renamed: [...renamed("node", nodes), ...renamed("edge", edges)] };
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
