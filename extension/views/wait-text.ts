import * as vscode from "vscode";
import type { Wait } from "../../runtime/compile/queue/entry.js";

/** What an entry waits for, where its other figures do not say so. */
export function waitText(wait: Wait): string | undefined {
  switch (wait) {
    case "turn":
      return vscode.l10n.t("its turn comes");
    case "edits":
      return vscode.l10n.t("until there are more edits");
    case "storm":
      return vscode.l10n.t("compiled too often of late");
    case "asked":
      return vscode.l10n.t("cancelled, until it changes or is asked for");
    case "start":
      return vscode.l10n.t("the queue is stopped");
    case "running":
    case "age":
    case "back-off":
      return undefined;
  }
}
