import * as vscode from "vscode";
import type { GraphResult } from "../../runtime/compile/workspace/workspace-graph.js";
import { DisposableStore } from "../dispose.js";
import type { GraphSession } from "../run/graph-session.js";
import type { Command, CommandServices } from "./command.js";

/** Compiles every graph of the workspace, with progress. Those that are open are compiled where they are open. */
export const compileWorkspace: Command = {
  id: "patchbay.compileWorkspace",
  async run(services) {
    if (vscode.workspace.workspaceFolders === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open a folder first."));
      return;
    }
    const title = vscode.l10n.t("Compiling the workspace");
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const outcome = await vscode.window.withProgress(options, (progress, token) => compileAll(services, progress, token));
    void tell(outcome);
  },
};

interface Outcome {
  readonly graphs: number;
  readonly compiled: number;
  readonly broken: number;
  readonly cancelled: boolean;
}

type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

async function compileAll({ workspace, sessions }: CommandServices, progress: Progress, token: vscode.CancellationToken): Promise<Outcome> {
  const abort = new AbortController();
  const held = new DisposableStore();
  held.add(token.onCancellationRequested(() => abort.abort()));
  const open = sessions.all.filter(({ source }) => source.directory !== undefined);
  const broken = new Map<string, boolean>();
  let graphs = open.length;
  const count = (graph: string, isBroken: boolean): void => {
    const increment = broken.has(graph) ? 0 : 100 / graphs;
    broken.set(graph, isBroken);
    progress.report({ message: vscode.l10n.t("{0} of {1} graphs", broken.size, graphs), increment });
  };
  try {
    const closed = await workspace.find(abort.signal);
    graphs += closed.length;
    const isOurs = new Set(closed);
    held.add(workspace.onDidCompile((result) => isOurs.has(result.graph) && count(result.graph, isBad(result))));
    await Promise.all(open.map(async (session) => count(session.source.key, await isBrokenAfter(session, sessions))));
    await workspace.compile(closed, abort.signal);
  } finally {
    held.dispose();
  }
  const bad = [...broken.values()].filter((isBroken) => isBroken).length;
  return { graphs, compiled: broken.size, broken: bad, cancelled: abort.signal.aborted };
}

async function isBrokenAfter(session: GraphSession, sessions: CommandServices["sessions"]): Promise<boolean> {
  await session.compiler.compileNow();
  return sessions.documentOf(session)?.problems.some(({ severity }) => severity === "error") === true;
}

function isBad({ status, error }: GraphResult): boolean {
  return status === "problems" || status === "unreadable" || error !== undefined;
}

async function tell({ graphs, compiled, broken, cancelled }: Outcome): Promise<void> {
  if (cancelled) {
    const left = vscode.l10n.t("Cancelled: {0} of {1} graphs were compiled, the others wait in the Compile Queue.", compiled, graphs);
    void vscode.window.showInformationMessage(left);
  } else if (broken === 0) void vscode.window.showInformationMessage(vscode.l10n.t("{0} graphs compiled.", graphs));
  else {
    const show = vscode.l10n.t("Show Problems");
    const chosen = await vscode.window.showWarningMessage(vscode.l10n.t("{0} graphs compiled, {1} with errors.", graphs, broken), show);
    if (chosen === show) await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
}
