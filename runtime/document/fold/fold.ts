// Some nodes of a graph become a graph of their own, run by one node in their place.
//
// 1. What a run comes to stays what it was, or the fold is refused with the reason. What handlers choose while they run (`goto`, `send`) and
//    what people do to a run cannot be seen here.
import { END, START, type NodeId } from "../../model/ids.js";
import { editDocument } from "../edit.js";
import type { Intent } from "../intent.js";
import { parseDocument } from "../parse.js";
import type { ParsedDocument } from "../parsed-document.js";
import { applyEdits } from "../text.js";
import { besideProblem } from "./beside.js";
import { enteringOf } from "./entering.js";
import { FoldDraft, type FoldTarget } from "./fold-draft.js";
import { leavingOf, outcomesOfLeaving } from "./leaving.js";
import { netOf, withOutcomes } from "./net.js";
import { runProblem, sharingProblem, usesTogether } from "./part-channels.js";
import { listed, refusal, unsound, type Refusal } from "./refusal.js";

/** A fold that keeps what runs come to. */
export interface Folded {
  readonly ok: true;
  /** The new document. */
  readonly text: string;
  /** What becomes of the document that it is taken from. */
  readonly intents: readonly Intent[];
  /** The node that runs the new graph. */
  readonly node: NodeId;
}

/** Folds what is selected of a document: nodes, and those in groups. `@start`, `@end` and notes stay where they are. */
export function fold(parsed: ParsedDocument, selected: Iterable<NodeId>, target: FoldTarget): Folded | Refusal {
  const { graph } = parsed;
  const wanted = nodesAmong(parsed, selected);
  const part = new Set([...graph.nodes.keys()].filter((id) => wanted.has(id)));
  const nodes = [...part].flatMap((id) => graph.nodes.get(id) ?? []);
  const edges = [...graph.edges.values()].filter(({ from }) => part.has(from));
  const uses = usesTogether(nodes, edges);
  const unfit =
    whyNotFoldable(parsed, wanted) ?? runProblem(graph.nodes.values(), graph.edges.values()) ?? sharingProblem(graph, nodes, uses.writes);
  if (unfit !== undefined) return unfit;
  const net = netOf(graph);
  const entering = enteringOf(graph, part);
  if (!entering.ok) return entering;
  const leaving = leavingOf(graph, net, part, entering.entries);
  if (!leaving.ok) return leaving;
  const draft = new FoldDraft(parsed, { part, uses, entering, leaving, target });
  const { node, text, intents } = draft;
  const edited = editDocument(parsed, intents);
  if (!edited.ok) return refusal(edited.message, "Correct the text first.");
  const outer = parseDocument(applyEdits(parsed.text, edited.edits));
  const broken = unsound(parseDocument(text)) ?? unsound(outer);
  if (broken !== undefined) return broken;
  const beside = besideProblem({
    graph: outer.graph,
    net: withOutcomes(netOf(outer.graph), node, outcomesOfLeaving(leaving, net)),
    node,
    uses,
    defers: nodes.some(({ id, join }) => join === "deferred" && !entering.entries.includes(id)), // an entry's join is its node's
  });
  return beside ?? { ok: true, text, intents, node };
}

/** The nodes that are selected, by themselves or with their group. */
function nodesAmong({ graph }: ParsedDocument, selected: Iterable<NodeId>): ReadonlySet<NodeId> {
  const all = [...selected].flatMap((id) => graph.groups.get(id)?.nodes ?? id);
  return new Set(all.filter((id) => id !== START && id !== END && !graph.notes.has(id)));
}

function whyNotFoldable(parsed: ParsedDocument, wanted: ReadonlySet<NodeId>): Refusal | undefined {
  if (parsed.readOnly) return refusal("This graph has a newer format and is read-only.", "Update Patchbay to edit it.");
  if (wanted.size === 0) return refusal("Nothing is selected that could become a graph.", "Select the nodes to fold.");
  const gone = [...wanted].filter((id) => !parsed.raw.nodes.has(id));
  if (gone.length > 0) return refusal(`The graph has no ${listed(gone)} any more.`, "Select the nodes anew.");
  return unsound(parsed);
}
