import * as vscode from "vscode";
import type { Refusal } from "../../runtime/document/fold/refusal.js";
import type { GraphSession } from "../run/graph-session.js";
import type { CommandServices } from "./command.js";

/** Says why something cannot be done and what helps, and leads to where it is. */
export async function showRefusal(
  { panels }: CommandServices,
  session: GraphSession,
  { reason, next, nodes, edges }: Refusal,
): Promise<void> {
  const show = vscode.l10n.t("Show");
  const places = nodes.length + edges.length > 0 ? [show] : [];
  if ((await vscode.window.showWarningMessage(`${reason} ${next}`, ...places)) === show)
    await panels.reveal(vscode.Uri.parse(session.source.key), { nodes: [...nodes], edges: [...edges] });
}
