import * as v from "valibot";
import * as vscode from "vscode";
import type { Selection } from "../bridge/bridge.js";
import { channelRange, rangeOf } from "../editor/entry-at.js";
import type { Command, CommandServices } from "./command.js";
import { graphOf } from "./target.js";

const named = v.object({ node: v.optional(v.string()), edge: v.optional(v.string()), channel: v.optional(v.string()) });

/** Opens the text of a graph beside its canvas, at the entry named or selected. */
export const openSource: Command = {
  id: "patchbay.openSource",
  async run(services, uri, entry) {
    const session = await graphOf(services, uri);
    if (session === undefined) return;
    const text = await vscode.workspace.openTextDocument(vscode.Uri.parse(session.source.key));
    const { parsed, key } = session.source;
    const asked = v.safeParse(named, entry);
    const channel = asked.success ? asked.output.channel : undefined;
    const place = channel === undefined ? rangeOf(parsed, selectionOf(services, key, asked)) : channelRange(parsed, channel);
    await vscode.window.showTextDocument(text, {
      viewColumn: columnOf(text),
      ...(place === undefined ? {} : { selection: new vscode.Range(text.positionAt(place.start), text.positionAt(place.end)) }),
    });
  },
};

function selectionOf({ panels }: CommandServices, key: string, entry: v.SafeParseResult<typeof named>): Selection {
  const { node, edge } = entry.success ? entry.output : {};
  if (node !== undefined) return { nodes: [node], edges: [] };
  if (edge !== undefined) return { nodes: [], edges: [edge] };
  return panels.find(key)?.selection ?? { nodes: [], edges: [] };
}

/** Where the text is open already, else beside. */
function columnOf(text: vscode.TextDocument): vscode.ViewColumn {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === text);
  return shown?.viewColumn ?? vscode.ViewColumn.Beside;
}
