import * as vscode from "vscode";
import type { RunSession, RunStatus } from "../../runtime/run/session.js";

/** A run's status as people read it. */
function statusText(status: RunStatus): string {
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

/** What a run is at; that the plan in force keeps it from going on goes before all else. */
export function runText({ status, blocked }: Pick<RunSession, "status" | "blocked">): string {
  return blocked === undefined ? statusText(status) : vscode.l10n.t("cannot go on");
}
