// Whether what a node does besides running its graph can be done without the node.
import type { ChannelDef, Graph, SubgraphNode } from "../../model/graph.js";
import { isSameValue } from "../../model/canonical.js";
import { ON_ERROR, type ChannelName } from "../../model/ids.js";
import { usesTogether } from "./part-channels.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** Why the graph of a node cannot take the place of the node; undefined: nothing of the node stands against it. */
export function whyNotInline(outer: Graph, node: SubgraphNode, inner: Graph): Refusal | undefined {
  return policyProblem(node) ?? routeProblem(outer, node, inner);
}

function policyProblem({ id, retry, timeout, fallback, cache, disabled }: SubgraphNode): Refusal | undefined {
  const set = Object.entries({ retry, timeout, fallback, cache, disabled }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (set.length === 0) return undefined;
  return refusal(
    `${listed(set)} of "${id}" is about the graph as a whole: several nodes have no such thing together.`,
    "Remove it first.",
    { nodes: [id] },
  );
}

function routeProblem(outer: Graph, { id }: SubgraphNode, inner: Graph): Refusal | undefined {
  const failing = [...outer.edges.values()].filter(
    ({ from, condition }) => from === id && condition.type === "on" && condition.action === ON_ERROR,
  );
  if (failing.length > 0)
    return refusal(`"${id}" leads elsewhere when anything in its graph fails.`, "Lead from the nodes inside that may fail.", {
      edges: failing.map((edge) => edge.id),
    });
  const ending = [...inner.edges.values()].filter(({ terminate }) => terminate === true);
  if (ending.length === 0) return undefined;
  return refusal(
    `An edge inside ends the run of the graph (${listed(ending.map((edge) => edge.id))}): here it would end the whole run.`,
    "Lead it to the end without `terminate`.",
    {
      nodes: [id],
    },
  );
}

/** The channels that only the inner graph has; or why the others are not the same in both. `but`: one that goes. */
export function ownChannels(
  outer: Graph,
  { id }: SubgraphNode,
  inner: Graph,
  but: ChannelName | undefined,
): { readonly ok: true; readonly own: readonly ChannelName[] } | Refusal {
  const { writes } = usesTogether([...inner.nodes.values()], [...inner.edges.values()]);
  const own: ChannelName[] = [];
  for (const [name, there] of inner.channels) {
    if (name === but) continue;
    const here = outer.channels.get(name);
    if (here === undefined) own.push(name);
    else if (!isShared(here, there)) return differs(id, name);
    else if (there.reducer === "handler" || there.reducer === "ephemeral") {
      if (writes === "all" || writes.has(name)) return differs(id, name);
    }
  }
  return { ok: true, own };
}

/** A channel with a value takes it along; only one without finds the default of the graph inside. */
function isShared(here: ChannelDef, there: ChannelDef): boolean {
  const { reducer, schema, initial } = there;
  return here.reducer === reducer && isSameValue(here.schema, schema) && (initial === undefined || here.initial !== undefined);
}

function differs(node: string, name: ChannelName): Refusal {
  return refusal(
    `Channel "${name}" is not the same here and in the graph of "${node}": schema, reducer and default must fit.`,
    "Make them the same, or call one of them otherwise.",
    {
      nodes: [node],
    },
  );
}
