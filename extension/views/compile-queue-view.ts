import * as vscode from "vscode";
import type { CompileRecord } from "../../runtime/compile/compile-record.js";
import type { CompileQueue, QueueEntry } from "../../runtime/compile/queue.js";
import type { Clock } from "../../runtime/ports.js";
import { shortRevision } from "../bridge/project-compile.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { clockTime } from "./checkpoint-text.js";
import { entryText, recordText, savedText } from "./compile-text.js";
import { LiveTree, type TreeSource } from "./live-tree.js";

const AGE_MS = 1000;

type CompileRow =
  | { readonly kind: "entry"; readonly entry: QueueEntry }
  | { readonly kind: "history"; readonly records: readonly CompileRecord[] }
  | { readonly kind: "record"; readonly record: CompileRecord; readonly place: number }
  | { readonly kind: "reason"; readonly text: string };

/** What waits to be compiled and why, and what the last compiles of the active graph were and cost. */
export class CompileQueueView implements TreeSource<CompileRow>, Disposable {
  readonly #active: ActiveGraph;
  readonly #queue: CompileQueue;
  readonly #clock: Clock;
  readonly #held = new DisposableStore();
  readonly #tree: LiveTree<CompileRow>;
  #cancelTick: (() => void) | undefined;

  constructor(active: ActiveGraph, sessions: GraphSessions, queue: CompileQueue, clock: Clock) {
    this.#active = active;
    this.#queue = queue;
    this.#clock = clock;
    this.#tree = this.#held.add(new LiveTree("patchbay.compileQueue", this, clock));
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#tree.refresh()));
    this.#held.defer(queue.onDidChange(() => this.#tree.refresh()));
    this.#held.defer(() => this.#cancelTick?.());
  }

  children(row: CompileRow | undefined): readonly CompileRow[] {
    if (row === undefined) return this.#roots();
    if (row.kind === "entry") return row.entry.reasons.map(toReason);
    if (row.kind === "history") return row.records.map((record, place) => ({ kind: "record", record, place }));
    return row.kind === "record" ? detailsOf(row.record).map(toReason) : [];
  }

  item(row: CompileRow): vscode.TreeItem {
    switch (row.kind) {
      case "entry":
        return entryItem(row.entry, this.#clock.now());
      case "history":
        return historyItem();
      case "record":
        return recordItem(row.record, row.place);
      case "reason":
        return new vscode.TreeItem(row.text);
    }
  }

  dispose(): void {
    this.#held.dispose();
  }

  #roots(): readonly CompileRow[] {
    const entries = this.#queue.backlog;
    if (entries.length > 0) this.#tick();
    const records = this.#active.current?.compiler.history ?? [];
    const waiting = entries.map((entry): CompileRow => ({ kind: "entry", entry }));
    return records.length === 0 ? waiting : [...waiting, { kind: "history", records }];
  }

  /** Ages are shown, so time alone is a change while something waits. */
  #tick(): void {
    this.#cancelTick?.();
    this.#cancelTick = this.#clock.after(AGE_MS, () => this.#tree.refresh());
  }
}

function toReason(text: string): CompileRow {
  return { kind: "reason", text };
}

function detailsOf({ error, reasons }: CompileRecord): readonly string[] {
  return error === undefined ? reasons : [`${error.code}: ${error.message}`, ...reasons];
}

function entryItem(entry: QueueEntry, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(nameOf(entry.graph), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `entry ${entry.graph}`;
  item.description = entryText(entry, now);
  item.tooltip = [item.description, ...entry.reasons, entry.error?.message ?? ""].filter(Boolean).join("\n");
  item.iconPath = new vscode.ThemeIcon(entry.running ? "sync~spin" : entry.failures > 0 ? "warning" : "watch");
  item.contextValue = "compileEntry";
  return item;
}

function historyItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Last compiles"), vscode.TreeItemCollapsibleState.Expanded);
  item.id = "history";
  item.iconPath = new vscode.ThemeIcon("history");
  return item;
}

function recordItem(record: CompileRecord, place: number): vscode.TreeItem {
  const hasDetails = detailsOf(record).length > 0;
  const item = new vscode.TreeItem(recordText(record), hasDetails ? collapsed(place) : vscode.TreeItemCollapsibleState.None);
  item.id = `${record.at} ${record.revision} ${record.micros}`;
  item.description = [savedText(record), record.reasons[0] ?? ""].filter(Boolean).join(" · ");
  item.tooltip = [vscode.l10n.t("Plan {0} at {1}", shortRevision(record.revision), clockTime(record.at)), ...detailsOf(record)].join("\n");
  item.iconPath = new vscode.ThemeIcon(record.success ? (record.class === "soft" ? "zap" : "circuit-board") : "error");
  return item;
}

/** The newest compile shows its reasons by itself. */
function collapsed(place: number): vscode.TreeItemCollapsibleState {
  return place === 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function nameOf(key: string): string {
  return decodeURIComponent(key.slice(key.lastIndexOf("/") + 1));
}
