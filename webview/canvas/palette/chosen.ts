// What choosing an entry of the palette means for the document. Pure.
import type { Intent } from "../../../runtime/document/intent.js";
import type { Box } from "../../../runtime/model/annotation.js";
import type { Position } from "../../../runtime/model/graph.js";
import type { GraphView } from "../../protocol/views.js";
import { applyIntents } from "../../store/optimistic.js";
import type { LooseEnd, PalettePlace } from "../../store/state.js";
import { addNoteIntents } from "../annotations/annotation-intents.js";
import { pasted } from "../clipboard.js";
import { freePlace } from "../free-place.js";
import { CARD, wayOf } from "../geometry.js";
import { insertIntents, roomOn, type Inserted } from "../insert.js";
import { addIntents, connectIntents } from "../to-intents.js";
import { labelOf, type Offer } from "./entries.js";

/** The edit, and the nodes that it adds. */
export interface Chosen {
  readonly intents: readonly Intent[];
  readonly ids: readonly string[];
}

/** What adds nodes. */
type NodeOffer = Exclude<Offer, { readonly type: "note" }>;

/** Adds what was chosen at its place, connected with the loose end or put onto the edge of that place. One edit. */
export function chosenIntents(graph: GraphView, offer: Offer, place: Omit<PalettePlace, "x" | "y">): Chosen {
  if (offer.type === "note") return addedNote(graph, place);
  const edge = graph.edges.find(({ id }) => id === place.edge);
  const made = addedAt(graph, offer, place.position, place.view);
  if (edge === undefined) {
    const added = place.looseEnd === undefined ? made : behindPort(graph, offer, place.position, place.looseEnd);
    return { ids: added.ids, intents: [...added.intents, ...connected(graph, added, place.looseEnd)] };
  }
  const [width, height] = extentOf(made.intents);
  const room = roomOn(graph, edge, place.position, { width, height });
  const roomy: Intent[] = Object.keys(room.moves).length === 0 ? [] : [{ type: "node/move", positions: room.moves }];
  const moved = applyIntents(graph, roomy);
  const added = addedAt(moved, offer, room.position);
  const next = applyIntents(moved, added.intents);
  return { ids: added.ids, intents: [...roomy, ...added.intents, ...insertIntents(next, edge, endsOf(added))] };
}

/** A note is connected with nothing. */
function addedNote(graph: GraphView, { position: [x, y], view }: Omit<PalettePlace, "x" | "y">): Chosen {
  const { id, intents } = addNoteIntents(graph, [x + CARD.width / 2, y + CARD.height / 2], view);
  return { intents, ids: [id] };
}

/** What is added beside a port stands with its near side, or its far one, where the pointer let go. */
function behindPort(graph: GraphView, offer: NodeOffer, [x, y]: Position, { port }: LooseEnd): Chosen {
  const [width, height] = extentOf(addedAt(graph, offer, [x, y]).intents);
  if (port === "out") return addedAt(graph, offer, [x, y]);
  return addedAt(graph, offer, wayOf(graph) === "left-to-right" ? [x - width + CARD.width, y] : [x, y - height + CARD.height]);
}

function connected(graph: GraphView, added: Chosen, looseEnd: LooseEnd | undefined): readonly Intent[] {
  if (looseEnd === undefined) return [];
  const { entries, exits } = endsOf(added);
  const next = applyIntents(graph, added.intents);
  const [entry, exit] = [entries[0], exits[0]];
  if (looseEnd.port === "out") return entry === undefined ? [] : connectIntents(next, { from: looseEnd.node, to: entry });
  return exit === undefined ? [] : connectIntents(next, { from: exit, to: looseEnd.node });
}

/** One card, or the nodes of a snippet with their first card there; whole within what can be seen, where that counts. */
function addedAt(graph: GraphView, offer: NodeOffer, position: Position, view?: Box): Chosen {
  if (offer.type === "snippet") {
    const [width, height] = extentOf(pasted(graph, offer.text, [0, 0])?.intents ?? []);
    const [x, y] = freePlace(graph, position, { width, height }, view);
    const added = pasted(graph, offer.text, [x + width / 2, y + height / 2]);
    return added ?? { intents: [], ids: [] };
  }
  const { id, intents } = addIntents(graph, { ...newNode(offer), position: freePlace(graph, position, CARD, view) });
  return { intents, ids: [id] };
}

function newNode(offer: Exclude<NodeOffer, { readonly type: "snippet" }>): Omit<Parameters<typeof addIntents>[1], "position"> {
  if (offer.type === "kind") return { kind: offer.look.kind, ...(offer.name === undefined ? {} : { name: offer.name }) };
  const name = labelOf(offer.path);
  return offer.type === "handler"
    ? { kind: "code", name, fields: { handler: offer.path } }
    : { kind: "subgraph", name, fields: { graph: offer.path } };
}

/** Where something enters what is added, and where it goes on: by nodes that no edge leads to, or that nothing but errors leads on from. */
function endsOf({ intents, ids }: Chosen): Inserted {
  const edges = intents.flatMap((intent) => (intent.type === "edge/add" ? [intent.fields] : []));
  const entries = ids.filter((id) => !edges.some(({ to }) => to === id));
  const exits = ids.filter((id) => !edges.some(({ from, on }) => from === id && on !== "@error"));
  return { entries: entries.length > 0 ? entries : ids.slice(0, 1), exits };
}

function extentOf(intents: readonly Intent[]): readonly [width: number, height: number] {
  const at = intents.flatMap((intent) => (intent.type === "node/add" ? [intent.position] : []));
  const span = (values: readonly number[]): number => (values.length === 0 ? 0 : Math.max(...values) - Math.min(...values));
  return [span(at.map(([x]) => x)) + CARD.width, span(at.map(([, y]) => y)) + CARD.height];
}
