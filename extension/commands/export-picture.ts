import { basename } from "node:path";
import * as vscode from "vscode";
import { drawingOf } from "../../runtime/picture/drawing.js";
import { mermaidOf } from "../../runtime/picture/mermaid.js";
import { svgOf } from "../../runtime/picture/svg.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Writes a graph as a picture: SVG, or a Mermaid flowchart, by the name of the file that the person chooses. */
export const exportPicture: Command = {
  id: "patchbay.exportPicture",
  async run(services, named) {
    const session = await graphOf(services, named);
    const document = session === undefined ? undefined : services.sessions.documentOf(session);
    if (document === undefined) return;
    const name = basename(document.uri.path).replace(/\.patchbay\.json$/, "");
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(document.uri, "..", `${name}.svg`),
      filters: { SVG: ["svg"], Mermaid: ["mmd"] },
      title: vscode.l10n.t("Export Picture"),
    });
    if (target === undefined) return;
    const drawing = drawingOf(document.parsed, name);
    const text = /\.(?:mmd|mermaid|md)$/.test(target.path) ? mermaidOf(drawing) : svgOf(drawing);
    await vscode.workspace.fs.writeFile(target, Buffer.from(text));
  },
};
