import * as vscode from "vscode";
import type { NodeId } from "../../runtime/model/ids.js";
import { forcedEdges } from "../bridge/project-run.js";
import type { GraphSession } from "../run/graph-session.js";
import { subjectOf } from "./canvas-subject.js";
import { edgeItems } from "./choices.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Takes back that an edge is taken next: the one clicked or selected, the only one, or one chosen from a list. */
export const releaseEdge: Command = {
  id: "patchbay.releaseEdge",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    if (session === undefined) return;
    const forced = Object.entries(forcedEdges(session.halted().frontier));
    if (forced.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("No edge of this run is forced."));
      return;
    }
    const { node, edge } = subjectOf(services, session, args);
    const meant = forced.find(([from, id]) => from === node || id === edge) ?? (forced.length === 1 ? forced[0] : undefined);
    const freed = meant?.[0] ?? (await chooseForced(session, forced));
    if (freed !== undefined) session.release(freed);
  },
};

async function chooseForced(session: GraphSession, forced: readonly (readonly [NodeId, string])[]): Promise<NodeId | undefined> {
  const items = edgeItems(session).filter(({ id }) => forced.some(([, edge]) => edge === id));
  const choice = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which edge is to be released?") });
  return forced.find(([, edge]) => edge === choice?.id)?.[0];
}
