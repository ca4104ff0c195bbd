// How it is told who gave a channel its value.
import * as vscode from "vscode";
import type { Blamed } from "../../runtime/blame/blame.js";
import type { Writer } from "../../runtime/blame/writer.js";
import type { WriterView } from "../../webview/protocol/blame.js";
import { momentText } from "./checkpoint-text.js";

/** As the canvas shows it. */
export function writerView({ writer }: Pick<Blamed, "writer">): WriterView {
  return { text: writerText(writer), details: writerDetails(writer) };
}

/** Who, and in which superstep. */
export function writerText(writer: Writer): string {
  const { kind, superstep } = writer;
  if (kind === "default" || kind === "deleted" || kind === "start" || kind === "outer") return whoText(writer);
  return vscode.l10n.t("{0}, superstep {1}", whoText(writer), superstep);
}

/** The rest of it: when, who decided, where to look on. */
export function writerDetails(writer: Writer): string {
  const { task, at, checkpoint, decisions = [], inside = [], replayed } = writer;
  return [
    ...(task === undefined ? [] : [vscode.l10n.t("Task {0}", task)]),
    ...decisions.map(({ action, actor }) => vscode.l10n.t("Decided: {0}, by {1}", action, actor)),
    ...inside.map(({ graph, run }) => vscode.l10n.t("Inside: {0}, run {1}", graph, run)),
    ...(replayed === undefined ? [] : [vscode.l10n.t("A recorded result, of checkpoint {0}", replayed)]),
    ...(at === undefined ? [] : [momentText(at)]),
    ...(checkpoint === undefined ? [] : [vscode.l10n.t("Checkpoint {0}", checkpoint)]),
  ].join("\n");
}

function whoText({ kind, node = "", actor = "", modules = [], task = "" }: Writer): string {
  switch (kind) {
    case "task":
      return node;
    case "input":
      return actor === "" ? vscode.l10n.t("Input") : vscode.l10n.t("Input by {0}", actor);
    case "written-as":
      return actor === "" ? vscode.l10n.t("Written as {0}", node) : vscode.l10n.t("Written as {0} by {1}", node, actor);
    case "edit":
      return actor === "" ? vscode.l10n.t("Edited") : vscode.l10n.t("Edited by {0}", actor);
    case "migration":
      return vscode.l10n.t("Migration {0}", modules.map((module) => module.slice(module.lastIndexOf("/") + 1)).join(", "));
    case "graph":
      return vscode.l10n.t("Another graph");
    case "end":
      return vscode.l10n.t("Its superstep was over");
    case "outer":
      return vscode.l10n.t("The run around it, task {0}", task);
    case "start":
      return vscode.l10n.t("The start of the run");
    case "default":
      return vscode.l10n.t("The default");
    case "deleted":
      return vscode.l10n.t("In checkpoints that are deleted");
  }
}
