import * as vscode from "vscode";
import type { QueueEntry } from "../../runtime/compile/queue.js";
import { entryText } from "./compile-text.js";

/** A graph that waits to be compiled, or is being compiled. */
export interface BacklogRow {
  readonly kind: "entry";
  readonly entry: QueueEntry;
}

/** The item of a graph that waits. */
export function backlogItem({ entry }: BacklogRow, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(nameOf(entry.graph), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `entry ${entry.graph}`;
  item.description = entryText(entry, now);
  item.tooltip = [item.description, ...entry.reasons, entry.error?.message ?? ""].filter(Boolean).join("\n");
  item.iconPath = new vscode.ThemeIcon(entry.running ? "sync~spin" : entry.failures > 0 ? "warning" : "watch");
  item.contextValue = "compileEntry";
  return item;
}

function nameOf(key: string): string {
  return decodeURIComponent(key.slice(key.lastIndexOf("/") + 1));
}
