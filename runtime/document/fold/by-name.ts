import { usesOf } from "../../certify/uses.js";
import type { Graph, NodeDef } from "../../model/graph.js";
import type { ChannelName, NodeId } from "../../model/ids.js";

/** A node that uses a channel in a way that no edit of the document changes: by code of the user's, or by sharing it with a graph of its own. */
export function userByName(inner: Graph, channel: ChannelName): NodeId | undefined {
  const uses = (def: NodeDef): boolean => {
    const { reads, writes } = usesOf(def);
    return reads === "all" || writes === "all" || (callsCode(def) && (reads.has(channel) || writes.has(channel)));
  };
  return [...inner.nodes.values()].find(uses)?.id;
}

function callsCode(def: NodeDef): boolean {
  return def.kind === "code" || (def.kind === "map" && def.handler !== undefined) || def.fallback?.type === "handler";
}
