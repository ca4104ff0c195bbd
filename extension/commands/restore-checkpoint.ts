import * as vscode from "vscode";
import type { CheckpointSummary } from "../../runtime/checkpoint/checkpoint.js";
import type { AskedRun } from "../run/certificates.js";
import type { GraphSession } from "../run/graph-session.js";
import { checkpointDescription, checkpointLabel } from "../views/checkpoint-text.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import { verdictText } from "../views/verdict-text.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

const CHOICES = 200;

/** Stands the run at a checkpoint, its state only: the one clicked, or one chosen from a list. */
export const restoreCheckpoint: Command = {
  id: "patchbay.restoreCheckpoint",
  async run(services, row) {
    if (isCheckpointRow(row)) return restore(row.session, row.run, row.summary);
    const session = await graphOf(services, row);
    const chosen = session === undefined ? undefined : await chooseCheckpoint(session);
    if (session !== undefined && chosen !== undefined) await restore(session, chosen.run, chosen.summary);
  },
};

interface Choice {
  readonly run: AskedRun;
  readonly summary: CheckpointSummary;
}

async function chooseCheckpoint(session: GraphSession): Promise<Choice | undefined> {
  const [run] = session.run === undefined ? session.archive.runs(1) : [session.run];
  if (run === undefined) return undefined;
  const certificates = session.certificates.now(run)?.all;
  const items = session.archive.checkpoints(run.id, CHOICES).map((summary) => {
    const certificate = certificates?.get(summary.id);
    const verdict = certificate === undefined ? "" : verdictText(certificate);
    const description = [verdict, checkpointDescription(summary)].filter(Boolean).join(" · ");
    return { label: checkpointLabel(summary), description, run, summary };
  });
  return vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which checkpoint?"), matchOnDescription: true });
}

/** From a checkpoint that cannot go on, the one before it that can is offered. Rows may show what was true before the last edit. */
async function restore(session: GraphSession, run: AskedRun, { id, superstep }: CheckpointSummary): Promise<void> {
  const stands = session.run?.id === run.id ? session.run : run;
  const { ancestor, findings = [] } = session.certificates.now(stands)?.all.get(id) ?? {};
  if (ancestor === undefined) return session.restore(run.id, id);
  const instead = vscode.l10n.t("Restore Superstep {0} Instead", ancestor.superstep);
  const anyway = vscode.l10n.t("Restore Superstep {0}", superstep);
  const asked = vscode.l10n.t("Superstep {0} cannot go on under the graph as it is now.", superstep);
  const detail = findings.map(({ message }) => message).join("\n");
  const answer = await vscode.window.showWarningMessage(asked, { modal: true, detail }, instead, anyway);
  if (answer !== undefined) session.restore(run.id, answer === instead ? ancestor.checkpoint : id);
}
