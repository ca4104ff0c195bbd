import * as vscode from "vscode";
import type { InnerRun } from "./inner-runs.js";

/** Which of the runs inside a node one is. Items are counted from 1, as people do. */
export function innerRunText({ superstep, slot }: InnerRun): string {
  if (slot === undefined) return vscode.l10n.t("superstep {0}", superstep);
  return vscode.l10n.t("superstep {0}, item {1}", superstep, Number(slot) + 1);
}
