// How rows of the checkpoints view look.
import * as vscode from "vscode";
import type { GraphSession } from "../run/graph-session.js";
import { contextOf, warningOf, type CheckpointRow, type CheckpointsRow, type QuestionRow, type RunRow } from "./checkpoint-rows.js";
import { checkpointDescription, checkpointLabel, checkpointTooltip, firstLine, momentText } from "./checkpoint-text.js";
import { runText } from "./status-text.js";
import { unsafeText, verdictText } from "./verdict-text.js";

/** The item of a row. */
export function checkpointsItem(row: CheckpointsRow): vscode.TreeItem {
  switch (row.kind) {
    case "run":
      return runItem(row);
    case "question":
      return questionItem(row);
    case "checkpoint":
      return checkpointItem(row);
    case "more":
      return moreItem(row.run);
  }
}

function runItem({ run, current, session, certificates }: RunRow): vscode.TreeItem {
  const open = current ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(vscode.l10n.t("Run of {0}", momentText(run.startedAt)), open);
  item.id = `${run.id}${current ? "*" : ""}`; // another id lets the state of expansion follow the current run
  item.iconPath = new vscode.ThemeIcon(current ? "debug-start" : "history");
  const status = current && session.run !== undefined ? runText(session.run) : "";
  const unsafe = certificates === undefined ? "" : unsafeText(certificates.summary);
  item.description = [status, unsafe].filter(Boolean).join(" · ");
  const unreadable = certificates?.error === undefined ? [] : [vscode.l10n.t("Its checkpoints cannot be read: {0}", certificates.error)];
  item.tooltip = [new Date(run.startedAt).toLocaleString(), run.id, unsafe, ...unreadable].filter(Boolean).join("\n");
  item.contextValue = "run";
  return item;
}

function questionItem({ session, question }: QuestionRow): vscode.TreeItem {
  const item = new vscode.TreeItem(firstLine(question.prompt));
  item.id = `question ${question.key}`;
  item.description = question.node;
  item.tooltip = vscode.l10n.t("{0}\nClick to decide: {1}", question.prompt, question.actions.join(", "));
  item.iconPath = new vscode.ThemeIcon("question", new vscode.ThemeColor("charts.yellow"));
  item.contextValue = "question";
  item.command = {
    command: "patchbay.decide",
    title: vscode.l10n.t("Decide"),
    arguments: [vscode.Uri.parse(session.source.key), { key: question.key }],
  };
  return item;
}

function checkpointItem(row: CheckpointRow): vscode.TreeItem {
  const { summary, session, certificate } = row;
  const item = new vscode.TreeItem(checkpointLabel(summary));
  const prompts = summary.questions > 0 ? promptsOf(session, summary.id) : [];
  item.id = summary.id;
  item.description = [...marksOf(row), checkpointDescription(summary), ...prompts.map(firstLine)].join(" · ");
  item.tooltip = checkpointTooltip(summary, prompts, certificate);
  item.iconPath = iconOf(row);
  item.contextValue = contextOf(row);
  item.command = { command: "patchbay.restoreCheckpoint", title: vscode.l10n.t("Restore"), arguments: [row] };
  item.accessibilityInformation = { label: `${checkpointLabel(summary)}, ${item.description}` };
  return item;
}

/** A damaged checkpoint is still listed; restoring it tells what is wrong. */
function promptsOf(session: GraphSession, checkpoint: string): readonly string[] {
  try {
    return session.archive.promptsAt(checkpoint);
  } catch {
    return [];
  }
}

function marksOf({ head, onLine, forks, certificate }: CheckpointRow): readonly string[] {
  const marks: string[] = [];
  const verdict = certificate === undefined ? "" : verdictText(certificate);
  if (verdict !== "") marks.push(verdict);
  if (head) marks.push(vscode.l10n.t("here"));
  if (!onLine) marks.push(vscode.l10n.t("left branch"));
  if (forks) marks.push(vscode.l10n.t("branches"));
  return marks;
}

function iconOf({ head, onLine, summary, certificate }: CheckpointRow): vscode.ThemeIcon {
  const warning = warningOf(certificate);
  if (warning !== undefined) return new vscode.ThemeIcon(warning.icon, new vscode.ThemeColor(warning.color));
  if (head) return new vscode.ThemeIcon("debug-stackframe", new vscode.ThemeColor("charts.blue"));
  if (!onLine) return new vscode.ThemeIcon("git-branch", new vscode.ThemeColor("disabledForeground"));
  return new vscode.ThemeIcon(summary.questions > 0 ? "question" : "circle-outline");
}

function moreItem(run: string): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Earlier checkpoints…"));
  item.id = `more ${run}`;
  item.command = { command: "patchbay.moreCheckpoints", title: vscode.l10n.t("Show More"), arguments: [run] };
  return item;
}
