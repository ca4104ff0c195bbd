import { resolve } from "node:path";
import { editDocument } from "../document/edit.js";
import { applyEdits } from "../document/text.js";
import { PatchbayError } from "../errors.js";
import { documentLayout, layoutIntents, type LayoutScope } from "../layout/document-layout.js";
import { layOutInThread } from "../platform/layout-thread/lay-out-in-thread.js";
import { firstOperand, type Arguments } from "./arguments.js";
import { common, type Command } from "./command.js";
import { exit } from "./exit.js";
import { readGraph, type GraphFile } from "./graph-file.js";
import type { CliIo } from "./io.js";
import { orientationOf, orientationOption } from "./orientation-option.js";
import { counted } from "./lists.js";
import { writeTextFile } from "./text-file.js";

/** `patchbay layout GRAPH [--select NODE]… [--keep]` */
export const layout: Command = {
  name: "layout",
  summary: "Give the nodes of a graph their places, in layers along the way it runs, and write them into its file.",
  operands: ["GRAPH"],
  options: {
    select: { value: "NODE", multiple: true, help: "Lay out this node, and others that are named so; the rest stays where it is." },
    keep: { help: "Lay out only the nodes that have no place in the graph yet." },
    orientation: orientationOption,
    output: { value: "FILE", help: "Write the graph to this file. Default: GRAPH." },
    json: common.json,
  },
  notes: "Only the `layout` of the graph is changed. @start stays where it is, so that laying out twice changes nothing the second time.",
  async run(given, io) {
    const graph = readGraph(firstOperand(given), io);
    if (graph.document.readOnly) throw new PatchbayError("DOCUMENT_NEWER", `${graph.given} is of a newer format.`);
    const moved = await movedNodes(graph, given, io);
    if (moved === undefined) return exit.cancelled;
    const output = given.value("output") ?? graph.given;
    writeTextFile(resolve(io.cwd, output), output, moved.text);
    if (given.has("json")) io.out(`${JSON.stringify({ placed: moved.nodes })}\n`);
    else
      io.out(
        moved.nodes.length === 0
          ? `${output}: every node has its place already.\n`
          : `${output}: ${counted(moved.nodes.length, "node")} placed.\n`,
      );
    return exit.ok;
  },
};

interface Moved {
  readonly nodes: readonly string[];
  readonly text: string;
}

/** The graph's text with the new places; undefined where that was interrupted. */
async function movedNodes({ document, given: name }: GraphFile, given: Arguments, io: CliIo): Promise<Moved | undefined> {
  const wanted = documentLayout(document, scopeOf(document, given), orientationOf(given));
  if (wanted === undefined) return { nodes: [], text: document.text };
  const interrupted = new AbortController();
  const release = io.onInterrupt(() => interrupted.abort());
  const places = await layOutInThread(io.layoutEntry, wanted.request, interrupted.signal).finally(release);
  if (places === undefined) return undefined;
  const intents = layoutIntents(document, wanted, places);
  const edited = editDocument(document, intents);
  if (!edited.ok) throw new PatchbayError("USAGE", `The places cannot be written into ${name}: ${edited.message}`);
  return {
    nodes: intents.flatMap((intent) => (intent.type === "node/move" ? Object.keys(intent.positions) : [])),
    text: applyEdits(document.text, edited.edits),
  };
}

function scopeOf({ raw }: GraphFile["document"], given: Arguments): LayoutScope {
  const nodes = given.values("select");
  if (given.has("keep")) {
    if (nodes.length > 0)
      throw new PatchbayError("USAGE", "--keep places what has no place yet, --select what is named: give one of the two.");
    return "new";
  }
  const unknown = nodes.find((id) => !raw.nodes.has(id) && id !== "@start" && id !== "@end");
  if (unknown !== undefined) throw new PatchbayError("USAGE", `--select ${unknown}: the graph has no such node.`);
  return nodes.length === 0 ? "all" : { nodes };
}
