import type { ChannelDef, Graph, NodeDef } from "../../runtime/model/graph.js";
import type { ChannelName } from "../../runtime/model/ids.js";

/**
 * The channels that only an input can give a value: they have a schema and no default, and no node writes them. None where a node may write
 * all channels, as handlers do that do not name theirs.
 */
export function inputChannels({ channels, nodes }: Pick<Graph, "channels" | "nodes">): readonly ChannelDef[] {
  const written = new Set<ChannelName>();
  for (const node of nodes.values()) {
    const names = writesOf(node);
    if (names === undefined) return [];
    for (const name of names) written.add(name);
  }
  return [...channels.values()].filter(
    ({ name, schema, reducer, initial }) =>
      Object.keys(schema).length > 0 && initial === undefined && (reducer === "last" || reducer === "latest") && !written.has(name),
  );
}

/** The channels that a node may write; undefined: all. */
function writesOf(node: NodeDef): readonly ChannelName[] | undefined {
  switch (node.kind) {
    case "code":
      return node.writes;
    case "expression":
      return Object.keys(node.set);
    case "subgraph":
      return node.out === undefined ? undefined : Object.keys(node.out);
    case "barrier":
    case "http":
    case "map":
      return node.output === undefined ? [] : [node.output];
  }
}
