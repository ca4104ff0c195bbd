// Who uses a channel, as far as the document says.
import { includes, readsOfEdge, usesOf } from "../../runtime/certify/uses.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { handlersOf } from "../../runtime/types/node-type.js";
import { Declarations } from "../../runtime/types/declarations.js";
import { channelType } from "../../runtime/types/channel-type.js";
import { reservedNames } from "../../runtime/types/prelude.js";
import type { ChannelUser, ChannelUsesView } from "../../webview/protocol/channels.js";

/** The nodes and edges that read or write a channel, in the order of the document. */
export function channelUses({ graph }: Pick<ParsedDocument, "graph">, channel: string): ChannelUsesView {
  const readers: ChannelUser[] = [];
  const writers: ChannelUser[] = [];
  const code: string[] = [];
  graph.nodes.forEach((def, id) => {
    const { reads, writes } = usesOf(def);
    const user = { node: id, text: def.label ?? id };
    if (includes(reads, channel)) readers.push({ ...user, perhaps: reads === "all" });
    if (includes(writes, channel)) writers.push({ ...user, perhaps: writes === "all" });
    if (handlersOf(def).length > 0 && (includes(reads, channel) || includes(writes, channel))) code.push(def.label ?? id);
  });
  graph.edges.forEach((edge, id) => {
    if (readsOfEdge(edge).has(channel)) readers.push({ edge: id, text: `${edge.from} → ${edge.to}`, perhaps: false });
  });
  const def = graph.channels.get(channel);
  const declarations = new Declarations(reservedNames);
  const declaration = def === undefined ? [] : [channelType(def, declarations).value, ...declarations.texts];
  return { readers, writers, code, declaration: declaration.join("\n\n").trim() };
}
