import type { Condition, EdgeDef, Graph, NodeDef } from "../model/graph.js";
import { END, START } from "../model/ids.js";
import type { Placed, Section } from "./section.js";

/** An edge as the checks across entries see it; also one with errors, as long as it says where it goes. */
export interface Link {
  readonly id: string;
  readonly placed: Placed<EdgeDef>;
  readonly from: string;
  readonly to: string;
  /** Absent for an edge whose condition could not be read. */
  readonly condition: Condition | undefined;
}

/** The edges of a document, looked up from both ends. */
export interface Links {
  readonly nodes: Section<NodeDef>;
  readonly graph: Graph;
  readonly all: readonly Link[];
  readonly leaving: ReadonlyMap<string, readonly Link[]>;
  readonly entering: ReadonlyMap<string, readonly Link[]>;
}

/** Links between the entries of two sections. */
export function linksOf(nodes: Section<NodeDef>, edges: Section<EdgeDef>, graph: Graph): Links {
  const all: Link[] = [];
  const leaving = new Map<string, Link[]>();
  const entering = new Map<string, Link[]>();
  for (const [id, placed] of edges) {
    const from = placed.entry.json?.["from"];
    const to = placed.entry.json?.["to"];
    if (typeof from !== "string" || typeof to !== "string") continue;
    const link = { id, placed, from, to, condition: placed.entry.def?.condition };
    all.push(link);
    push(leaving, from, link);
    push(entering, to, link);
  }
  return { nodes, graph, all, leaving, entering };
}

/** Whether an edge may start here. */
export function canLeave(links: Links, id: string): boolean {
  return id === START || links.nodes.has(id);
}

/** Whether an edge may end here. */
export function canEnter(links: Links, id: string): boolean {
  return id === END || links.nodes.has(id);
}

function push(lists: Map<string, Link[]>, key: string, link: Link): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [link]);
  else list.push(link);
}
