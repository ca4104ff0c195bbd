import * as vscode from "vscode";
import type { Certificate } from "../../runtime/certify/certificate.js";
import type { GraphSession } from "../run/graph-session.js";
import { checkpointDescription, checkpointLabel } from "../views/checkpoint-text.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import { verdictText } from "../views/verdict-text.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

const CHOICES = 200;

/** A checkpoint to stand at, and what it is worth if that is known. */
interface Target {
  readonly run: string;
  readonly id: string;
  readonly superstep: number;
  readonly certificate: Certificate | undefined;
}

/** Stands the run at a checkpoint, its state only: the one clicked, or one chosen from a list. */
export const restoreCheckpoint: Command = {
  id: "patchbay.restoreCheckpoint",
  async run(services, row) {
    if (isCheckpointRow(row)) return restore(row.session, { ...row.summary, certificate: row.certificate });
    const session = await graphOf(services, row);
    const chosen = session === undefined ? undefined : await chooseCheckpoint(session);
    if (session !== undefined && chosen !== undefined) await restore(session, chosen);
  },
};

async function chooseCheckpoint(session: GraphSession): Promise<Target | undefined> {
  const [last] = session.run === undefined ? session.archive.runs(1) : [session.run];
  if (last === undefined) return undefined;
  const certificates = session.certificates.now(last)?.all;
  const items = session.archive.checkpoints(last.id, CHOICES).map((summary) => {
    const certificate = certificates?.get(summary.id);
    const verdict = certificate === undefined ? "" : verdictText(certificate);
    const description = [verdict, checkpointDescription(summary)].filter(Boolean).join(" · ");
    return { label: checkpointLabel(summary), description, target: { ...summary, certificate } };
  });
  const choice = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which checkpoint?"), matchOnDescription: true });
  return choice?.target;
}

/** From a checkpoint that cannot go on, the one before it that can is offered. */
async function restore(session: GraphSession, { run, id, superstep, certificate }: Target): Promise<void> {
  const { ancestor } = certificate ?? {};
  if (ancestor === undefined) return session.restore(run, id);
  const instead = vscode.l10n.t("Restore Superstep {0} Instead", ancestor.superstep);
  const anyway = vscode.l10n.t("Restore Superstep {0}", superstep);
  const asked = vscode.l10n.t("Superstep {0} cannot go on under the graph as it is now.", superstep);
  const detail = certificate?.findings.map(({ message }) => message).join("\n") ?? "";
  const answer = await vscode.window.showWarningMessage(asked, { modal: true, detail }, instead, anyway);
  if (answer !== undefined) session.restore(run, answer === instead ? ancestor.checkpoint : id);
}
