import * as vscode from "vscode";
import type { CompileQueue } from "../../runtime/compile/queue.js";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { adviceItem, adviceRows, type AdviceRow } from "./advice-rows.js";
import { backlogItem, type BacklogRow } from "./backlog-rows.js";
import type { DismissedAdvice } from "./dismissed-advice.js";
import { historyItem, recordDetails, recordItem, recordRows, type HistoryRow, type RecordRow } from "./history-rows.js";
import { LiveTree, type TreeSource } from "./live-tree.js";
import { statisticsItem, statisticsLines, statisticsRows, type StatisticsRow } from "./statistics-rows.js";

const AGE_MS = 1000;

interface LineRow {
  readonly kind: "line";
  readonly text: string;
}

type CompileRow = AdviceRow | BacklogRow | HistoryRow | RecordRow | StatisticsRow | LineRow;

/** What waits to be compiled and why; what the last compiles of the active graph were, cost and suggest. */
export class CompileQueueView implements TreeSource<CompileRow>, Disposable {
  readonly #active: ActiveGraph;
  readonly #queue: CompileQueue;
  readonly #dismissed: DismissedAdvice;
  readonly #clock: Clock;
  readonly #held = new DisposableStore();
  readonly #tree: LiveTree<CompileRow>;
  #cancelTick: (() => void) | undefined;

  constructor(active: ActiveGraph, sessions: GraphSessions, queue: CompileQueue, dismissed: DismissedAdvice, clock: Clock) {
    this.#active = active;
    this.#queue = queue;
    this.#dismissed = dismissed;
    this.#clock = clock;
    this.#tree = this.#held.add(new LiveTree("patchbay.compileQueue", this, clock));
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#tree.refresh()));
    this.#held.add(dismissed.onDidChange(() => this.#tree.refresh()));
    this.#held.defer(queue.onDidChange(() => this.#tree.refresh()));
    this.#held.defer(() => this.#cancelTick?.());
  }

  children(row: CompileRow | undefined): readonly CompileRow[] {
    if (row === undefined) return this.#roots();
    switch (row.kind) {
      case "entry":
        return row.entry.reasons.map(toLine);
      case "statistics":
        return statisticsLines(row.statistics).map(toLine);
      case "history":
        return recordRows(row);
      case "record":
        return recordDetails(row.record).map(toLine);
      case "advice":
      case "line":
        return [];
    }
  }

  item(row: CompileRow): vscode.TreeItem {
    switch (row.kind) {
      case "advice":
        return adviceItem(row);
      case "entry":
        return backlogItem(row, this.#clock.now());
      case "statistics":
        return statisticsItem(row);
      case "history":
        return historyItem();
      case "record":
        return recordItem(row);
      case "line":
        return new vscode.TreeItem(row.text);
    }
  }

  dispose(): void {
    this.#held.dispose();
  }

  #roots(): readonly CompileRow[] {
    const entries = this.#queue.backlog;
    if (entries.length > 0) this.#tick();
    const waiting = entries.map((entry): CompileRow => ({ kind: "entry", entry }));
    const session = this.#active.current;
    if (session === undefined) return waiting;
    const records = session.compiler.history;
    const past: readonly CompileRow[] = records.length === 0 ? [] : [...statisticsRows(records), { kind: "history", records }];
    return [...adviceRows(session, this.#dismissed), ...waiting, ...past];
  }

  /** Ages are shown, so time alone is a change while something waits. */
  #tick(): void {
    this.#cancelTick?.();
    this.#cancelTick = this.#clock.after(AGE_MS, () => this.#tree.refresh());
  }
}

function toLine(text: string): CompileRow {
  return { kind: "line", text };
}
