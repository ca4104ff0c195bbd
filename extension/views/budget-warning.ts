import * as vscode from "vscode";
import { parseSize } from "../../runtime/document/quantities.js";
import type { Clock } from "../../runtime/ports.js";
import { DisposableStore, type Disposable } from "../dispose.js";
import type { GraphSessions } from "../run/graph-sessions.js";
import { StoreBudget, type Excess } from "../run/store-budget.js";
import type { Stores } from "../run/stores.js";
import { shortBytes } from "../../runtime/model/figures.js";

/** The budget of a folder's store in bytes; undefined where the setting names none. */
function storeBudget(): number | undefined {
  return parseSize(vscode.workspace.getConfiguration("patchbay").get("store.budget", "500MB"));
}

/** Says once in a window that a folder's store has outgrown its budget. */
export class BudgetWarning implements Disposable {
  readonly #held = new DisposableStore();

  constructor(sessions: GraphSessions, stores: Stores, clock: Clock) {
    const budget = new StoreBudget((directory) => stores.bytes(directory), storeBudget, clock);
    this.#held.add(
      sessions.onDidChange(({ source, run }) => {
        const excess = source.directory === undefined || run === undefined ? undefined : budget.moved(source.directory);
        if (excess !== undefined) void warn(excess);
      }),
    );
  }

  dispose(): void {
    this.#held.dispose();
  }
}

async function warn({ directory, bytes, budget }: Excess): Promise<void> {
  const prune = vscode.l10n.t("Prune…");
  const show = vscode.l10n.t("Show Sizes");
  const name = vscode.workspace.asRelativePath(directory);
  const text = vscode.l10n.t(
    "The runs stored in {0} take {1}, more than the {2} of patchbay.store.budget.",
    name,
    shortBytes(bytes),
    shortBytes(budget),
  );
  const answer = await vscode.window.showWarningMessage(text, prune, show);
  if (answer === prune) await vscode.commands.executeCommand("patchbay.pruneStore");
  if (answer === show) await vscode.commands.executeCommand("patchbay.showSizes");
}
