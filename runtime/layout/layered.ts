// One connected part, in layers along the way it runs. The algorithm is ELK's; here is what it is asked, and what is made of
// its answer.
import type { ElkExtendedEdge, ElkNode, LayoutOptions } from "elkjs/lib/elk-api.js";
import type { Size } from "../model/card-size.js";
import type { Position } from "../model/graph.js";
import { END, START, type NodeId } from "../model/ids.js";
import type { Orientation } from "../model/orientation.js";
import { GAP, sizesWith } from "./boxes.js";
import { workOf } from "./effort.js";
import { forwardEdges } from "./forward-edges.js";
import type { LayoutEdge, LayoutRequest } from "./layout-request.js";

/** Places what is in a graph of ELK's; rejects where that graph cannot be laid out. */
export type Layering = (graph: ElkNode) => Promise<ElkNode>;

/** From one layer to the next, at least. */
const BETWEEN_LAYERS = 80;
/** A pill: its padding, the width of a character, how wide it gets at most, and what stays free beside it. */
const [PADDING, CHARACTER, WIDEST, BESIDE] = [20, 6.4, 150, 30] as const;
/** What stays free within a graph, and within each group: ELK hands none of it down. */
const SPACING = {
  "elk.spacing.nodeNode": String(GAP),
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "10",
  "elk.layered.spacing.nodeNodeBetweenLayers": String(BETWEEN_LAYERS),
};
/** An edge from a node to itself goes over the top, or along the left side, where its pill needs more. */
const LOOP = { "left-to-right": 60, "top-to-bottom": 120 } as const;
/** More work than this is done in fewer rounds, and without a look at the order of the document where that changes no crossing. */
const MUCH = 1_500;
/** More than this, in one round. */
const VERY_MUCH = 10_000;

/** What a frame of a group takes around what is in it. */
const FRAME = "[top=40,left=20,bottom=20,right=20]";

/** Where the nodes of a part go, in pixels from anywhere; not on the grid yet. */
export async function inLayers(part: readonly NodeId[], request: LayoutRequest, layering: Layering): Promise<Map<NodeId, Position>> {
  const { edges, orientation, notes } = request;
  const forward = forwardEdges(part, edges);
  const numbers = new Map(part.map((id, index) => [id, index]));
  const rooms = roomsOf(request, forward);
  const sizeOf = sizesWith(notes);
  const child = (id: NodeId): ElkNode => cardNode(id, numbers.get(id) ?? 0, sizeOf(id), orientation, rooms(id));
  const groups = request.groups.map((members) => members.filter((id) => numbers.has(id))).filter(({ length }) => length > 0);
  const options = { ...optionsFor(orientation), ...effortFor(workOf(part, forward)) };
  const answer = await layering({
    id: "part",
    layoutOptions: groups.length === 0 ? options : { ...options, "elk.hierarchyHandling": "INCLUDE_CHILDREN" },
    children: framed(part, groups, child),
    edges: wires(numbers, forward),
  });
  const places = new Map(placesIn(answer, [0, 0]));
  return new Map(
    part.map((id, index) => {
      const [x, y] = places.get(String(index)) ?? [0, 0];
      return [id, orientation === "left-to-right" ? [x, y + rooms(id).across] : [x + rooms(id).across, y]];
    }),
  );
}

/** Nodes as ELK has them: those of a group inside of it, where the first of them would stand. */
function framed(part: readonly NodeId[], groups: readonly (readonly NodeId[])[], child: (id: NodeId) => ElkNode): ElkNode[] {
  const owned = new Map(groups.flatMap((members, index) => members.map((id) => [id, index] as const)));
  return part.flatMap((id) => {
    const group = owned.get(id);
    if (group === undefined) return [child(id)];
    const members = groups[group] ?? [];
    if (members[0] !== id) return [];
    return [{ id: `g${group}`, layoutOptions: { ...SPACING, "elk.padding": FRAME }, children: members.map(child) }];
  });
}

