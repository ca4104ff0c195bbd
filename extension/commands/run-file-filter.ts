import * as vscode from "vscode";
import { RUN_FILE_ENDING } from "../../runtime/platform/run-file.js";

/** What dialogs show of files with runs in them. */
export function runFileFilter(): Record<string, string[]> {
  return { [vscode.l10n.t("Runs of Patchbay")]: [RUN_FILE_ENDING.slice(1)] };
}
