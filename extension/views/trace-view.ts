import * as vscode from "vscode";
import type { Clock } from "../../runtime/ports.js";
import type { TraceEvent } from "../../runtime/trace/event.js";
import type { Selection } from "../bridge/bridge.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { clockTime } from "./checkpoint-text.js";
import { LiveTree, type TreeSource } from "./live-tree.js";
import { subjectOf, tailOf, traceIcon } from "./trace-rows.js";
import { traceText } from "./trace-text.js";

const DEFAULT_LIMIT = 1000;
/** By then VS Code has drawn the rows that it was given, in milliseconds. */
const DRAWN_MS = 400;

interface EventRow {
  readonly kind: "event";
  readonly session: GraphSession;
  readonly event: TraceEvent;
  readonly selection: Selection;
}

type TraceRow = EventRow | { readonly kind: "earlier" };

/** What led to where the run stands, newest last. */
export class TraceView implements TreeSource<TraceRow>, Disposable {
  readonly #active: ActiveGraph;
  readonly #clock: Clock;
  readonly #held = new DisposableStore();
  readonly #tree: LiveTree<TraceRow>;
  #newest: EventRow | undefined;

  constructor(active: ActiveGraph, sessions: GraphSessions, clock: Clock) {
    this.#active = active;
    this.#clock = clock;
    this.#tree = this.#held.add(new LiveTree("patchbay.trace", this, clock));
    this.#held.add(active.onDidChange(() => this.#tree.refresh()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && this.#tree.refresh()));
    this.#held.add(
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("patchbay.trace.limit") && this.#tree.refresh()),
    );
  }

  children(row: TraceRow | undefined): readonly TraceRow[] {
    const session = this.#active.current;
    if (row !== undefined || session?.run === undefined) return [];
    const limit = vscode.workspace.getConfiguration("patchbay").get("trace.limit", DEFAULT_LIMIT);
    const { events, earlier } = tailOf(session.run.trace, limit);
    const rows = events.map((event): EventRow => ({ kind: "event", session, event, selection: subjectOf(event) }));
    this.#follow(rows.at(-1));
    return earlier ? [{ kind: "earlier" }, ...rows] : rows;
  }

  item(row: TraceRow): vscode.TreeItem {
    return row.kind === "event" ? eventItem(row) : earlierItem();
  }

  dispose(): void {
    this.#held.dispose();
  }

  /**
   * Keeps the newest event in view: once VS Code has taken the rows, and again once it has drawn them, as it may pass over a
   * row that it has not drawn yet.
   */
  #follow(newest: EventRow | undefined): void {
    const known = this.#newest?.event;
    this.#newest = newest;
    if (newest === undefined || newest.event === known) return;
    setImmediate(() => this.#tree.show(newest));
    this.#clock.after(DRAWN_MS, () => this.#newest !== undefined && this.#tree.show(this.#newest));
  }
}

function eventItem(row: EventRow): vscode.TreeItem {
  const { event, selection } = row;
  const { label, detail } = traceText(event);
  const item = new vscode.TreeItem(label);
  item.id = String(event.seq);
  item.description = detail;
  item.tooltip = `${event.seq} · ${clockTime(event.at)} · ${event.type}\n${label} ${detail}`;
  item.iconPath = new vscode.ThemeIcon(traceIcon(event), event.type === "task-failed" ? new vscode.ThemeColor("charts.red") : undefined);
  if (selection.nodes.length + selection.edges.length > 0) {
    item.contextValue = "revealing";
    item.command = { command: "patchbay.revealInCanvas", title: vscode.l10n.t("Reveal in Canvas"), arguments: [row] };
  }
  return item;
}

function earlierItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("…earlier"));
  item.id = "earlier";
  item.tooltip = vscode.l10n.t("The store has all events. Click to change how many are shown here.");
  item.command = { command: "workbench.action.openSettings", title: vscode.l10n.t("Open Settings"), arguments: ["patchbay.trace.limit"] };
  return item;
}
