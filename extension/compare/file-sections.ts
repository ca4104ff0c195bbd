// The graph as it is saved, and the other graphs of the workspace.
import * as vscode from "vscode";
import { GRAPH_SUFFIX } from "../editor/graph-uri.js";
import { savedUri } from "./kept-revisions.js";
import { titleOfFiles, titleWith } from "./open-comparison.js";
import type { Section } from "./section.js";

const SKIPPED = "**/{node_modules,.git,.patchbay,dist,out}/**";
const FILES = 1000;

/** What is on the disk, where it is not what is open. */
export function savedSection(uri: vscode.Uri, isDirty: boolean): Section {
  const saved = vscode.l10n.t("Saved");
  const row = {
    label: vscode.l10n.t("Saved File"),
    description: vscode.l10n.t("without the edits that are not saved"),
    icon: "save",
    comparison: { before: savedUri(uri, saved), title: titleWith(uri, saved, vscode.l10n.t("Unsaved")) },
  };
  return { title: vscode.l10n.t("this file"), rows: isDirty ? [row] : [], all: "" };
}

/** The other graphs of the workspace, by name; those beside the graph come first. */
export async function fileSection(uri: vscode.Uri): Promise<Section> {
  const found = await vscode.workspace.findFiles(`**/*${GRAPH_SUFFIX}`, SKIPPED, FILES);
  const rows = found
    .filter((other) => other.toString() !== uri.toString())
    .map((other) => ({ other, path: vscode.workspace.asRelativePath(other), far: Number(folderOf(other) !== folderOf(uri)) }))
    .toSorted((a, b) => a.far - b.far || a.path.localeCompare(b.path))
    .map(({ other, path }) => ({
      label: path.slice(path.lastIndexOf("/") + 1),
      description: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "",
      icon: "type-hierarchy-sub",
      comparison: { before: other, title: titleOfFiles(other, uri) },
    }));
  return { title: vscode.l10n.t("other graphs"), rows, all: vscode.l10n.t("Show All {0} Other Graphs…", rows.length) };
}

function folderOf({ path }: vscode.Uri): string {
  return path.slice(0, path.lastIndexOf("/"));
}
