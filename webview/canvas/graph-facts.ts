// What the projection looks up of a graph, found out once for each graph.
import { END, START } from "../../runtime/model/ids.js";
import type { Position } from "../../runtime/model/graph.js";
import type { EdgeView, GraphView, ProblemView } from "../protocol/views.js";
import { lanesOf, type Lane } from "../../runtime/model/wire-course.js";
import { places } from "./geometry.js";

/** A graph by id. */
export interface GraphFacts {
  /** Of nodes and terminals. */
  readonly labels: ReadonlyMap<string, string>;
  readonly places: ReadonlyMap<string, Position>;
  /** How many edges lead to a node. */
  readonly entering: ReadonlyMap<string, number>;
  readonly nodeProblems: ReadonlyMap<string, readonly ProblemView[]>;
  readonly edgeProblems: ReadonlyMap<string, readonly ProblemView[]>;
  /** The edges that can be drawn, in document order: a dangling one is listed with the problems. */
  readonly edges: readonly EdgeView[];
  /** Edges that a node or terminal is an end of, as places in `edges`. */
  readonly edgesOf: ReadonlyMap<string, readonly number[]>;
  /** Of edges that are not the only one between two nodes, by their place in `edges`. */
  readonly lanes: ReadonlyMap<number, Lane>;
  /** Nodes, as places in the graph's list. */
  readonly nodeAt: ReadonlyMap<string, number>;
  /** Edges, as places in `edges`. */
  readonly edgeAt: ReadonlyMap<string, number>;
}

/** Finds them out. */
export function factsOf(graph: GraphView): GraphFacts {
  const labels = new Map([[START, "Start"], [END, "End"], ...graph.nodes.map(({ id, label }) => [id, label] as const)]);
  const edges = graph.edges.filter(({ from, to }) => labels.has(from) && labels.has(to));
  return {
    labels,
    places: places(graph),
    entering: countedBy(graph.edges),
    nodeProblems: grouped(graph.problems, "node"),
    edgeProblems: grouped(graph.problems, "edge"),
    edges,
    edgesOf: byEnds(edges),
    lanes: lanesOf(edges),
    nodeAt: new Map(graph.nodes.map(({ id }, index) => [id, index])),
    edgeAt: new Map(edges.map(({ id }, index) => [id, index])),
  };
}

function countedBy(edges: readonly EdgeView[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { to } of edges) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}

function byEnds(edges: readonly EdgeView[]): ReadonlyMap<string, readonly number[]> {
  const ends = new Map<string, number[]>();
  for (const [index, { from, to }] of edges.entries()) {
    for (const id of from === to ? [from] : [from, to]) {
      const known = ends.get(id);
      if (known === undefined) ends.set(id, [index]);
      else known.push(index);
    }
  }
  return ends;
}

function grouped(problems: readonly ProblemView[], by: "node" | "edge"): ReadonlyMap<string, readonly ProblemView[]> {
  const groups = new Map<string, ProblemView[]>();
  for (const problem of problems) {
    const id = problem[by];
    if (id === undefined) continue;
    const known = groups.get(id);
    if (known === undefined) groups.set(id, [problem]);
    else known.push(problem);
  }
  return groups;
}
