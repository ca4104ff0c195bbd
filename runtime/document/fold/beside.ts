// Whether what runs beside a node can tell how many supersteps it takes.
//
// A node that stands for several takes one superstep where they take some. Nothing else changes as long as nothing runs beside it; else what
// runs beside it, and what follows on both until they have met, must not depend on who is first:
// 1. no two of them touch a channel that one of them writes;
// 2. no node is reached by two of them but by a join that waits for both;
// 3. nothing ends the run, or waits for a number of edges;
// 4. nothing waits until all else has ended while one of the several nodes does so, too: they would be due together in one graph, and not in two.
import { readsOfEdge, usesOf, type Channels, type Uses } from "../../certify/uses.js";
import type { Graph } from "../../model/graph.js";
import type { NodeId } from "../../model/ids.js";
import { arrive, Budget, keyOf, reached, takenTogether, type Marking } from "./marking.js";
import type { Net } from "./net.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** A node of a graph that stands for several. */
export interface Standing {
  readonly graph: Graph;
  readonly net: Net;
  readonly node: NodeId;
  /** What it reads and writes, its edges included. */
  readonly uses: Uses;
  /** Whether one of the nodes that it stands for waits until all else has ended. */
  readonly defers: boolean;
}

/** Why what runs beside the node would come to something else; undefined: it would not. */
export function besideProblem(standing: Standing): Refusal | undefined {
  const { net, node } = standing;
  const shared: Marking[] = [];
  for (const each of reached(net)) {
    if (each === undefined) return intricate(node);
    const { marking } = each;
    if (!marking.due.has(node)) continue;
    const problem = deferringProblem(standing, marking);
    if (problem !== undefined) return problem;
    if (marking.due.size > 1) shared.push(marking);
  }
  return shared.length === 0 ? undefined : new Meeting(standing).problem(shared);
}

/** Why what waits until all else has ended may not do so while the node is due; undefined: nothing does, or it may. */
function deferringProblem({ net, node, defers }: Standing, { due, waiting }: Marking): Refusal | undefined {
  const other = defers && due.has(node) ? [...waiting.keys()].find((id) => net.get(id)?.join === "deferred") : undefined;
  return other === undefined ? undefined : bothWait(node, other);
}

class Meeting {
  readonly #standing: Standing;
  readonly #uses = new Map<NodeId, Uses>();
  readonly #compared = new Set<string>();

  constructor(standing: Standing) {
    this.#standing = standing;
    this.#uses.set(standing.node, standing.uses);
  }

  /** Goes every way from there, one node at a time in every order, until what was apart has met. */
  problem(from: readonly Marking[]): Refusal | undefined {
    const { net, node } = this.#standing;
    const seen = new Map(from.map((marking) => [keyOf(marking), marking]));
    const budget = new Budget();
    for (const marking of seen.values()) {
      const conflict = this.#conflict([...marking.due]) ?? deferringProblem(this.#standing, marking);
      if (conflict !== undefined) return conflict;
      if (marking.due.size <= 1 && marking.waiting.size === 0) continue;
      for (const id of marking.due) {
        for (const arcs of takenTogether(net, [id])) {
          if (arcs === undefined || !budget.spend()) return intricate(node);
          const rest = new Set([...marking.due].filter((other) => other !== id));
          const { marking: next, twice, counting } = arrive(net, { due: rest, waiting: marking.waiting }, arcs);
          const [met] = [...twice, ...counting];
          if (met !== undefined) return meets(node, met);
          if (arcs.some(({ terminate }) => terminate))
            return ends(
              node,
              arcs.filter(({ terminate }) => terminate).map((arc) => arc.id),
            );
          if (!seen.has(keyOf(next))) seen.set(keyOf(next), next);
        }
      }
    }
    return undefined;
  }

  #conflict(due: readonly NodeId[]): Refusal | undefined {
    for (const [place, a] of due.entries()) {
      for (const b of due.slice(place + 1)) {
        const pair = [a, b].sort().join();
        if (this.#compared.has(pair)) continue;
        this.#compared.add(pair);
        const channel = this.#touched(a, b) ?? this.#touched(b, a);
        if (channel !== undefined) return touch(this.#standing.node, [a, b], channel);
      }
    }
    return undefined;
  }

  /** A channel that one writes and the other touches. */
  #touched(writer: NodeId, other: NodeId): string | undefined {
    const { writes } = this.#usesOf(writer);
    const uses = this.#usesOf(other);
    const isIn = (channels: Channels, name: string): boolean => channels === "all" || channels.has(name);
    for (const name of this.#standing.graph.channels.keys())
      if (isIn(writes, name) && (isIn(uses.reads, name) || isIn(uses.writes, name))) return name;
    return undefined;
  }

  #usesOf(id: NodeId): Uses {
    const known = this.#uses.get(id);
    if (known !== undefined) return known;
    const { graph } = this.#standing;
    const def = graph.nodes.get(id);
    const own: Uses = def === undefined ? { reads: "all", writes: "all" } : usesOf(def);
    const routes = [...graph.edges.values()].filter(({ from }) => from === id).flatMap((edge) => [...readsOfEdge(edge)]);
    const uses: Uses = { ...own, reads: own.reads === "all" ? "all" : new Set([...own.reads, ...routes]) };
    this.#uses.set(id, uses);
    return uses;
  }
}

function intricate(node: NodeId): Refusal {
  return refusal(
    "So much may run side by side in this graph that it cannot be told what runs beside these nodes.",
    "Fold smaller parts that have branches first.",
    {
      nodes: [node],
    },
  );
}

function touch(node: NodeId, [a, b]: readonly [NodeId, NodeId], channel: string): Refusal {
  return refusal(
    `${listed([a, b])} may run side by side, and one writes "${channel}", which the other uses. Who comes first would change with the number of supersteps.`,
    "Take the branches along from where they part to where they meet, or say in `reads` and `writes` which channels their handlers use.",
    { nodes: [a, b].filter((id) => id !== node) },
  );
}

function meets(node: NodeId, met: NodeId): Refusal {
  return refusal(
    `Branches that run side by side meet at "${met}", which does not wait for all of them. How often it runs would change with the number of supersteps.`,
    'Give it the join "all", or take the branches along from where they part to where they meet.',
    { nodes: [met].filter((id) => id !== node) },
  );
}

function bothWait(node: NodeId, other: NodeId): Refusal {
  return refusal(
    `"${other}" may wait until all else has ended while these nodes are at work, and one of them waits so, too. Which of them runs first would change.`,
    "Give one of them another join.",
    { nodes: [other].filter((id) => id !== node) },
  );
}

function ends(node: NodeId, edges: readonly string[]): Refusal {
  return refusal(
    `An edge ends the run while "${node}" may still be at work beside it. What is done by then would change with the number of supersteps.`,
    "Take the branches along from where they part to where they meet.",
    { edges },
  );
}
