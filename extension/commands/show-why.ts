import * as vscode from "vscode";
import type { Finding } from "../../runtime/certify/finding.js";
import { blockageOf } from "../run/blockage.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import { placeText } from "../views/verdict-text.js";
import { lineOf } from "./finding-line.js";
import type { Command } from "./command.js";
import { showPlace } from "./show-place.js";
import { graphOf } from "./target.js";

/** Shows why a checkpoint, or the run shown, does not go on as it would have: where the graph differs for it. */
export const showWhy: Command = {
  id: "patchbay.showWhy",
  async run(services, subject) {
    const row = isCheckpointRow(subject) ? subject : undefined;
    const session = row?.session ?? (await graphOf(services, subject));
    if (session === undefined) return;
    const findings = row === undefined ? blockageOf(session)?.findings : row.certificate?.findings;
    if (findings === undefined || findings.length === 0) return void tellNothing();
    const finding = findings.length === 1 ? findings[0] : await choose(findings, (each) => lineOf(session, each));
    if (finding !== undefined) await showPlace(services, session, finding.place);
  },
};

async function choose(findings: readonly Finding[], line: (finding: Finding) => number | undefined): Promise<Finding | undefined> {
  const items = findings.map((finding) => ({ label: finding.message, description: describe(finding, line(finding)), finding }));
  const choice = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Show which reason?"), matchOnDescription: true });
  return choice?.finding;
}

function describe({ place }: Finding, line: number | undefined): string {
  return line === undefined ? placeText(place) : vscode.l10n.t("{0}, line {1}", placeText(place), line);
}

function tellNothing(): Thenable<unknown> {
  return vscode.window.showInformationMessage(vscode.l10n.t("Nothing has changed for it."));
}
