import type { ChannelDef, Graph, SubgraphNode } from "../../model/graph.js";
import type { ChannelName, NodeId } from "../../model/ids.js";
import { reached } from "./marking.js";
import { netOf } from "./net.js";
import { channelsAmong, usesTogether } from "./part-channels.js";
import { refusal, type Refusal } from "./refusal.js";

/** A node that runs a graph. */
export interface Running {
  readonly node: SubgraphNode;
  readonly inner: Graph;
  /** Whether it may do so more than once in a run. */
  readonly again: boolean;
}

/**
 * What has to be written at the beginning so that channels which only the inner graph had begin anew each time, as they did in there; or
 * why they cannot. Nothing, where the node runs once.
 */
export function resetsOf(
  { node, inner, again }: Running,
  own: readonly ChannelName[],
): { readonly ok: true; readonly set: Readonly<Record<ChannelName, string>> } | Refusal {
  if (!again) return { ok: true, set: {} };
  const { writes } = usesTogether([...inner.nodes.values()], []);
  const written = channelsAmong(inner, writes).filter((name) => own.includes(name));
  const set: Record<string, string> = {};
  for (const channel of written.flatMap((name) => inner.channels.get(name) ?? [])) {
    const start = startOf(channel);
    if (start === undefined) return cannotReset(node.id, channel.name);
    set[channel.name] = start;
  }
  return { ok: true, set };
}

/** The expression of what a channel begins with; undefined: no write takes it back there. */
function startOf({ reducer, initial, schema }: ChannelDef): string | undefined {
  if (reducer !== "last" && reducer !== "latest") return undefined;
  if (initial !== undefined) return JSON.stringify(initial);
  return schema["type"] === undefined ? "null" : undefined;
}

/** Whether a node may run more than once in a run; so it may where there are too many ways to tell. */
export function mayRunAgain(graph: Graph, node: NodeId): boolean {
  for (const each of reached(netOf(graph), node)) if (each === undefined || (each.ran && each.marking.due.has(node))) return true;
  return false;
}

function cannotReset(node: NodeId, channel: ChannelName): Refusal {
  return refusal(
    `"${node}" may run several times, and channel "${channel}" of its graph begins anew each time: here it would go on.`,
    "Give it a default and the reducer `last`, or declare it here, too.",
    { nodes: [node] },
  );
}
