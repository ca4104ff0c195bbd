// How a part of a graph is left: by edges of the node in its place.
//
// 1. Where all that ends inside leads to one node, one plain edge leads there.
// 2. Where one node ends it and all its edges lead out, these edges leave the node in its place instead.
// 3. Else nodes inside say in a channel which way was taken, and the edges outside ask it.
import { readsOfEdge } from "../../certify/uses.js";
import type { EdgeDef, Graph, JoinPolicy } from "../../model/graph.js";
import { END, ON_ERROR, type EdgeId, type NodeId } from "../../model/ids.js";
import { endingsOf, type Ending } from "./inside.js";
import type { Arc, Net, NetNode } from "./net.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** A node beyond, and the edges that lead there. */
export interface Goal {
  readonly to: NodeId;
  readonly edges: readonly EdgeId[];
  /** Of edges that wait for one another. */
  readonly join: JoinPolicy;
}

/** How a part is left. */
export type Leaving =
  /** It does not lead on; `end`: the edge that says so. */
  | { readonly ok: true; readonly by: "nothing"; readonly end: EdgeId | undefined }
  | { readonly ok: true; readonly by: "one"; readonly goal: Goal }
  /** By the edges of this node. */
  | { readonly ok: true; readonly by: "node"; readonly node: NodeId; readonly edges: readonly EdgeId[] }
  | { readonly ok: true; readonly by: "channel"; readonly goals: readonly Goal[]; readonly ends: boolean };

/** How the nodes are left when they have been entered, if that is always as one. */
export function leavingOf(graph: Graph, net: Net, part: ReadonlySet<NodeId>, entries: readonly NodeId[]): Leaving | Refusal {
  const edges = [...graph.edges.values()].filter(({ from }) => part.has(from));
  const out = edges.filter(({ to, terminate }) => !part.has(to) && (to !== END || terminate === true));
  const failing = out.filter(({ condition }) => condition.type === "on" && condition.action === ON_ERROR);
  if (failing.length > 0) return byErrors(failing);
  const beyond = gates(graph, net, out);
  if ("ok" in beyond) return beyond;
  const inside = new Map([...part].flatMap((id) => pair(id, net.get(id))));
  const found = endingsOf({ net: new Map([...inside, ...beyond]), nodes: part, entries });
  if (!found.ok) return found;
  const { endings } = found;
  if (out.length === 0) return { ok: true, by: "nothing", end: edges.find(({ to }) => to === END)?.id };
  const goals = goalsOf(graph, out);
  const [only] = goals;
  if (only !== undefined && goals.length === 1 && endings.every((ending) => ending.goals.length > 0))
    return { ok: true, by: "one", goal: only };
  // Where arrivals are kept, it counts what the node said in earlier turns, too.
  const kept = [...beyond.values()].some(({ join }) => join !== "any");
  const last = kept ? undefined : lastNode(graph, part, endings);
  if (last !== undefined) return { ok: true, by: "node", ...last };
  const several = endings.find((ending) => ending.goals.length > 1);
  if (several !== undefined) return leadsToSeveral(several);
  return { ok: true, by: "channel", goals, ends: endings.some((ending) => ending.goals.length === 0) };
}

function pair(id: NodeId, node: NetNode | undefined): readonly (readonly [NodeId, NetNode])[] {
  return node === undefined ? [] : [[id, node]];
}

/** The nodes beyond as they look from here: they wait for what leads there from here, if all of it does. */
function gates(graph: Graph, net: Net, out: readonly EdgeDef[]): ReadonlyMap<NodeId, NetNode> | Refusal {
  const found = new Map<NodeId, NetNode>();
  for (const [to, edges] of Map.groupBy(out, (edge) => edge.to)) {
    const { join = "any", incoming = [] } = net.get(to) ?? {};
    const single = edges.length === 1 && join !== "deferred";
    if (!single && join !== "any" && (typeof join === "object" || (join === "all" && edges.length < incoming.length)))
      return spans(graph, to, edges);
    found.set(to, { join: single ? "any" : join, incoming: edges.map(({ id }) => id), outcomes: [] });
  }
  return found;
}

function goalsOf(graph: Graph, out: readonly EdgeDef[]): readonly Goal[] {
  return [...Map.groupBy(out, ({ to }) => to)].map(([to, edges]) => {
    const waits = edges.length > 1 && graph.nodes.get(to)?.join === "all";
    return { to, edges: edges.map(({ id }) => id), join: waits ? "all" : "any" };
  });
}

/** The node that ends the part in every case, if all its edges lead out and say nothing that only it knows. */
function lastNode(
  graph: Graph,
  part: ReadonlySet<NodeId>,
  endings: readonly Ending[],
): { readonly node: NodeId; readonly edges: readonly EdgeId[] } | undefined {
  const [node, another] = new Set(endings.map(({ ran }) => ran.join()));
  if (node === undefined || another !== undefined || !part.has(node)) return undefined;
  const edges = [...graph.edges.values()].filter(({ from }) => from === node);
  const elsewhere = [...graph.edges.values()].filter(
    ({ from, to, terminate }) => part.has(from) && from !== node && (terminate === true || (to !== END && !part.has(to))),
  );
  if (elsewhere.length > 0 || edges.some(({ to }) => part.has(to))) return undefined;
  return edges.every(canMove) ? { node, edges: edges.map(({ id }) => id) } : undefined;
}

/** An action, what a node wrote and its input are not known outside. */
function canMove(edge: EdgeDef): boolean {
  const names = readsOfEdge(edge);
  return edge.condition.type !== "on" && !names.has("output") && !names.has("input");
}

/** The edges that may be taken where the part has ended. */
export function outcomesOfLeaving(leaving: Leaving, net: Net): readonly (readonly Arc[])[] | undefined {
  const arc = ({ to, edges: [id = ""] }: Goal): Arc => ({ id, from: "", to, terminate: to === END });
  switch (leaving.by) {
    case "nothing":
      return [[]];
    case "one":
      return [[arc(leaving.goal)]];
    case "node":
      return net.get(leaving.node)?.outcomes;
    case "channel":
      return [...leaving.goals.map((goal) => [arc(goal)]), ...(leaving.ends ? [[]] : [])];
  }
}

function byErrors(edges: readonly EdgeDef[]): Refusal {
  return refusal(
    `${listed(edges.map(({ from }) => from))} leads to ${listed(edges.map(({ to }) => to))} when it fails. From outside it cannot be told which node inside has failed.`,
    `Take ${listed(edges.map(({ to }) => to))} along.`,
    { edges: edges.map(({ id }) => id) },
  );
}

function spans(graph: Graph, to: NodeId, edges: readonly EdgeDef[]): Refusal {
  return refusal(
    `"${to}" waits for several edges, some of them from these nodes: one node in their place has one edge to it.`,
    `Take "${graph.nodes.get(to)?.id ?? to}" along, or let these edges meet in one node first.`,
    { nodes: [to], edges: edges.map(({ id }) => id) },
  );
}

function leadsToSeveral({ goals, arcs }: Ending): Refusal {
  return refusal(
    `These nodes may lead on to ${listed(goals)} at once, from different places inside.`,
    "Let the branches meet in one node first, and lead on from there.",
    { edges: arcs.map(({ id }) => id), nodes: goals },
  );
}
