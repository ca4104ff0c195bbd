// How rows of the checkpoints view look.
import * as vscode from "vscode";
import type { GraphSession } from "../run/graph-session.js";
import {
  contextOf,
  warningOf,
  type CheckpointRow,
  type CheckpointsRow,
  type MoreRow,
  type QuestionRow,
  type RunRow,
} from "./checkpoint-rows.js";
import { checkpointDescription, checkpointLabel, checkpointTooltip, firstLine, momentText } from "./checkpoint-text.js";
import { stemOf } from "../editor/graph-uri.js";
import { shortBytes } from "../../runtime/model/figures.js";
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
      return moreItem(row);
  }
}

function runItem(row: RunRow): vscode.TreeItem {
  return row.inside ? insideItem(row) : outerItem(row);
}

/** A run inside a task: what it ran, and for which item of a list. */
function insideItem({ run, certificates }: RunRow): vscode.TreeItem {
  const item = new vscode.TreeItem(stemOf(run.graph), vscode.TreeItemCollapsibleState.Collapsed);
  const { task = "", slot } = run.parent ?? {};
  const inTask = slot === undefined ? vscode.l10n.t("inside {0}", task) : vscode.l10n.t("inside {0}, item {1}", task, slot);
  item.id = run.id;
  item.iconPath = new vscode.ThemeIcon("type-hierarchy-sub");
  const unsafe = certificates === undefined ? "" : unsafeText(certificates.summary);
  item.description = [inTask, momentText(run.startedAt), unsafe].filter(Boolean).join(" · ");
  item.tooltip = [run.graph, inTask, new Date(run.startedAt).toLocaleString(), run.id, unsafe].filter(Boolean).join("\n");
  item.contextValue = "insideRun";
  return item;
}

function outerItem({ run, current, session, certificates, bytes }: RunRow): vscode.TreeItem {
  const open = current ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(vscode.l10n.t("Run of {0}", momentText(run.startedAt)), open);
  item.id = `${run.id}${current ? "*" : ""}`; // another id lets the state of expansion follow the current run
  item.iconPath = new vscode.ThemeIcon(current ? "debug-start" : "history");
  const status = current && session.run !== undefined ? runText(session.run) : "";
  const unsafe = certificates === undefined ? "" : unsafeText(certificates.summary);
  const size = bytes === undefined ? "" : shortBytes(bytes);
  item.description = [status, unsafe, size].filter(Boolean).join(" · ");
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
  const holds = row.nested.length > 0;
  const item = new vscode.TreeItem(checkpointLabel(summary), vscode.TreeItemCollapsibleState[holds ? "Collapsed" : "None"]);
  const prompts = summary.questions > 0 ? promptsOf(session, summary.id) : [];
  item.id = summary.id;
  item.description = [...marksOf(row), checkpointDescription(summary), ...prompts.map(firstLine)].join(" · ");
  item.tooltip = checkpointTooltip(summary, prompts, certificate, row.migratable);
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

function marksOf({ head, onLine, forks, certificate, migratable }: CheckpointRow): readonly string[] {
  const marks: string[] = [];
  const verdict = certificate === undefined ? "" : verdictText(certificate, migratable);
  if (verdict !== "") marks.push(verdict);
  if (head) marks.push(vscode.l10n.t("here"));
  if (!onLine) marks.push(vscode.l10n.t("left branch"));
  if (forks) marks.push(vscode.l10n.t("branches"));
  return marks;
}

function iconOf({ head, onLine, summary, certificate, migratable }: CheckpointRow): vscode.ThemeIcon {
  const warning = warningOf(certificate, migratable);
  if (warning !== undefined) return new vscode.ThemeIcon(warning.icon, new vscode.ThemeColor(warning.color));
  if (head) return new vscode.ThemeIcon("debug-stackframe", new vscode.ThemeColor("charts.blue"));
  if (!onLine) return new vscode.ThemeIcon("git-branch", new vscode.ThemeColor("disabledForeground"));
  return new vscode.ThemeIcon(summary.questions > 0 ? "question" : "circle-outline");
}

function moreItem({ list }: MoreRow): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Show more…"));
  item.id = `more ${list}`;
  item.command = { command: "patchbay.moreCheckpoints", title: vscode.l10n.t("Show More"), arguments: [list] };
  return item;
}
