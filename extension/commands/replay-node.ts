import * as vscode from "vscode";
import { START, type NodeId } from "../../runtime/model/ids.js";
import type { GraphSession } from "../run/graph-session.js";
import { subjectOf } from "./canvas-subject.js";
import { nodeItems } from "./choices.js";
import type { Command, CommandServices } from "./command.js";
import { graphOf } from "./target.js";

/** Has a node run on replay, whatever is recorded of it. */
export const runLive: Command = {
  id: "patchbay.runLive",
  async run(services, ...args) {
    const found = await chosen(services, args, (session) => nodeItems(session).filter(({ id }) => !session.liveNodes.includes(id)));
    if (found !== undefined) found.session.setLive(found.node, true);
  },
};

/** Has recorded results of a node count on replay again. */
export const useRecorded: Command = {
  id: "patchbay.useRecorded",
  async run(services, ...args) {
    const found = await chosen(services, args, (session) => {
      const known = new Map(nodeItems(session).map((item) => [item.id, item]));
      return session.liveNodes.map((id) => known.get(id) ?? { id, label: id });
    });
    if (found !== undefined) found.session.setLive(found.node, false);
  },
};

interface Chosen {
  readonly session: GraphSession;
  readonly node: NodeId;
}

async function chosen(
  services: CommandServices,
  args: readonly unknown[],
  items: (session: GraphSession) => readonly (vscode.QuickPickItem & { readonly id: NodeId })[],
): Promise<Chosen | undefined> {
  const session = await graphOf(services, args[0]);
  if (session === undefined) return undefined;
  const { node } = subjectOf(services, session, args);
  if (node !== undefined && node !== START && session.source.parsed.graph.nodes.has(node)) return { session, node };
  const all = items(session);
  if (all.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is no such node."));
    return undefined;
  }
  const item = await vscode.window.showQuickPick(all, { placeHolder: vscode.l10n.t("Which node?"), matchOnDescription: true });
  return item === undefined ? undefined : { session, node: item.id };
}
