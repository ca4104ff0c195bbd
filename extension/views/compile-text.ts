import * as vscode from "vscode";
import { savedMicros, type CompileRecord } from "../../runtime/compile/compile-record.js";
import type { QueueEntry } from "../../runtime/compile/queue.js";
import { waitText } from "./wait-text.js";
import { formatMicros, formatMs } from "./durations.js";

/** A compile in a few words: class, time, nodes. */
export function recordText({ class: grade, micros, recomputed, success, error }: CompileRecord): string {
  if (error?.code === "HARD_REFUSED") return vscode.l10n.t("{0} · refused", grade);
  if (!success) return vscode.l10n.t("{0} · failed", grade);
  return [grade, formatMicros(micros), nodesText(recomputed)].join(" · ");
}

/** What it saved, measured against the last full compile; empty where nothing. */
export function savedText(record: CompileRecord): string {
  const saved = savedMicros(record);
  return saved === undefined || saved <= 0 ? "" : vscode.l10n.t("saved {0}", formatMicros(saved));
}

/** What a tooltip says beyond that: how long the edits waited, and what a patch would have taken. */
export function recordNotes({ edits, waitedMs, patchMicros }: CompileRecord): readonly string[] {
  return [
    ...(waitedMs < 1 ? [] : [vscode.l10n.t("{0}, the first waited {1}", editsText(edits), formatMs(waitedMs))]),
    ...(patchMicros === undefined ? [] : [vscode.l10n.t("Patched it would have taken {0}", formatMicros(patchMicros))]),
  ];
}

/** What waits, how long, and what went wrong. */
export function entryText(entry: QueueEntry, now: number): string {
  const parts = [
    entry.running ? vscode.l10n.t("compiling") : vscode.l10n.t("waiting {0}", formatMs(Math.max(0, now - entry.since))),
    editsText(entry.edits),
  ];
  const wait = waitText(entry.waits);
  if (wait !== undefined) parts.push(wait);
  if (entry.failures > 0) parts.push(vscode.l10n.t("failed {0} times", entry.failures));
  if (entry.nextAttemptAt !== undefined) parts.push(vscode.l10n.t("next attempt in {0}", formatMs(Math.max(0, entry.nextAttemptAt - now))));
  return parts.join(" · ");
}

function editsText(count: number): string {
  return count === 1 ? vscode.l10n.t("1 edit") : vscode.l10n.t("{0} edits", count);
}

function nodesText(count: number): string {
  return count === 1 ? vscode.l10n.t("1 node") : vscode.l10n.t("{0} nodes", count);
}
