// How a part of a graph is left, once it has been entered: found by going every way through it.
import { END, type NodeId } from "../../model/ids.js";
import { arrive, Budget, keyOf, takenTogether, type Marking } from "./marking.js";
import type { Arc, Net } from "./net.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** A last superstep of a part. */
export interface Ending {
  /** The nodes that ran in it. */
  readonly ran: readonly NodeId[];
  /** The nodes outside that are due then, `@end` for a run that is ended; none: it came to an end inside. */
  readonly goals: readonly NodeId[];
  /** The edges that led out in it. */
  readonly arcs: readonly Arc[];
}

/** A part of a net: its own nodes, and those beyond that its edges lead to. */
export interface Part {
  readonly net: Net;
  readonly nodes: ReadonlySet<NodeId>;
  readonly entries: readonly NodeId[];
}

/** All ways in which the part comes to its end: each with nothing left behind that goes on or waits. */
export function endingsOf({ net, nodes, entries }: Part): { readonly ok: true; readonly endings: readonly Ending[] } | Refusal {
  const endings = new Map<string, Ending>();
  const first: Marking = { due: new Set(entries), waiting: new Map() };
  const seen = new Map([[keyOf(first), first]]);
  const budget = new Budget();
  for (const marking of seen.values()) {
    const ran = [...marking.due];
    for (const arcs of takenTogether(net, ran)) {
      if (arcs === undefined || !budget.spend()) return intricate(ran);
      const next = after(net, marking, arcs);
      if (next.counting.length > 0) return counts(next.counting);
      const goals = [...next.marking.due].filter((id) => !nodes.has(id));
      const left = [...next.marking.due].filter((id) => nodes.has(id));
      if (goals.length > 0 && left.length > 0) return goesOn(arcs, goals, left);
      if (left.length === 0 && next.marking.waiting.size > 0) return waits([...next.marking.waiting.keys()]);
      if (left.length === 0) {
        const ending = { ran, goals, arcs: arcs.filter(({ to }) => goals.includes(to)) };
        endings.set(`${ran.join()}>${ending.arcs.map(({ id }) => id).join()}>${goals.join()}`, ending);
      } else if (!seen.has(keyOf(next.marking))) seen.set(keyOf(next.marking), next.marking);
    }
  }
  return { ok: true, endings: [...endings.values()] };
}

/** An edge that ends the run ends what waits, too. What is taken together with it would go on inside. */
function after(net: Net, { waiting }: Marking, arcs: readonly Arc[]): Pick<ReturnType<typeof arrive>, "counting" | "marking"> {
  if (!arcs.some(({ terminate }) => terminate)) return arrive(net, { due: new Set(), waiting }, arcs);
  const goals = arcs.filter(({ to, terminate }) => terminate || to !== END).map(({ to }) => to);
  return { marking: { due: new Set(goals), waiting: new Map() }, counting: [] };
}

function intricate(nodes: readonly NodeId[]): Refusal {
  return refusal("There are too many ways through these nodes to tell how they end.", "Take fewer nodes.", { nodes });
}

function counts(nodes: readonly NodeId[]): Refusal {
  return refusal(
    `${listed(nodes)} waits for a number of edges: what that comes to depends on what else runs.`,
    "Give it another join, or leave it out.",
    { nodes },
  );
}

function goesOn(arcs: readonly Arc[], goals: readonly NodeId[], left: readonly NodeId[]): Refusal {
  const out = arcs.filter(({ to }) => goals.includes(to));
  return refusal(
    `${listed([...new Set(out.map(({ from }) => from))])} may lead on to ${listed(goals)} while ${listed(left)} still has to run. One node leads on once, when all inside has ended.`,
    `Take ${listed(goals)} along, or let all branches meet in one node first.`,
    { edges: out.map(({ id }) => id), nodes: left },
  );
}

function waits(nodes: readonly NodeId[]): Refusal {
  return refusal(
    `${listed(nodes)} may still wait for another edge when the rest has ended, and would go on waiting in the next turn. A graph of its own starts anew each time.`,
    "Give it the join `any`, or take only nodes that all end together.",
    { nodes },
  );
}
