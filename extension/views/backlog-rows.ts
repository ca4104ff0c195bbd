import * as vscode from "vscode";
import type { QueueEntry } from "../../runtime/compile/queue.js";
import { entryText } from "./compile-text.js";

/** A graph that waits to be compiled, or is being compiled. */
export interface BacklogRow {
  readonly kind: "entry";
  readonly entry: QueueEntry;
}

/** Whether what a menu was opened on is one. */
export function isBacklogRow(value: unknown): value is BacklogRow {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "entry";
}

/** The item of a graph that waits. */
export function backlogItem({ entry }: BacklogRow, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(nameOf(entry.graph), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `entry ${entry.graph}`;
  item.description = entryText(entry, now);
  item.tooltip = [item.description, ...entry.reasons, entry.error?.message ?? ""].filter(Boolean).join("\n");
  item.iconPath = new vscode.ThemeIcon(iconOf(entry));
  item.contextValue = entry.running ? "compileRunning" : "compileEntry";
  return item;
}

function iconOf({ running, failures, waits }: QueueEntry): string {
  if (running) return "sync~spin";
  if (failures > 0) return "warning";
  return waits === "asked" || waits === "start" ? "debug-pause" : "watch";
}

function nameOf(key: string): string {
  return decodeURIComponent(key.slice(key.lastIndexOf("/") + 1));
}
