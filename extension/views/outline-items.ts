// How rows of the outline look.
import * as vscode from "vscode";
import type { Selection } from "../bridge/bridge.js";
import type { BreakpointView } from "../../webview/protocol/debug.js";
import type { GraphSession } from "../run/graph-session.js";
import { nothingKnown, outlineContext, outlineIcon, stateColor, type OutlineState } from "./outline-rows.js";
import type { OutlineEntry, OutlineTree } from "./outline-tree.js";

/** A row of the outline; commands find its node or edge by name. */
export interface OutlineRow {
  readonly id: string;
  readonly session: GraphSession;
  /** The document that it is of: that of the session, or one that runs inside of it. */
  readonly uri: vscode.Uri;
  readonly tree: OutlineTree;
  readonly entry: OutlineEntry;
  readonly selection: Selection;
  /** The row of the graph that it is inside of. */
  readonly under: OutlineRow | undefined;
  readonly node?: string;
  readonly edge?: string;
}

/** The item of a row. */
export function outlineItem(row: OutlineRow, state: OutlineState = nothingKnown): vscode.TreeItem {
  const { entry, tree, under } = row;
  const item = new vscode.TreeItem(labelOf(entry), collapsibleOf(entry, tree));
  const said = wordsOf(state);
  item.id = row.id;
  item.description = [...besideOf(entry), ...said].join(" · ");
  item.tooltip = tooltipOf(entry, said);
  const color = stateColor(state);
  item.iconPath = new vscode.ThemeIcon(outlineIcon(entry), color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = outlineContext(entry, under !== undefined);
  item.command = { command: "patchbay.showOutlined", title: vscode.l10n.t("Show on the Canvas"), arguments: [row] };
  return item;
}

function labelOf(entry: OutlineEntry): string {
  switch (entry.type) {
    case "node":
    case "note":
    case "group":
      return entry.label;
    case "edge":
      return entry.to;
    case "graph":
      return entry.path;
  }
}

function collapsibleOf({ type, key }: OutlineEntry, { children }: OutlineTree): vscode.TreeItemCollapsibleState {
  if (type === "graph") return vscode.TreeItemCollapsibleState.Collapsed;
  if (!children.has(key)) return vscode.TreeItemCollapsibleState.None;
  return type === "group" ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function besideOf(entry: OutlineEntry): readonly string[] {
  if (entry.type === "edge") return entry.condition === "" ? [] : [entry.condition];
  return entry.type === "node" && entry.label !== entry.node && !entry.node.startsWith("@") ? [entry.node] : [];
}

function tooltipOf(entry: OutlineEntry, said: readonly string[]): string {
  const what =
    entry.type === "node"
      ? `${entry.label} (${entry.kind})`
      : entry.type === "edge"
        ? [entry.edge, "→", entry.to].join(" ")
        : labelOf(entry);
  return [what, ...said].join("\n");
}

/** What the state says, in words: colour alone says nothing. */
function wordsOf({ run, problems, breakpoints, disabled }: OutlineState): readonly string[] {
  const errors = problems.filter((severity) => severity === "error").length;
  const others = problems.length - errors;
  return [
    ...(run === undefined ? [] : [runWord(run)]),
    ...(errors === 0 ? [] : [errors === 1 ? vscode.l10n.t("1 error") : vscode.l10n.t("{0} errors", errors)]),
    ...(others === 0 ? [] : [others === 1 ? vscode.l10n.t("1 warning") : vscode.l10n.t("{0} warnings", others)]),
    ...(breakpoints.length === 0 ? [] : [breakpointWord(breakpoints)]),
    ...(disabled ? [vscode.l10n.t("disabled")] : []),
  ];
}

function runWord(run: NonNullable<OutlineState["run"]>): string {
  switch (run) {
    case "due":
      return vscode.l10n.t("due");
    case "running":
      return vscode.l10n.t("running");
    case "waiting":
      return vscode.l10n.t("waiting");
    case "done":
      return vscode.l10n.t("done");
    case "failed":
      return vscode.l10n.t("failed");
  }
}

function breakpointWord(breakpoints: readonly BreakpointView[]): string {
  return breakpoints.some(({ enabled }) => enabled) ? vscode.l10n.t("● breakpoint") : vscode.l10n.t("○ breakpoint (disabled)");
}
