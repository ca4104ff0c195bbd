import * as vscode from "vscode";
import { entryAt } from "../editor/entry-at.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Shows a graph's canvas, with the entry at the text cursor selected. */
export const openCanvas: Command = {
  id: "patchbay.openCanvas",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    if (session === undefined) return;
    const editor = vscode.window.activeTextEditor;
    const here = editor?.document.uri.toString() === session.source.key ? editor : undefined;
    const selection = here === undefined ? undefined : entryAt(session.source.parsed, here.document.offsetAt(here.selection.active));
    await services.panels.reveal(vscode.Uri.parse(session.source.key), selection);
  },
};
