import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { inline, type Inlined } from "../../runtime/document/fold/inline.js";
import { refusal, type Refusal } from "../../runtime/document/fold/refusal.js";
import type { ParsedDocument } from "../../runtime/document/parsed-document.js";
import { rebased } from "./ask-for-graph-file.js";
import { nodeNamed } from "./canvas-subject.js";
import type { Command, CommandServices } from "./command.js";
import { showRefusal } from "./show-refusal.js";
import { graphOf } from "./target.js";

/** Puts the nodes of a graph in the place of the node that runs it. The file stays: other graphs may run it. */
export const inlineSubgraph: Command = {
  id: "patchbay.inlineSubgraph",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    const directory = session?.source.directory;
    const document = session === undefined ? undefined : services.sessions.documentOf(session);
    if (session === undefined || directory === undefined || document === undefined) return;
    const node = nodeNamed(services, session, args) ?? "";
    let outcome: Inlined | Refusal | undefined;
    const reply = await services.edits.applyMaking(document, (parsed) => {
      outcome = inlined(services, parsed, { node, directory });
      return outcome.ok ? outcome : { ok: false, code: "EDIT_REFUSED", message: outcome.reason };
    });
    if (outcome?.ok === false) return showRefusal(services, session, outcome);
    if (!reply.ok) return void vscode.window.showWarningMessage(reply.message);
    if (outcome !== undefined) services.panels.find(document.key)?.bridge.reveal({ nodes: [...outcome.nodes], edges: [] });
  },
};

interface Subject {
  readonly node: string;
  readonly directory: string;
}

function inlined({ look }: CommandServices, parsed: ParsedDocument, { node, directory }: Subject): Inlined | Refusal {
  const path = parsed.raw.nodes.get(node)?.["graph"];
  if (typeof path !== "string") return refusal("No node is selected that runs a graph.", "Select a subgraph node.");
  const file = join(directory, path);
  const found = look(directory, file);
  if (found.found !== "file")
    return refusal(`There is no graph "${path}" in this workspace.`, "Correct the path of the node.", { nodes: [node] });
  return inline(parsed, node, found.document, rebased(dirname(file), directory));
}
