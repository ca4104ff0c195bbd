import * as vscode from "vscode";
import type { InnerRun, Inside } from "../run/inner-runs.js";
import { innerRunText } from "../run/inner-run-text.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Has the canvas of a graph show another of the runs inside the node by which somebody came to it, or the graph's own. */
export const chooseInnerRun: Command = {
  id: "patchbay.chooseInnerRun",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    if (session === undefined) return;
    const { key } = session.source;
    const inside = services.innerRuns.of(key);
    if (inside === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("No run of another graph has run this one. Open it from a node that runs it, while the run of that graph is shown."),
      );
      return;
    }
    const chosen = await vscode.window.showQuickPick(choices(inside), {
      placeHolder: vscode.l10n.t("Which run?"),
      matchOnDescription: true,
    });
    if (chosen !== undefined) services.innerRuns.choose(key, chosen.run);
  },
};

interface Choice extends vscode.QuickPickItem {
  readonly run: string | null;
}

function choices({ all, shown }: Inside): readonly Choice[] {
  const description = (is: boolean): { description?: string } => (is ? { description: vscode.l10n.t("shown") } : {});
  const inner = all.toReversed().map((each: InnerRun) => ({
    label: `$(type-hierarchy-sub) ${innerRunText(each)}`,
    ...description(each.run === shown?.run),
    run: each.run,
  }));
  const own = { label: `$(play) ${vscode.l10n.t("The graph’s own run")}`, ...description(shown === undefined), run: null };
  return [...inner, own];
}
