import * as vscode from "vscode";
import { savedMicros, type CompileRecord } from "../../runtime/compile/compile-record.js";
import type { QueueEntry } from "../../runtime/compile/queue.js";
import { formatMicros, formatMs } from "./durations.js";

/** A compile in a few words: class, time, nodes. */
export function recordText({ class: grade, micros, recomputed, success }: CompileRecord): string {
  if (!success) return vscode.l10n.t("{0} · refused", grade);
  return [grade, formatMicros(micros), nodesText(recomputed)].join(" · ");
}

/** What it saved, measured against the last full compile; empty where nothing. */
export function savedText(record: CompileRecord): string {
  const saved = savedMicros(record);
  return saved === undefined || saved <= 0 ? "" : vscode.l10n.t("saved {0}", formatMicros(saved));
}

/** What waits, how long, and what went wrong. */
export function entryText(entry: QueueEntry, now: number): string {
  const edits = entry.edits === 1 ? vscode.l10n.t("1 edit") : vscode.l10n.t("{0} edits", entry.edits);
  const parts = [
    entry.running ? vscode.l10n.t("compiling") : vscode.l10n.t("waiting {0}", formatMs(Math.max(0, now - entry.since))),
    edits,
  ];
  if (entry.failures > 0) parts.push(vscode.l10n.t("failed {0} times", entry.failures));
  if (entry.nextAttemptAt !== undefined) parts.push(vscode.l10n.t("next attempt in {0}", formatMs(Math.max(0, entry.nextAttemptAt - now))));
  return parts.join(" · ");
}

function nodesText(count: number): string {
  return count === 1 ? vscode.l10n.t("1 node") : vscode.l10n.t("{0} nodes", count);
}
