import * as vscode from "vscode";
import type { Certificate } from "../../runtime/certify/certificate.js";
import type { CheckpointSummary, CheckpointTrigger } from "../../runtime/checkpoint/checkpoint.js";
import { shortRevision } from "../bridge/project-compile.js";
import type { Gone } from "../run/store-keeper.js";
import { shortBytes } from "../../runtime/model/figures.js";
import { verdictStory } from "./verdict-text.js";

/** What a checkpoint is called. */
export function checkpointLabel({ superstep, status }: CheckpointSummary): string {
  return status === "running" || status === "failed"
    ? vscode.l10n.t("Superstep {0}", superstep)
    : vscode.l10n.t("Superstep {0} · {1}", superstep, status);
}

/** What is due there, why it was written, when, and what it takes in the store. */
export function checkpointDescription({ due, trigger, at, bytes }: CheckpointSummary): string {
  return [triggerText(trigger), due.join(", "), clockTime(at), shortBytes(bytes)].filter((part) => part !== "").join(" · ");
}

/** The whole story of a checkpoint. */
export function checkpointTooltip(
  summary: CheckpointSummary,
  prompts: readonly string[],
  certificate: Certificate | undefined,
  migratable: boolean,
): string {
  return [
    vscode.l10n.t("Superstep {0}, {1}", summary.superstep, triggerText(summary.trigger)),
    summary.due.length === 0 ? vscode.l10n.t("Nothing is due.") : vscode.l10n.t("Due: {0}", summary.due.join(", ")),
    ...prompts.map((prompt) => vscode.l10n.t("Asked: {0}", prompt)),
    vscode.l10n.t("Plan {0}, {1} bytes, {2}", shortRevision(summary.revision), summary.bytes, new Date(summary.at).toLocaleString()),
    ...(certificate === undefined ? [] : verdictStory(certificate, migratable)),
    vscode.l10n.t("Click to stand here again. What came after stays in the list."),
  ].join("\n");
}

/** What was deleted unasked in a folder since the window was opened; empty where that is nothing. */
export function goneText({ runs, checkpoints }: Gone): string {
  if (runs === 0 && checkpoints === 0) return "";
  if (runs === 0) return vscode.l10n.t("Deleted in this folder, as its graphs and your settings say: {0} old checkpoints.", checkpoints);
  if (checkpoints === 0) return vscode.l10n.t("Deleted in this folder, as your settings say: {0} old runs.", runs);
  return vscode.l10n.t(
    "Deleted in this folder, as its graphs and your settings say: {0} old runs, and {1} old checkpoints of others.",
    runs,
    checkpoints,
  );
}

/** A moment as people read it: the time alone where it is of today. */
export function momentText(at: number): string {
  const moment = new Date(at);
  return moment.toDateString() === new Date().toDateString() ? moment.toLocaleTimeString() : moment.toLocaleString();
}

/** What fits a row of a text of several lines. */
export function firstLine(text: string): string {
  return text.trimStart().split("\n", 1)[0] ?? "";
}

/** A time of day as people read it. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString();
}

function triggerText(trigger: CheckpointTrigger): string {
  switch (trigger) {
    case "started":
      return vscode.l10n.t("started");
    case "superstep":
      return "";
    case "barrier-resolved":
      return vscode.l10n.t("barrier resolved");
    case "decided":
      return vscode.l10n.t("decision taken");
    case "adaptive":
      return vscode.l10n.t("adaptive");
    case "explicit":
      return vscode.l10n.t("saved");
    case "nested":
      return vscode.l10n.t("before a run inside");
    case "back":
      return vscode.l10n.t("stepped back");
    case "asked":
      return vscode.l10n.t("asked");
    case "paused":
      return vscode.l10n.t("paused");
    case "decision":
      return vscode.l10n.t("decided");
    case "completed":
      return "";
    case "failed":
      return vscode.l10n.t("failed");
    case "cancelled":
      return "";
    case "rerouted":
      return vscode.l10n.t("rerouted");
    case "input":
      return vscode.l10n.t("new input");
    case "edited":
      return vscode.l10n.t("edited");
    case "migrated":
      return vscode.l10n.t("migrated");
    case "forced":
      return vscode.l10n.t("let go on");
  }
}
