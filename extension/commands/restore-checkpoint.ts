import * as vscode from "vscode";
import type { GraphSession } from "../run/graph-session.js";
import { checkpointDescription, checkpointLabel } from "../views/checkpoint-text.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

const CHOICES = 200;

/** Stands the run at a checkpoint, its state only: the one clicked, or one chosen from a list. */
export const restoreCheckpoint: Command = {
  id: "patchbay.restoreCheckpoint",
  async run(services, row) {
    if (isCheckpointRow(row)) return row.session.restore(row.summary.run, row.summary.id);
    const session = await graphOf(services, row);
    const chosen = session === undefined ? undefined : await chooseCheckpoint(session);
    if (chosen !== undefined) session?.restore(chosen.run, chosen.id);
  },
};

async function chooseCheckpoint(session: GraphSession): Promise<{ readonly run: string; readonly id: string } | undefined> {
  const run = session.run?.id ?? session.archive.runs(1)[0]?.id;
  const summaries = run === undefined ? [] : session.archive.checkpoints(run, CHOICES);
  const items = summaries.map((summary) => ({ label: checkpointLabel(summary), description: checkpointDescription(summary), summary }));
  const choice = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which checkpoint?"), matchOnDescription: true });
  return choice?.summary;
}
