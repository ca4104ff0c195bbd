// What a gesture on the canvas means for the document. Pure.
import { retargeted } from "../edges/ends-run.js";
import type { Intent } from "../../runtime/document/intent.js";
import type { Position } from "../../runtime/model/graph.js";
import { END, freeId, START } from "../../runtime/model/ids.js";
import type { JsonObject } from "../../runtime/model/json.js";
import { kindOf } from "../nodes/kinds.js";
import type { EdgeView, GraphView } from "../protocol/views.js";
import type { Selection } from "../store/selection.js";
import type { LooseEnd } from "../store/state.js";
import { removeAnnotationIntents, takenIds } from "./annotations/annotation-intents.js";
import { movable, movesOf } from "./annotations/boxes.js";
import { snapped } from "./geometry.js";

/** The two ends of an edge. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Whether an edge may lead from `from` to `to`. */
export function mayConnect({ from, to }: Ends): boolean {
  return from !== END && to !== START && !(from === START && to === END);
}

/** A drop after a drag, of nodes, notes and groups; nothing for what is back where it was. */
export function moveIntents(graph: GraphView, positions: Readonly<Record<string, Position>>): Intent[] {
  const before = movable(graph);
  const moved = Object.entries(movesOf(graph, positions))
    .map(([id, position]) => [id, snapped(position)] as const)
    .filter(([id, [x, y]]) => {
      const old = before.get(id);
      return old !== undefined && (old[0] !== x || old[1] !== y);
    });
  return moved.length === 0 ? [] : [{ type: "node/move", positions: Object.fromEntries(moved) }];
}

/** A port dragged to another. */
export function connectIntents(graph: GraphView, { from, to }: Ends): Intent[] {
  if (!mayConnect({ from, to })) return [];
  return [{ type: "edge/add", id: freeEdgeId(graph), fields: { from, to } }];
}

/** An end of an edge dragged to another port. */
export function reconnectIntents(edge: EdgeView, { from, to }: Ends): Intent[] {
  if (!mayConnect({ from, to })) return [];
  const patch = { ...(edge.from === from ? {} : { from }), ...(edge.to === to ? {} : retargeted(edge, to)) };
  return Object.keys(patch).length === 0 ? [] : [{ type: "edge/update", id: edge.id, patch }];
}

/** The selection, and the edges that would dangle; the terminals stay, and so does what is in a group. */
export function removeIntents(graph: GraphView, selection: Selection): Intent[] {
  const nodes = selection.nodes.filter((id) => graph.nodes.some((node) => node.id === id));
  const edges = graph.edges.filter(({ id, from, to }) => selection.edges.includes(id) || nodes.includes(from) || nodes.includes(to));
  return [
    ...(edges.length === 0 ? [] : [{ type: "edge/remove", ids: edges.map(({ id }) => id) } as const]),
    ...removeAnnotationIntents(graph, selection),
    ...(nodes.length === 0 ? [] : [{ type: "node/remove", ids: nodes } as const]),
  ];
}

/** The selected nodes are not run, but passed; where all of them are so already, they are run again. */
export function bypassIntents(graph: GraphView, selection: Selection): Intent[] {
  const nodes = graph.nodes.filter(({ id }) => selection.nodes.includes(id));
  const all = nodes.every(({ fields }) => fields["disabled"] === true);
  return nodes
    .filter(({ fields }) => all || fields["disabled"] !== true)
    .map(({ id }) => ({ type: "node/update", id, patch: { disabled: all ? null : true } }));
}

/** What the palette adds. */
export interface NewNode {
  readonly kind: string;
  /** What the user calls it; the id comes from this, or from the kind. */
  readonly name?: string;
  readonly position: Position;
  /** Fields in place of those that nodes of the kind start with. */
  readonly fields?: JsonObject;
  /** The edge that was dropped on the empty canvas. */
  readonly looseEnd?: LooseEnd;
}

/** A new node, with an edge where one was dropped; `id` is the node's. */
export function addIntents(
  graph: GraphView,
  { kind, name, position, fields: given, looseEnd }: NewNode,
): { readonly id: string; readonly intents: Intent[] } {
  const taken = takenIds(graph);
  const id = freeId(name?.toLowerCase() ?? kind, (candidate) => taken.has(candidate));
  const fields: JsonObject = { kind, ...(name === undefined ? {} : { label: name }), ...(given ?? kindOf(kind).start(id)) };
  const node: Intent = { type: "node/add", id, fields, position: snapped(position) };
  if (looseEnd === undefined) return { id, intents: [node] };
  const ends = looseEnd.port === "out" ? { from: looseEnd.node, to: id } : { from: id, to: looseEnd.node };
  return { id, intents: [node, ...connectIntents(graph, ends)] };
}

/** A label typed on a card; an empty one gives the node its id back as its name. */
export function renameIntents(graph: GraphView, id: string, typed: string): Intent[] {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const label = typed.trim();
  if (node === undefined || label === node.label) return [];
  const before = node.fields["label"];
  if (label === "" || label === id) return before === undefined ? [] : [{ type: "node/update", id, patch: { label: null } }];
  return [{ type: "node/update", id, patch: { label } }];
}

function freeEdgeId(graph: GraphView): string {
  const taken = new Set(graph.edges.map(({ id }) => id));
  return freeId(`e${String(graph.edges.length + 1)}`, (id) => taken.has(id));
}
