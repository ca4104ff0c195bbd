import * as vscode from "vscode";
import type { TrialOutcome } from "../../runtime/run/trial/trial-outcome.js";
import { previewJson } from "../../runtime/model/preview-json.js";
import { formatMs } from "./durations.js";

const PREVIEW = 120;

/** What a node came to that was run alone, in one line. `labelOf`: what people call a node. */
export function trialLine(outcome: TrialOutcome, labelOf: (node: string) => string): string {
  const { node, status, ms, error, questions } = outcome;
  const label = labelOf(node);
  switch (status) {
    case "done":
      return [vscode.l10n.t("{0}: done in {1}", label, formatMs(ms)), wroteText(outcome), goesText(outcome, labelOf)]
        .filter((part) => part !== "")
        .join(" · ");
    case "asked":
      return vscode.l10n.t("{0} asks: {1}", label, questions.map(({ prompt }) => prompt).join(" · "));
    case "failed":
      return [vscode.l10n.t("{0}: failed in {1}", label, formatMs(ms)), error?.message ?? "", goesText(outcome, labelOf)]
        .filter((part) => part !== "")
        .join(" · ");
    case "cancelled":
      return vscode.l10n.t("{0}: cancelled", label);
  }
}

function wroteText({ writes, cleared }: TrialOutcome): string {
  const all = { ...writes, ...Object.fromEntries(cleared.map((channel) => [channel, null])) };
  return Object.keys(all).length === 0 ? vscode.l10n.t("wrote nothing") : vscode.l10n.t("wrote {0}", previewJson(all, PREVIEW));
}

function goesText({ routes, sends }: TrialOutcome, labelOf: (node: string) => string): string {
  const targets = [...new Set([...routes, ...sends].map(({ to }) => labelOf(to)))];
  return targets.length === 0 ? "" : vscode.l10n.t("goes to {0}", targets.join(", "));
}
