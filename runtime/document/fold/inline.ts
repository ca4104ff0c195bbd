// A node that runs another graph gives way to the nodes of that graph: the way back from a fold, with the same promise.
//
// 1. What a run comes to stays what it was, or it is refused with the reason.
// 2. The other document stays as it is: other graphs may run it.
import { usesOf, type Channels, type Uses } from "../../certify/uses.js";
import { usesGraph, type Graph, type SubgraphNode } from "../../model/graph.js";
import type { NodeId } from "../../model/ids.js";
import { isEmpty } from "../../model/is-empty.js";
import { editDocument } from "../edit.js";
import type { Intent } from "../intent.js";
import { parseDocument } from "../parse.js";
import type { ParsedDocument } from "../parsed-document.js";
import { applyEdits } from "../text.js";
import { besideProblem } from "./beside.js";
import { InlineDraft } from "./inline-draft.js";
import { endsOf } from "./inline-ends.js";
import { channelsInlined, isMapped } from "./inline-channels.js";
import { whyNotInline } from "./inline-fit.js";
import { netOf } from "./net.js";
import { runProblem, usesTogether } from "./part-channels.js";
import type { Rebase } from "./paths.js";
import { refusal, unsound, type Refusal } from "./refusal.js";
import { renamedAll } from "./rename-all.js";

/** The nodes of another graph in place of one that ran it. */
export interface Inlined {
  readonly ok: true;
  readonly intents: readonly Intent[];
  /** The nodes that came. */
  readonly nodes: readonly NodeId[];
}

/** Puts the nodes of a graph in the place of a node that runs it. `rebase`: what that document names by a path, as this one has to. */
export function inline(parsed: ParsedDocument, id: NodeId, inside: ParsedDocument, rebase: Rebase): Inlined | Refusal {
  const broken = unsound(parsed) ?? unsound(inside);
  if (broken !== undefined) return broken;
  const [outer, inner] = [parsed.graph, inside.graph];
  const node = outer.nodes.get(id);
  if (node === undefined || node.kind !== "subgraph") return notSubgraph(id, node !== undefined && usesGraph(node));
  const unfit =
    whyNotInline(outer, node, inner) ??
    runProblem([...outer.nodes.values(), ...inner.nodes.values()], [...outer.edges.values(), ...inner.edges.values()]);
  if (unfit !== undefined) return unfit;
  const out = [...outer.edges.values()].filter(({ from }) => from === id);
  const mapped = isMapped(node) ? channelsInlined(outer, node, inner, undefined) : undefined;
  if (mapped?.ok === false) return mapped;
  const ends = endsOf(inner, out, { byName: mapped === undefined, behind: mapped !== undefined && !isEmpty(mapped.after) });
  if (!ends.ok) return { ...ends, nodes: [id], edges: [] }; // what is said of the inside is shown here at the node
  const channels = mapped ?? channelsInlined(outer, node, inner, ends.by === "channel" ? ends.channel : undefined);
  if (!channels.ok) return channels;
  const renamed = renamedAll(inside, channels.names);
  if ("ok" in renamed) return { ...renamed, nodes: [id] };
  const defers = [...inner.nodes.values()].some(({ join }) => join === "deferred");
  const beside = besideProblem({ graph: outer, net: netOf(outer), node: id, uses: usesHere(node, renamed.graph), defers });
  if (beside !== undefined) return beside;
  const draft = InlineDraft.of(parsed, { node, inside: renamed, ends, channels, rebase });
  if ("ok" in draft) return draft;
  const { intents, nodes } = draft;
  const edited = editDocument(parsed, intents);
  if (!edited.ok) return refusal(edited.message, "Correct the text first.");
  const wrong = unsound(parseDocument(applyEdits(parsed.text, edited.edits)));
  return wrong === undefined ? { ok: true, intents, nodes } : { ...wrong, nodes: [id], edges: [] };
}

/** What the nodes of a graph use here: handlers know no other channels than those of their own graph. */
function usesHere(node: SubgraphNode, inner: Graph): Uses {
  const { reads, writes } = usesTogether([...inner.nodes.values()], [...inner.edges.values()]);
  if (!isMapped(node)) return { reads, writes };
  const own = usesOf(node);
  const all = new Set(inner.channels.keys());
  const together = (...each: readonly Channels[]): Channels =>
    new Set(each.flatMap((channels) => [...(channels === "all" ? all : channels)]));
  return { reads: together(reads, own.reads), writes: together(writes, own.writes) };
}

function notSubgraph(id: NodeId, runsItems: boolean): Refusal {
  if (runsItems)
    return refusal(`"${id}" runs its graph for each item of a list: nodes run once.`, "Open the graph instead.", { nodes: [id] });
  return refusal(`"${id}" runs no graph of its own.`, "Choose a subgraph node.", { nodes: [id] });
}
