// How the nodes of a graph lead on where the graph was a node.
//
// 1. What led on once, when all inside had ended, still does: so it is refused where branches inside end one after the other.
// 2. Nodes that only say in a channel which way was taken give way to the edges that asked it.
import type { EdgeDef, Graph, NodeDef } from "../../model/graph.js";
import { readsOfEdge, usesOf } from "../../certify/uses.js";
import { END, START, type EdgeId, type NodeId } from "../../model/ids.js";
import { endingsOf } from "./inside.js";
import { netOf, type Net, type NetNode } from "./net.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** An edge from inside to outside. */
export interface WayOut {
  /** The edge inside that it is made of; none: the node had none that did so. */
  readonly edge: EdgeId | undefined;
  readonly from: NodeId;
  /** It fires where no other edge of its node does; else as its edge inside says. */
  readonly otherwise: boolean;
}

/** How the graph leads on. */
export type Ends =
  | { readonly ok: true; readonly by: "nothing" }
  /** All edges of the node leave this one inside instead. */
  | { readonly ok: true; readonly by: "node"; readonly node: NodeId; readonly edge: EdgeId }
  | { readonly ok: true; readonly by: "ways"; readonly ways: readonly WayOut[] }
  /** Edges to nodes that say the way lead there; the nodes go. */
  | { readonly ok: true; readonly by: "channel"; readonly channel: string; readonly ways: ReadonlyMap<NodeId, EdgeDef> };

/** Stands for what comes after the graph. */
const AFTER = "@after";

/** What else counts for how a graph leads on. */
export interface Between {
  /** Channels are those here by their names, so that edges here ask what nodes inside say. */
  readonly byName: boolean;
  /** Something is to be done when all inside has ended. */
  readonly behind: boolean;
}

/** How the graph of a node leads on to where the edges of the node do. */
export function endsOf(inner: Graph, out: readonly EdgeDef[], { byName, behind }: Between): Ends | Refusal {
  const leading = out.filter(({ to, terminate }) => to !== END || terminate === true);
  const said = byName ? saidWays(inner, leading) : undefined;
  if (said !== undefined) {
    const beyond = new Map([...said.ways.keys()].map((id) => [id, gate(netOf(inner), id)]));
    const found = endingsInside(netOf(inner), beyond);
    if (!found.ok) return found;
    return { ok: true, by: "channel", ...said };
  }
  const net = netOf(inner);
  if (leading.length === 0 && !behind) {
    const found = endingsInside(net, new Map());
    return found.ok ? { ok: true, by: "nothing" } : found;
  }
  const ways = waysOut(inner, net);
  if ("ok" in ways) return ways;
  const found = endingsInside(leadingTo(net, ways), new Map([[AFTER, { join: "any", incoming: [], outcomes: [] }]]));
  if (!found.ok) return found;
  return (behind ? undefined : lastNode(inner, ways, out)) ?? { ok: true, by: "ways", ways };
}

function gate(net: Net, id: NodeId): NetNode {
  return { join: net.get(id)?.join ?? "any", incoming: net.get(id)?.incoming ?? [], outcomes: [] };
}

function endingsInside(net: Net, beyond: ReadonlyMap<NodeId, NetNode>): ReturnType<typeof endingsOf> {
  const nodes = new Set([...net.keys()].filter((id) => !beyond.has(id)));
  return endingsOf({ net: new Map([...net, ...beyond]), nodes, entries: [START] });
}

/** The nodes inside that do nothing but say where the edges outside then go. */
function saidWays(
  inner: Graph,
  out: readonly EdgeDef[],
): { readonly channel: string; readonly ways: ReadonlyMap<NodeId, EdgeDef> } | undefined {
  const asked = out.map(askedIn);
  const [channel] = asked.map((each) => each?.channel);
  if (channel === undefined || asked.some((each) => each?.channel !== channel)) return undefined;
  const ways = new Map<NodeId, EdgeDef>();
  for (const node of inner.nodes.values()) {
    const { writes } = usesOf(node);
    if (writes !== "all" && !writes.has(channel)) continue;
    const place = asked.findIndex((each) => each !== undefined && saysOnly(inner, node, each));
    const edge = out[place];
    if (edge === undefined) return undefined;
    ways.set(node.id, edge);
  }
  const asking = [...inner.nodes.values()].some((node) => usesOf(node).reads !== "all" && new Set(usesOf(node).reads).has(channel));
  return ways.size === 0 || asking ? undefined : { channel, ways };
}

interface Asked {
  readonly channel: string;
  readonly value: string;
}

function askedIn({ condition }: EdgeDef): Asked | undefined {
  const [, channel, value] = condition.type === "when" ? (/^\s*([A-Za-z_]\w*) == ('[^'\\]*')\s*$/.exec(condition.expression) ?? []) : [];
  return channel === undefined || value === undefined ? undefined : { channel, value };
}

function saysOnly(inner: Graph, node: NodeDef, { channel, value }: Asked): boolean {
  if (node.kind !== "expression" || Object.keys(node.set).length !== 1 || node.set[channel]?.trim() !== value) return false;
  const edges = [...inner.edges.values()].filter(({ from }) => from === node.id);
  return edges.every(({ to, condition }) => to === END && condition.type === "plain");
}

/** Every way to the end; a node that may have none gets one. */
function waysOut(inner: Graph, net: Net): readonly WayOut[] | Refusal {
  const edges = [...inner.edges.values()];
  const ways = edges.filter(({ to }) => to === END).map(({ id, from }): WayOut => ({ edge: id, from, otherwise: false }));
  for (const [id, { outcomes }] of net) {
    if (outcomes?.every((arcs) => arcs.length > 0) === true) continue;
    const leaving = edges.filter(({ from }) => from === id);
    if (leaving.some(({ condition }) => condition.type === "on")) return endsUnsaid(id);
    ways.push({ edge: undefined, from: id, otherwise: leaving.length > 0 });
  }
  return ways;
}

/** The net with edges to what comes after where its ways lead out. */
function leadingTo(net: Net, ways: readonly WayOut[]): Net {
  const added = new Map(ways.flatMap(({ edge, from }) => (edge === undefined ? [[from, `${from}>`] as const] : [])));
  return new Map(
    Array.from(net, ([id, node]): [NodeId, NetNode] => {
      const own = added.get(id);
      const outcomes = node.outcomes?.map((arcs) =>
        arcs.length === 0 && own !== undefined
          ? [{ id: own, from: id, to: AFTER, terminate: false }]
          : arcs.map((arc) => (arc.to === END ? { ...arc, to: AFTER } : arc)),
      );
      return [id, { ...node, outcomes }];
    }),
  );
}

/** The one node that ends the graph by one plain edge, if the edges outside ask nothing that only the node there would know. */
function lastNode(inner: Graph, ways: readonly WayOut[], out: readonly EdgeDef[]): Extract<Ends, { by: "node" }> | undefined {
  const [way, another] = ways;
  if (way?.edge === undefined || another !== undefined || way.from === START) return undefined;
  const leaving = [...inner.edges.values()].filter(({ from }) => from === way.from);
  const isPlain = leaving.length === 1 && leaving[0]?.condition.type === "plain";
  const known = out.every((edge) => edge.condition.type !== "on" && !readsOfEdge(edge).has("output"));
  return isPlain && known ? { ok: true, by: "node", node: way.from, edge: way.edge } : undefined;
}

function endsUnsaid(node: NodeId): Refusal {
  return refusal(
    `${listed([node])} inside may end without an edge that says so; nothing here would be told of it.`,
    "Give it an edge to the end for all that it may answer.",
  );
}