/** Places are told from the corner of what is around. */
function placesIn({ children = [] }: ElkNode, [left, top]: Position): (readonly [id: string, at: Position])[] {
  return children.flatMap((each) => {
    const at: Position = [left + (each.x ?? 0), top + (each.y ?? 0)];
    return [[each.id, at] as const, ...placesIn(each, at)];
  });
}

function optionsFor(orientation: Orientation): LayoutOptions {
  return {
    "elk.algorithm": "layered",
    "elk.direction": orientation === "left-to-right" ? "RIGHT" : "DOWN",
    "elk.randomSeed": "1",
    "elk.separateConnectedComponents": "false",
    "elk.edgeRouting": "POLYLINE",
    ...SPACING,
  };
}

/** So that a graph of thousands of nodes takes seconds. */
function effortFor(work: number): LayoutOptions {
  if (work > VERY_MUCH) return { "elk.layered.thoroughness": "1" };
  const inOrder = { "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES" };
  if (work > MUCH) return { ...inOrder, "elk.layered.thoroughness": "3" };
  return {
    ...inOrder,
    "elk.layered.thoroughness": "10",
    "elk.layered.considerModelOrder.crossingCounterNodeInfluence": "0.001",
    "elk.layered.considerModelOrder.crossingCounterPortInfluence": "0.001",
  };
}

/** What a node needs beside its card. */
interface Room {
  /** Behind it, along the way the graph runs: for the pills of the edges that leave it. */
  readonly behind: number;
  /** Over its top, or at its left where the graph runs downwards: for edges that lead back to it at once. */
  readonly across: number;
}

/** The node is told to ELK as larger by its room: pills as labels of ELK's would take layers of their own. */
function roomsOf({ edges, orientation }: LayoutRequest, forward: readonly LayoutEdge[]): (id: NodeId) => Room {
  const behind = new Map<NodeId, number>();
  for (const { from, words } of forward) {
    if (words === "") continue;
    const pill = Math.min(WIDEST, PADDING + CHARACTER * words.length);
    behind.set(from, Math.max(behind.get(from) ?? 0, pill + BESIDE - BETWEEN_LAYERS));
  }
  const looped = new Set(edges.filter(({ from, to }) => from === to).map(({ from }) => from));
  return (id) => ({ behind: behind.get(id) ?? 0, across: looped.has(id) ? LOOP[orientation] : 0 });
}

/** Ids that ELK is told are numbers: a node's own may contain what ELK reads as something else. */
function cardNode(id: NodeId, index: number, card: Size, orientation: Orientation, { behind, across }: Room): ElkNode {
  const along = orientation === "left-to-right";
  const width = card.width + (along ? behind : across);
  const height = card.height + (along ? across : 0);
  const [middleX, middleY] = [width - card.width / 2, height - card.height / 2];
  const port = (name: "in" | "out", side: string, x: number, y: number) => ({
    id: `${index}.${name}`,
    x,
    y,
    width: 0,
    height: 0,
    layoutOptions: { "elk.port.side": side },
  });
  const layer = id === START ? "FIRST" : id === END ? "LAST" : "NONE";
  return {
    id: String(index),
    width,
    height,
    layoutOptions: { "elk.portConstraints": "FIXED_POS", "elk.layered.layering.layerConstraint": layer },
    ports: along
      ? [port("in", "WEST", 0, middleY), port("out", "EAST", width, middleY)]
      : [port("in", "NORTH", middleX, 0), port("out", "SOUTH", middleX, height)],
  };
}

function wires(numbers: ReadonlyMap<NodeId, number>, edges: readonly LayoutEdge[]): ElkExtendedEdge[] {
  return edges.map(({ from, to }, index) => ({
    id: `e${index}`,
    sources: [`${numbers.get(from) ?? 0}.out`],
    targets: [`${numbers.get(to) ?? 0}.in`],
  }));
}
