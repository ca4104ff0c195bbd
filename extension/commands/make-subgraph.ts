import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import { fold, type Folded } from "../../runtime/document/fold/fold.js";
import type { FoldTarget } from "../../runtime/document/fold/fold-draft.js";
import type { Refusal } from "../../runtime/document/fold/refusal.js";
import { END, START, type NodeId } from "../../runtime/model/ids.js";
import { pathFrom } from "../editor/file-names.js";
import { stemOf, VIEW_TYPE } from "../editor/graph-uri.js";
import type { GraphSession } from "../run/graph-session.js";
import { askForGraphFile, rebased } from "./ask-for-graph-file.js";
import { nodesOf } from "./canvas-subject.js";
import type { Command, CommandServices } from "./command.js";
import { showRefusal } from "./show-refusal.js";
import { graphOf } from "./target.js";

/** Makes a graph of its own of the selected nodes, with one node in their place. */
export const makeSubgraph: Command = {
  id: "patchbay.makeSubgraph",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    const directory = session?.source.directory;
    if (session === undefined || directory === undefined) return;
    const nodes = nodesOf(services, session, args).filter((id) => id !== START && id !== END);
    const title = titleOf(session, nodes);
    // What cannot be done is said before anybody has thought of a name for it.
    const possible = fold(session.source.parsed, nodes, { path: "./graph.patchbay.json", title, rebase: (path) => path });
    if (!possible.ok) return showRefusal(services, session, possible);
    const file = await askForGraphFile(directory, title);
    if (file !== undefined) await make(services, session, { nodes, directory, file });
  },
};

interface Making {
  readonly nodes: readonly NodeId[];
  readonly directory: string;
  readonly file: string;
}

async function make(services: CommandServices, session: GraphSession, { nodes, directory, file }: Making): Promise<void> {
  const document = services.sessions.documentOf(session);
  if (document === undefined) return;
  const target = targetOf(directory, file);
  let refused: Refusal | undefined;
  let made: Folded | undefined;
  const reply = await services.edits.applyMaking(document, (parsed) => {
    const outcome = fold(parsed, nodes, target);
    if (!outcome.ok) {
      refused = outcome;
      return { ok: false, code: "EDIT_REFUSED", message: outcome.reason };
    }
    made = outcome;
    return { ok: true, intents: outcome.intents, create: { uri: vscode.Uri.file(file), text: outcome.text } };
  });
  if (refused !== undefined) return showRefusal(services, session, refused);
  if (!reply.ok) return void vscode.window.showWarningMessage(reply.message);
  if (made === undefined) return;
  services.panels.find(document.key)?.bridge.reveal({ nodes: [made.node], edges: [] });
  const moved = made.intents.flatMap((intent) => (intent.type === "node/remove" ? intent.ids : []));
  await offerToOpen(moved.length, file);
}

async function offerToOpen(count: number, file: string): Promise<void> {
  const open = vscode.l10n.t("Open");
  const name = vscode.workspace.asRelativePath(file);
  const message =
    count === 1 ? vscode.l10n.t("One node is now the graph {0}.", name) : vscode.l10n.t("{0} nodes are now the graph {1}.", count, name);
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(file), VIEW_TYPE);
}

function targetOf(directory: string, file: string): FoldTarget {
  return {
    path: pathFrom(directory, file),
    title: titleFrom(file),
    rebase: rebased(directory, dirname(file)),
  };
}

/** What a graph of these nodes may be called: after their group, or the first of them. */
function titleOf({ source }: GraphSession, nodes: readonly NodeId[]): string {
  const { raw } = source.parsed;
  const [first] = [...raw.groups, ...raw.nodes].filter(([id]) => nodes.includes(id));
  const label = first?.[1]["label"];
  return typeof label === "string" ? label : (first?.[0] ?? "");
}

function titleFrom(file: string): string {
  const words = stemOf(basename(file)).replaceAll(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
