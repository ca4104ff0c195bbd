// What may still use a channel of a run, by one plan. Pure.
import type { Frontier } from "../checkpoint/checkpoint.js";
import { START, type ChannelName, type NodeId } from "../model/ids.js";
import type { Plan } from "../plan/plan.js";
import { includes, readsOfEdge, usesOf } from "./uses.js";
import { Ways } from "./ways.js";

/** What may still happen in a run by a plan. */
export interface StillToCome {
  readonly plan: Plan;
  /** Nodes that may run. */
  readonly runs: ReadonlySet<NodeId>;
  /** Nodes whose edges may be asked: those, and the ones that finished last. */
  readonly routes: ReadonlySet<NodeId>;
}

/** By the edges alone (`along`), or with every free choice of handlers (`anywhere`). */
export function stillToCome(plan: Plan, { due, routed, arrivals, overrides = {} }: Frontier, reach: "along" | "anywhere"): StillToCome {
  const ways = Ways.of(plan);
  const finished = routed.map(({ node }) => node);
  const starts = [...due.map(({ node }) => node), ...Object.keys(arrivals), ...Object.values(overrides).flat()];
  const runs = ways[reach]([...starts, ...ways.next(finished)]);
  return { plan, runs, routes: new Set([...runs, ...finished]) };
}

/** A node that may still read a channel, itself or by a condition of its edges. */
export function readerOf({ plan, runs, routes }: StillToCome, name: ChannelName): NodeId | undefined {
  const reads = (node: NodeId): boolean => {
    const program = plan.nodes.get(node);
    return program !== undefined && includes(usesOf(program.def).reads, name);
  };
  return [...runs].find(reads) ?? [...routes].find((node) => isAsked(plan, node, name));
}

/** As `readerOf`, but reading everything is no sign of needing a channel. */
export function namedReaderOf({ plan, runs, routes }: StillToCome, name: ChannelName): NodeId | undefined {
  const readsByName = (node: NodeId): boolean => {
    const program = plan.nodes.get(node);
    if (program === undefined) return false;
    const { reads } = usesOf(program.def);
    return reads !== "all" && reads.has(name);
  };
  return [...runs].find(readsByName) ?? [...routes].find((node) => isAsked(plan, node, name));
}

/** Whether a node that may still run writes a channel. */
export function isStillWritten({ plan, runs }: StillToCome, name: ChannelName): boolean {
  return [...runs].some((node) => {
    const program = plan.nodes.get(node);
    return program !== undefined && includes(usesOf(program.def).writes, name);
  });
}

function isAsked(plan: Plan, node: NodeId, name: ChannelName): boolean {
  const routing = node === START ? plan.start : plan.nodes.get(node)?.routing;
  return routing?.edges.some((edge) => readsOfEdge(edge).has(name)) === true;
}
