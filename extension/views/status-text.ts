import * as vscode from "vscode";
import type { RunStatus } from "../../runtime/run/session.js";

/** A run's status as people read it. */
export function statusText(status: RunStatus): string {
  switch (status) {
    case "paused":
      return vscode.l10n.t("paused");
    case "running":
      return vscode.l10n.t("running");
    case "waiting":
      return vscode.l10n.t("waiting for a decision");
    case "completed":
      return vscode.l10n.t("completed");
    case "failed":
      return vscode.l10n.t("failed");
    case "cancelled":
      return vscode.l10n.t("cancelled");
  }
}
