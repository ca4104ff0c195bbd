import { superstepOf } from "../../runtime/checkpoint/checkpoint.js";
import * as vscode from "vscode";
import { shortRevision } from "../bridge/project-compile.js";
import type { Clock } from "../../runtime/ports.js";
import type { RunStatus } from "../../runtime/run/session.js";
import { Coalescer } from "../coalescer.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { ActiveGraph } from "../editor/active-graph.js";
import type { GraphSession } from "../run/graph-session.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { recordText, savedText } from "./compile-text.js";
import { runText } from "./status-text.js";

const REFRESH_MS = 100;
/** What an edit leads to on the canvas comes first. */
const LATER_MS = 50;

const runIcons: Readonly<Record<RunStatus, string>> = {
  paused: "debug-pause",
  running: "sync~spin",
  waiting: "question",
  completed: "pass",
  failed: "error",
  cancelled: "circle-slash",
};

/** The plan in force, the last compile and the run of the active graph, in the status bar. */
export class StatusBar implements Disposable {
  readonly #active: ActiveGraph;
  readonly #held = new DisposableStore();
  readonly #plan: vscode.StatusBarItem;
  readonly #compile: vscode.StatusBarItem;
  readonly #run: vscode.StatusBarItem;

  constructor(active: ActiveGraph, sessions: GraphSessions, clock: Clock) {
    this.#active = active;
    this.#plan = this.#item("plan", 13, vscode.l10n.t("Patchbay: Plan"), "patchbay.showCompileQueue");
    this.#compile = this.#item("compile", 12, vscode.l10n.t("Patchbay: Last Compile"), "patchbay.showCompileQueue");
    this.#run = this.#item("run", 11, vscode.l10n.t("Patchbay: Run"), "patchbay.showCheckpoints");
    const update = this.#held.add(new Coalescer(clock, REFRESH_MS, () => this.#update(), LATER_MS));
    this.#held.add(active.onDidChange(() => update.request()));
    this.#held.add(sessions.onDidChange((session) => session === active.current && update.request()));
    this.#update();
  }

  dispose(): void {
    this.#held.dispose();
  }

  #item(id: string, priority: number, name: string, command: string): vscode.StatusBarItem {
    const item = this.#held.add(vscode.window.createStatusBarItem(`patchbay.${id}`, vscode.StatusBarAlignment.Left, priority));
    item.name = name;
    item.command = command;
    return item;
  }

  #update(): void {
    const session = this.#active.focused ? this.#active.current : undefined;
    showIf(this.#plan, session === undefined ? undefined : planText(session));
    showIf(this.#compile, session === undefined ? undefined : compileText(session));
    showIf(this.#run, session === undefined ? undefined : runItem(session));
    this.#plan.backgroundColor = session?.compiler.stale === true ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }
}

interface ItemText {
  readonly text: string;
  readonly tooltip: string;
}

function showIf(item: vscode.StatusBarItem, shown: ItemText | undefined): void {
  if (shown === undefined) return item.hide();
  item.text = shown.text;
  item.tooltip = shown.tooltip;
  item.show();
}

function planText({ compiler }: GraphSession): ItemText {
  const { current, stale } = compiler;
  if (current === undefined) return { text: vscode.l10n.t("$(circuit-board) no plan"), tooltip: vscode.l10n.t("The graph has errors.") };
  const plan = shortRevision(current.plan.revision);
  return stale
    ? {
        text: vscode.l10n.t("$(circuit-board) plan {0} $(warning) stale", plan),
        tooltip: vscode.l10n.t("The document differs from the plan in force."),
      }
    : { text: vscode.l10n.t("$(circuit-board) plan {0}", plan), tooltip: vscode.l10n.t("The plan in force says what the document says.") };
}

function compileText({ compiler }: GraphSession): ItemText | undefined {
  const [last] = compiler.history;
  if (last === undefined) return undefined;
  return { text: `$(zap) ${recordText(last)}`, tooltip: [...last.reasons, savedText(last)].filter(Boolean).join("\n") };
}

function runItem({ run }: GraphSession): ItemText | undefined {
  if (run === undefined) return undefined;
  const text = vscode.l10n.t("{0} · superstep {1}", runText(run), superstepOf(run.frontier));
  return { text: `$(${run.blocked === undefined ? runIcons[run.status] : "error"}) ${text}`, tooltip: run.blocked?.message ?? run.id };
}
