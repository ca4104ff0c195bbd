import * as vscode from "vscode";
import type { Place } from "../../runtime/certify/finding.js";
import type { GraphSession } from "../run/graph-session.js";
import type { CommandServices } from "./command.js";

/** Shows a node or edge on the canvas, and what the canvas does not draw in the text. */
export async function showPlace({ panels }: CommandServices, session: GraphSession, place: Place): Promise<void> {
  const uri = vscode.Uri.parse(session.source.key);
  const { nodes, edges } = session.source.parsed.raw;
  if (place.entity === "node" && (nodes.has(place.id) || place.id.startsWith("@")))
    return panels.reveal(uri, { nodes: [place.id], edges: [] });
  if (place.entity === "edge" && edges.has(place.id)) return panels.reveal(uri, { nodes: [], edges: [place.id] });
  const entry = place.entity === "limits" ? {} : { [place.entity]: place.id };
  await vscode.commands.executeCommand("patchbay.openSource", uri, entry);
}
