import * as vscode from "vscode";
import { advise, type Advice } from "../../runtime/compile/adviser.js";
import type { GraphSession } from "../run/graph-session.js";
import type { DismissedAdvice } from "./dismissed-advice.js";

/** Advice on the settings of the active graph. */
export interface AdviceRow {
  readonly kind: "advice";
  readonly session: GraphSession;
  readonly advice: Advice;
}

/** The advice on a graph that nobody has dismissed. */
export function adviceRows(session: GraphSession, dismissed: DismissedAdvice): readonly AdviceRow[] {
  const { compiler, source } = session;
  const advice = advise(compiler.history, source.parsed.graph.compile);
  return dismissed.remaining(source.key, advice).map((each) => ({ kind: "advice", session, advice: each }));
}

/** The item of one piece of advice. */
export function adviceItem({ advice }: AdviceRow): vscode.TreeItem {
  const { change, code, text } = advice;
  const item = new vscode.TreeItem(change === undefined ? text : changeText(change), vscode.TreeItemCollapsibleState.None);
  item.id = `advice ${code}`;
  item.description = change === undefined ? "" : text;
  item.tooltip = text;
  item.iconPath = new vscode.ThemeIcon("lightbulb");
  item.contextValue = change === undefined ? "advice" : "adviceWithChange";
  item.accessibilityInformation = { label: vscode.l10n.t("Advice: {0}", text) };
  return item;
}

/** Whether what VS Code handed to a command is such a row. */
export function isAdviceRow(value: unknown): value is AdviceRow {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "advice";
}

function changeText({ setting, from, to }: NonNullable<Advice["change"]>): string {
  return vscode.l10n.t("{0}: {1} → {2}", setting, from, to);
}
