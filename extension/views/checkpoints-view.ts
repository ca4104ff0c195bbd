import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import { openQuestions } from "../../runtime/run/questions.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { markCheckpoints, type CheckpointRow, type CheckpointsRow, type QuestionRow, type RunRow } from "./checkpoint-rows.js";
import { checkpointDescription, checkpointLabel, checkpointTooltip, firstLine, momentText } from "./checkpoint-text.js";
import { LiveTree, type TreeSource } from "./live-tree.js";
import { statusText } from "./status-text.js";

const RUNS = 50;
const PAGE = 200;

/** The runs of the active graph with their checkpoints, newest first; one click restores. */
export class CheckpointsView implements TreeSource<CheckpointsRow>, Disposable {
  readonly #active: ActiveGraph;
  readonly #held = new DisposableStore();
  readonly #tree: LiveTree<CheckpointsRow>;
  /** Checkpoints shown of each run, where more than a page were asked for. */
  readonly #shown = new Map<string, number>();

  constructor(active: ActiveGraph, sessions: GraphSessions, clock: Clock) {
    this.#active = active;
    this.#tree = this.#held.add(new LiveTree("patchbay.checkpoints", this, clock));
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#tree.refresh()));
    this.#held.add(vscode.commands.registerCommand("patchbay.moreCheckpoints", (run: string) => this.#more(run)));
  }

  children(row: CheckpointsRow | undefined): readonly CheckpointsRow[] {
    const session = this.#active.current;
    if (session === undefined) return [];
    if (row === undefined)
      return session.archive.runs(RUNS).map((run) => ({ kind: "run", session, run, current: run.id === session.run?.id }));
    return row.kind === "run" ? [...this.#questions(row), ...this.#checkpoints(row)] : [];
  }

  item(row: CheckpointsRow): vscode.TreeItem {
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

  dispose(): void {
    this.#held.dispose();
  }

  #questions({ session, current }: RunRow): readonly QuestionRow[] {
    const questions = current && session.run !== undefined ? openQuestions(session.run.frontier) : [];
    return questions.map((question) => ({ kind: "question", session, question, selection: { nodes: [question.node], edges: [] } }));
  }

  #checkpoints({ session, run, current }: RunRow): readonly CheckpointsRow[] {
    const limit = this.#shown.get(run.id) ?? PAGE;
    const summaries = session.archive.checkpoints(run.id, limit + 1);
    const head = (current ? session.run?.head : undefined) ?? run.head;
    const line = head === null ? new Set<string>() : session.archive.lineage(head);
    const rows = markCheckpoints(summaries.slice(0, limit), head, line).map((mark): CheckpointRow => {
      return { kind: "checkpoint", session, selection: { nodes: [...mark.summary.due], edges: [] }, ...mark };
    });
    return summaries.length > limit ? [...rows, { kind: "more", run: run.id }] : rows;
  }

  #more(run: string): void {
    this.#shown.set(run, (this.#shown.get(run) ?? PAGE) + PAGE);
    this.#tree.refresh();
  }
}

function runItem({ run, current, session }: RunRow): vscode.TreeItem {
  const open = current ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(vscode.l10n.t("Run of {0}", momentText(run.startedAt)), open);
  item.id = `${run.id}${current ? "*" : ""}`; // another id lets the state of expansion follow the current run
  item.iconPath = new vscode.ThemeIcon(current ? "debug-start" : "history");
  item.description = current && session.run !== undefined ? statusText(session.run.status) : "";
  item.tooltip = `${new Date(run.startedAt).toLocaleString()}\n${run.id}`;
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
  const { summary, session } = row;
  const item = new vscode.TreeItem(checkpointLabel(summary));
  const prompts = summary.questions > 0 ? promptsOf(session, summary.id) : [];
  item.id = summary.id;
  item.description = [...marksOf(row), checkpointDescription(summary), ...prompts.map(firstLine)].join(" · ");
  item.tooltip = checkpointTooltip(summary, prompts);
  item.iconPath = iconOf(row);
  item.contextValue = row.head ? "checkpoint.head" : "checkpoint";
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

function marksOf({ head, onLine, forks }: CheckpointRow): readonly string[] {
  const marks: string[] = [];
  if (head) marks.push(vscode.l10n.t("here"));
  if (!onLine) marks.push(vscode.l10n.t("left branch"));
  if (forks) marks.push(vscode.l10n.t("branches"));
  return marks;
}

function iconOf({ head, onLine, summary }: CheckpointRow): vscode.ThemeIcon {
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
