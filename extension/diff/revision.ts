import * as vscode from "vscode";
import { gitRefOf, type Revision } from "./diff-order.js";

/** The scheme of texts that we keep: graphs of checkpoints, files as they are on disk. */
export const REVISION_SCHEME = "patchbay-revision";

/**
 * Whether an address is of a text that was: nobody writes to it, and it is no file of the workspace. Its graph is neither compiled nor run.
 * What has no file system at all comes from whoever shows it: VS Code's own comparison with what is saved, say.
 */
export function isPast(uri: vscode.Uri): boolean {
  if (uri.scheme === "untitled") return false;
  const isOfWorkspace = (vscode.workspace.workspaceFolders ?? []).some((folder) => folder.uri.scheme === uri.scheme);
  return !isOfWorkspace && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true;
}

/** A revision as comparisons are put in order by. */
export function revisionOf(uri: vscode.Uri): Revision {
  return { scheme: uri.scheme, path: uri.path, query: uri.query, past: isPast(uri) };
}

/** What people call a revision that is compared with another one. */
export function revisionName(uri: vscode.Uri, other: vscode.Uri): string {
  const ref = gitRefOf(uri);
  if (ref !== undefined) return refName(ref);
  if (uri.scheme === REVISION_SCHEME && uri.fragment !== "") return uri.fragment;
  const file = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  if (isPast(uri)) return vscode.l10n.t("{0}, earlier", file);
  return uri.path === other.path && other.scheme !== uri.scheme ? vscode.l10n.t("Working Tree") : file;
}

/** The refs that VS Code's git makes up stand for the index and the stages of a merge. */
function refName(ref: string): string {
  if (ref === "" || ref === "~") return vscode.l10n.t("Index");
  if (ref === "~1") return vscode.l10n.t("Base");
  if (ref === "~2") return vscode.l10n.t("Ours");
  if (ref === "~3") return vscode.l10n.t("Theirs");
  return ref.replace(/^([0-9a-f]{8})[0-9a-f]{32}/, "$1");
}
