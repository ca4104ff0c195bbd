import { readsOfEdge, usesOf, type Channels, type Uses } from "../../certify/uses.js";
import type { EdgeDef, Graph, NodeDef } from "../../model/graph.js";
import type { ChannelName } from "../../model/ids.js";
import { listed, refusal, type Refusal } from "./refusal.js";

/** What nodes and edges read and write together. */
export function usesTogether(nodes: readonly NodeDef[], edges: readonly EdgeDef[]): Uses {
  let reads: Channels = new Set(edges.flatMap((edge) => [...readsOfEdge(edge)]));
  let writes: Channels = new Set();
  for (const def of nodes) {
    const uses = usesOf(def);
    reads = reads === "all" || uses.reads === "all" ? "all" : new Set([...reads, ...uses.reads]);
    writes = writes === "all" || uses.writes === "all" ? "all" : new Set([...writes, ...uses.writes]);
  }
  return { reads, writes };
}

/** The channels among these, in the order of the document. */
export function channelsAmong(graph: Graph, ...of: readonly Channels[]): readonly ChannelName[] {
  return [...graph.channels.keys()].filter((name) => of.some((channels) => channels === "all" || channels.has(name)));
}

/** Why channels that are written cannot be shared by name; undefined: they can. */
export function sharingProblem(graph: Graph, nodes: readonly NodeDef[], writes: Channels): Refusal | undefined {
  const written = channelsAmong(graph, writes).flatMap((name) => graph.channels.get(name) ?? []);
  const own = written.filter(({ reducer }) => reducer === "handler").map(({ name }) => name);
  if (own.length > 0) return folded(nodes, own);
  const passing = written.filter(({ reducer }) => reducer === "ephemeral").map(({ name }) => name);
  return passing.length > 0 ? passes(nodes, passing) : undefined;
}

function writersOf(nodes: readonly NodeDef[], names: readonly ChannelName[]): readonly string[] {
  return nodes
    .filter((def) => {
      const { writes } = usesOf(def);
      return writes === "all" || names.some((name) => writes.has(name));
    })
    .map(({ id }) => id);
}

function folded(nodes: readonly NodeDef[], names: readonly ChannelName[]): Refusal {
  return refusal(
    `${listed(names)} is folded by a reducer of your own: what was added to it inside cannot be told from what was there.`,
    "Leave out the nodes that write it, or say in `writes` that their handlers do not.",
    { nodes: writersOf(nodes, names) },
  );
}

function passes(nodes: readonly NodeDef[], names: readonly ChannelName[]): Refusal {
  return refusal(
    `${listed(names)} is gone one superstep after it was written: that would be another superstep outside.`,
    "Leave out the nodes that write it, or say in `writes` that their handlers do not.",
    { nodes: writersOf(nodes, names) },
  );
}

/** Why the number of a superstep or the id of a run counts here; undefined: it does not. */
export function runProblem(nodes: Iterable<NodeDef>, edges: Iterable<EdgeDef>): Refusal | undefined {
  const asking = [...nodes].filter((def) => {
    const { reads } = usesOf(def);
    return reads !== "all" && reads.has("run");
  });
  const asked = [...edges].filter((edge) => readsOfEdge(edge).has("run"));
  if (asking.length + asked.length === 0) return undefined;
  return refusal(
    "Expressions here ask for `run`: the id of the run and the number of the superstep would be others.",
    "Use a channel that nodes count in.",
    { nodes: asking.map(({ id }) => id), edges: asked.map(({ id }) => id) },
  );
}
