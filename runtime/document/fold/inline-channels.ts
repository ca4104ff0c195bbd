// What the channels of a graph become where its nodes take the place of the node that ran it.
//
// 1. An inner channel is an outer one where both are always the same to whoever reads them; else it comes along as one of its own, which is given
//    its first value in front of the nodes, and given back behind them.
// 2. Code of the user's says channels by their names: what it uses is called here as it was there.
import type { Graph, SubgraphNode } from "../../model/graph.js";
import { freeId, type ChannelName, type NodeId } from "../../model/ids.js";
import type { JsonObject } from "../../model/json.js";
import { reservedForChannels } from "../reserved-names.js";
import { userByName } from "./by-name.js";
import { ownChannels } from "./inline-fit.js";
import { MappedChannels } from "./inline-mapping.js";
import { afterwards, firstValues, unsaid } from "./inline-values.js";
import type { NewNames } from "./rename-all.js";
import { refusal, type Refusal } from "./refusal.js";
import { mayRunAgain, resetsOf, type Running } from "./resets.js";

/** The channels of a graph, as they are here. */
export interface InlinedChannels {
  readonly ok: true;
  /** All of them, by their names inside, with their names here. */
  readonly names: NewNames;
  /** Those that come, by their names inside, with the fields that are others here; null: none. */
  readonly own: ReadonlyMap<ChannelName, JsonObject>;
  /** What is written in front of the nodes, and behind them: expressions by the channels here. */
  readonly begin: Readonly<Record<ChannelName, string>>;
  readonly after: Readonly<Record<ChannelName, string>>;
}

/** Whether a node says what goes in or comes out. */
export function isMapped(node: SubgraphNode): boolean {
  return node.in !== undefined || node.out !== undefined;
}

/** What the channels become; `but`: one that goes. */
export function channelsInlined(outer: Graph, node: SubgraphNode, inner: Graph, but: ChannelName | undefined): InlinedChannels | Refusal {
  const running = { node, inner, again: mayRunAgain(outer, node.id) };
  const channels = isMapped(node) ? mapped(outer, running) : sharedByName(outer, running, but);
  return channels.ok ? (nestedProblem(outer, node, inner, channels) ?? channels) : channels;
}

function sharedByName(outer: Graph, running: Running, but: ChannelName | undefined): InlinedChannels | Refusal {
  const { node, inner } = running;
  const shared = ownChannels(outer, node, inner, but);
  if (!shared.ok) return shared;
  const resets = resetsOf(running, shared.own);
  if (!resets.ok) return resets;
  const names = new Map(Array.from(inner.channels.keys(), (name) => [name, name] as const));
  return { ok: true, names, own: new Map(shared.own.map((name) => [name, {}] as const)), begin: resets.set, after: {} };
}

function mapped(outer: Graph, running: Running): InlinedChannels | Refusal {
  const { node, inner } = running;
  const mapping = new MappedChannels(outer, node, inner);
  const lost = mapping.unreturned();
  if (lost !== undefined) return unsaid(node.id, lost.name, "out");
  const same = mapping.counterparts();
  const names = namesHere(outer, inner, same);
  if ("ok" in names) return { ...names, nodes: [node.id] };
  const passing = { ...running, outer, mapping };
  const first = firstValues(
    passing,
    [...inner.channels.keys()].filter((name) => !same.has(name)),
  );
  if (!first.ok) return first;
  const after = afterwards(passing, { same, names });
  if (!after.ok) return after;
  const begin = Object.fromEntries(Object.entries(first.set).map(([name, value]) => [names.get(name) ?? name, value]));
  return { ok: true, names, own: first.own, begin, after: after.set };
}

/** What all channels are called here: as there, where the name is free. */
function namesHere(outer: Graph, inner: Graph, same: NewNames): NewNames | Refusal {
  const names = new Map(same);
  const taken = new Set([...outer.channels.keys(), ...inner.channels.keys()]);
  for (const name of inner.channels.keys()) {
    if (same.has(name)) continue;
    if (!outer.channels.has(name)) {
      names.set(name, name);
      continue;
    }
    const by = userByName(inner, name);
    if (by !== undefined) return calledOtherwise(by, name);
    const free = freeId(name, (id) => taken.has(id) || reservedForChannels(id) !== undefined);
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

/** A graph inside that shares channels by name would share what is called so here. */
function nestedProblem(outer: Graph, { id }: SubgraphNode, inner: Graph, { names }: InlinedChannels): Refusal | undefined {
  const nested = [...inner.nodes.values()].find(
    (def) =>
      (def.kind === "subgraph" && (def.in === undefined || def.out === undefined)) ||
      (def.kind === "map" && def.graph !== undefined && def.in === undefined),
  );
  if (nested === undefined) return undefined;
  const other = [...outer.channels.keys()].find((name) => names.get(name) !== name);
  if (other === undefined) return undefined;
  return refusal(
    `"${nested.id}" inside shares channels with a graph of its own by their names: here it would find "${other}", too.`,
    `Say in \`in\` and \`out\` of "${nested.id}" what is passed.`,
    { nodes: [id] },
  );
}

function calledOtherwise(user: NodeId, channel: ChannelName): Refusal {
  return refusal(
    `"${user}" inside uses channel "${channel}" by its name, and here "${channel}" is another channel.`,
    `Call one of them otherwise, or say in \`reads\` and \`writes\` of "${user}" which channels its handler uses.`,
  );
}
