import { basename } from "node:path";
import * as vscode from "vscode";
import { drawingOf, type Drawing } from "../../runtime/picture/drawing.js";
import { mermaidOf } from "../../runtime/picture/mermaid.js";
import { partOf } from "../../runtime/picture/part.js";
import { pixelsOf } from "../../runtime/picture/pixels.js";
import { pictureOf, svgOf } from "../../runtime/picture/svg.js";
import { orientation } from "../editor/orientation.js";
import type { Command, CommandServices } from "./command.js";
import { askExtent, askFormat, schemeOfTheme, type PictureFormat } from "./picture-choices.js";
import { graphOf } from "./target.js";

/** Writes a graph, or what is selected of it, as a picture: PNG, SVG, or a Mermaid flowchart. */
export const exportPicture: Command = {
  id: "patchbay.exportPicture",
  async run(services, named) {
    const session = await graphOf(services, named);
    const document = session === undefined ? undefined : services.sessions.documentOf(session);
    if (document === undefined) return;
    const selected = services.panels.find(document.key)?.selection.nodes ?? [];
    const format = await askFormat();
    const extent = format === undefined ? undefined : await askExtent(selected.length);
    if (format === undefined || extent === undefined) return;
    const name = basename(document.uri.path).replace(/\.patchbay\.json$/, "");
    const whole = drawingOf(document.parsed, name, orientation());
    const drawing = extent === "all" ? whole : partOf(whole, selected);
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(document.uri, "..", `${name}.${format.type}`),
      filters: { [format.type === "mmd" ? "Mermaid" : format.type.toUpperCase()]: [format.type] },
      title: vscode.l10n.t("Export as Picture"),
    });
    if (target === undefined) return;
    await vscode.workspace.fs.writeFile(target, await bytesOf(services, document.uri, drawing, format));
  },
};

async function bytesOf(services: CommandServices, graph: vscode.Uri, drawing: Drawing, format: PictureFormat): Promise<Uint8Array> {
  if (format.type === "mmd") return Buffer.from(mermaidOf(drawing));
  if (format.type === "svg") return Buffer.from(svgOf(drawing));
  const { svg, ...size } = pictureOf(drawing, { scheme: schemeOfTheme(), transparent: format.transparent });
  const { scale, ...pixels } = pixelsOf(size, format.scale);
  if (scale < format.scale) tellSmaller(scale);
  const canvas = await services.panels.open(graph);
  return canvas.bridge.draw(svg, pixels);
}

function tellSmaller(scale: number): void {
  const percent = Math.floor(scale * 100);
  const message = vscode.l10n.t("The graph is too large for that: the PNG is drawn at {0} %. An SVG has no such limit.", percent);
  void vscode.window.showInformationMessage(message);
}
