// What a node has to say in `in` and `out` so that sharing channels by name, as it does without, comes to the same when one is called otherwise.
//
// 1. `in` fails or gives null where a channel has no value, and a name gives nothing: so each has to have one at any time.
// 2. `out` writes whole values, and a name only what changed: so the whole has to add nothing, nobody may write beside it, and nobody may ask.
import { readsOfEdge, type Uses } from "../../certify/uses.js";
import { isEmpty } from "../../model/is-empty.js";
import type { ChannelDef, Graph, SubgraphNode } from "../../model/graph.js";
import type { ChannelName } from "../../model/ids.js";
import { besideProblem } from "./beside.js";
import { hasAlwaysValue, takesNull, wholeIsParts } from "./channel-values.js";
import { netOf } from "./net.js";
import { channelsAmong, usesTogether } from "./part-channels.js";

type Mapping = Readonly<Record<ChannelName, string>>;

/** The fields that say what is shared; undefined: they cannot. `named`: what a channel here is to be called. */
export function sharingSaid(
  outer: Graph,
  node: SubgraphNode,
  inner: Graph,
  named: (channel: ChannelName) => ChannelName,
): { readonly in?: Mapping; readonly out?: Mapping } | undefined {
  const shared = [...inner.channels.values()].flatMap((there) => {
    const here = outer.channels.get(there.name);
    return here === undefined ? [] : [{ here, there }];
  });
  const given = node.in === undefined ? Object.fromEntries(shared.map(({ here: { name } }) => [name, named(name)])) : undefined;
  if (given !== undefined && !shared.every(({ here, there }) => isGiven(here, there))) return undefined; // invariant 1
  if (node.out !== undefined) return given === undefined ? {} : { in: given };
  const { writes } = usesTogether([...inner.nodes.values()], []);
  const written = channelsAmong(inner, writes).filter((name) => outer.channels.has(name));
  if (!written.every((name) => comesBack(node, name, outer.channels.get(name), inner.channels.get(name)))) return undefined;
  if (!isEmpty(written) && isSeen(outer, node, { reads: new Set(shared.map(({ here }) => here.name)), writes: new Set(written) }))
    return undefined;
  const out = Object.fromEntries(written.map((name) => [named(name), name]));
  return given === undefined ? { out } : { in: given, out };
}

function isGiven(here: ChannelDef, there: ChannelDef): boolean {
  return hasAlwaysValue(here) && (!takesNull(here) || takesNull(there));
}

function comesBack({ in: given }: SubgraphNode, name: ChannelName, here: ChannelDef | undefined, there: ChannelDef | undefined): boolean {
  if (here === undefined || there === undefined) return false;
  const unchanged = given === undefined || given[name]?.trim() === name; // then the whole is what was here
  const lasts = hasAlwaysValue(there) && there.reducer !== "ephemeral";
  return unchanged && lasts && wholeIsParts.has(here.reducer) && (!takesNull(there) || takesNull(here));
}

/** Whether a write that changes nothing is seen: by who writes beside it, or asks what was written. */
function isSeen(graph: Graph, node: SubgraphNode, uses: Uses): boolean {
  const asked = [...graph.edges.values()].some((edge) => edge.from === node.id && readsOfEdge(edge).has("output"));
  const standing = { graph, net: netOf(graph), node: node.id, uses, defers: false }; // what waits inside stays inside
  return asked || besideProblem(standing) !== undefined;
}
