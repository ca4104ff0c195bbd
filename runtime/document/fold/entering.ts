// How a part of a graph is entered: as a node is, or not at all.
import type { EdgeDef, Graph, JoinPolicy } from "../../model/graph.js";
import { ON_ERROR, type EdgeId, type NodeId } from "../../model/ids.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** How a part is entered. */
export interface Entering {
  readonly ok: true;
  /** Where it begins; each of these nodes each time. */
  readonly entries: readonly NodeId[];
  /** The edges that lead in and stay, with the node in their place as their target. */
  readonly kept: readonly EdgeId[];
  /** What its node waits for. */
  readonly join: JoinPolicy;
}

/** How the nodes are entered, if they can be as one. */
export function enteringOf(graph: Graph, part: ReadonlySet<NodeId>): Entering | Refusal {
  const edges = [...graph.edges.values()];
  const crossing = edges.filter(({ from, to }) => !part.has(from) && part.has(to));
  const entries = [...new Set(crossing.map(({ to }) => to))];
  if (entries.length === 0) return unreached([...part]);
  const failing = crossing.filter(({ condition }) => condition.type === "on" && condition.action === ON_ERROR);
  if (failing.length > 0) return byErrors(failing);
  const joins = entries.map((id) => graph.nodes.get(id)?.join ?? "any");
  const [join = "any"] = joins;
  const again = edges.filter(({ from, to }) => part.has(from) && entries.includes(to));
  if (join !== "any" && again.length > 0) return spans(entries, again);
  if (entries.length === 1) return { ok: true, entries, kept: crossing.map(({ id }) => id), join };
  if (joins.some((other) => JSON.stringify(other) !== JSON.stringify(join))) return differ(entries, crossing);
  const kept = together(entries, crossing);
  return kept === undefined ? differ(entries, crossing) : { ok: true, entries, kept, join };
}

/** One edge for each way that leads to all entries at once; undefined: some ways lead to some of them. */
function together(entries: readonly NodeId[], crossing: readonly EdgeDef[]): readonly EdgeId[] | undefined {
  const ways = Map.groupBy(crossing, ({ from, condition }) => JSON.stringify([from, condition]));
  const kept: EdgeId[] = [];
  for (const [first, ...more] of ways.values()) {
    const goals = [first, ...more].map((edge) => edge?.to);
    if (goals.length !== entries.length || new Set(goals).size !== goals.length) return undefined;
    if (first !== undefined) kept.push(first.id);
  }
  return kept;
}

function unreached(nodes: readonly NodeId[]): Refusal {
  return refusal(
    `No edge leads to ${listed(nodes)} from outside: nothing would ever run them.`,
    "Lead an edge to the node with which they begin.",
    { nodes },
  );
}

function byErrors(edges: readonly EdgeDef[]): Refusal {
  return refusal(
    `${listed(edges.map(({ to }) => to))} is where errors of ${listed(edges.map(({ from }) => from))} go, and finds the error as its input. A graph of its own has no such input.`,
    `Take ${listed(edges.map(({ from }) => from))} along, or leave the node out.`,
    { edges: edges.map(({ id }) => id) },
  );
}

function spans(entries: readonly NodeId[], again: readonly EdgeDef[]): Refusal {
  return refusal(
    `${listed(entries)} waits for edges from outside and from inside: a join cannot be in two graphs.`,
    `Give it the join "any", or take ${listed([...new Set(again.map(({ from }) => from))])} out of the selection.`,
    { nodes: entries, edges: again.map(({ id }) => id) },
  );
}

function differ(entries: readonly NodeId[], crossing: readonly EdgeDef[]): Refusal {
  return refusal(
    `Edges lead to ${listed(entries)}, not always to all of them. A graph has one beginning.`,
    "Take along what leads to them, or fewer nodes, so that all edges lead to one node first.",
    { nodes: entries, edges: crossing.map(({ id }) => id) },
  );
}
