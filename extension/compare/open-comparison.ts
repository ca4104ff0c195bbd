import * as vscode from "vscode";
import type { Comparison } from "./section.js";

/** Opens a graph beside what it is compared with, in VS Code's diff editor. */
export async function openComparison(after: vscode.Uri, { before, title }: Comparison): Promise<void> {
  await vscode.commands.executeCommand("vscode.diff", before, after, title);
}

/** The title of a graph's file beside an earlier revision of it. The canvases take their names from it. */
export function titleWith(uri: vscode.Uri, before: string, after = vscode.l10n.t("Working Tree")): string {
  return `${fileName(uri)} (${before} ↔ ${after})`;
}

/** The title of two files, with their folders where the names are alike. */
export function titleOfFiles(before: vscode.Uri, after: vscode.Uri): string {
  const isAlike = fileName(before) === fileName(after);
  return [before, after].map((uri) => (isAlike ? vscode.workspace.asRelativePath(uri) : fileName(uri))).join(" ↔ ");
}

function fileName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
