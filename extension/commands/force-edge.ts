import * as vscode from "vscode";
import type { EdgeId } from "../../runtime/model/ids.js";
import type { GraphSession } from "../run/graph-session.js";
import { subjectOf } from "./canvas-subject.js";
import { edgeItems } from "./choices.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Takes an edge next, and no other of its node: the one clicked or selected, else one chosen from a list. */
export const forceEdge: Command = {
  id: "patchbay.forceEdge",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    if (session === undefined) return;
    session.halted(); // says so before anything is asked
    const edge = subjectOf(services, session, args).edge ?? (await chooseEdge(session));
    if (edge !== undefined) session.force(edge);
  },
};

async function chooseEdge(session: GraphSession): Promise<EdgeId | undefined> {
  const placeHolder = vscode.l10n.t("Which edge is to be taken next?");
  return (await vscode.window.showQuickPick(edgeItems(session), { placeHolder, matchOnDescription: true }))?.id;
}
