import * as vscode from "vscode";
import type { CompileRecord } from "../../runtime/compile/compile-record.js";
import { shortRevision } from "../bridge/project-compile.js";
import { clockTime } from "./checkpoint-text.js";
import { recordNotes, recordText, savedText } from "./compile-text.js";

/** The last compiles of the active graph. */
export interface HistoryRow {
  readonly kind: "history";
  readonly records: readonly CompileRecord[];
}

/** One compile; `place` counts from the newest. */
export interface RecordRow {
  readonly kind: "record";
  readonly record: CompileRecord;
  readonly place: number;
}

/** The item above all compiles. */
export function historyItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Last compiles"), vscode.TreeItemCollapsibleState.Expanded);
  item.id = "history";
  item.iconPath = new vscode.ThemeIcon("history");
  return item;
}

/** One row a compile. */
export function recordRows({ records }: HistoryRow): readonly RecordRow[] {
  return records.map((record, place) => ({ kind: "record", record, place }));
}

/** The item of a compile. */
export function recordItem({ record, place }: RecordRow): vscode.TreeItem {
  const hasDetails = recordDetails(record).length > 0;
  const item = new vscode.TreeItem(recordText(record), hasDetails ? collapsed(place) : vscode.TreeItemCollapsibleState.None);
  item.id = `${record.at} ${record.revision} ${record.micros}`;
  item.description = [savedText(record), record.reasons[0] ?? ""].filter(Boolean).join(" · ");
  const head = vscode.l10n.t("Plan {0} at {1}", shortRevision(record.revision), clockTime(record.at));
  item.tooltip = [head, ...recordNotes(record), ...recordDetails(record)].join("\n");
  item.iconPath = new vscode.ThemeIcon(record.success ? (record.class === "soft" ? "zap" : "circuit-board") : "error");
  return item;
}

/** Why it was made, and what went wrong. */
export function recordDetails({ error, reasons }: CompileRecord): readonly string[] {
  return error === undefined ? reasons : [`${error.code}: ${error.message}`, ...reasons];
}

/** The newest compile shows its reasons by itself. */
function collapsed(place: number): vscode.TreeItemCollapsibleState {
  return place === 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
