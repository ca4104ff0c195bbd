// How to restore a checkpoint, where that is a question.
import * as vscode from "vscode";
import { isUnsafe } from "../run/certificate-summary.js";
import { forkName } from "../run/fork-file.js";
import { checkpointLabel } from "../views/checkpoint-text.js";
import { verdictText } from "../views/verdict-text.js";
import { graphAt, type Moment } from "./moment.js";

/** What becomes of a checkpoint: its state alone, the one before it that can go on, its graph too, or a graph of its own. */
export type RestoreWay = "state" | "ancestor" | "graph" | "fork";

/** When a click asks. */
type Asking = "unsafe" | "changed" | "never";

/** Findings that the question tells. */
const TOLD = 3;

/** How to restore: the state alone, without a question, where that loses nothing; else as the person says. Undefined where they give up. */
export async function chooseRestore(moment: Moment, ask: boolean): Promise<RestoreWay | undefined> {
  if (!(ask || matters(moment))) return "state";
  const choice = await vscode.window.showQuickPick(choices(moment), {
    title: titleOf(moment),
    placeHolder: vscode.l10n.t("Restore what? What comes after it stays in the list."),
  });
  return choice?.way;
}

function matters(moment: Moment): boolean {
  const { certificate, migratable } = moment;
  const asking = vscode.workspace.getConfiguration("patchbay").get("restore.ask", "unsafe") as Asking;
  const unsafe = certificate !== undefined && isUnsafe(certificate) && !migratable;
  if (asking === "never") return false;
  return unsafe || (asking === "changed" && graphAt(moment)?.differs === true);
}

interface WayItem extends vscode.QuickPickItem {
  readonly way: RestoreWay;
}

function choices(moment: Moment): readonly WayItem[] {
  const { certificate, summary, session } = moment;
  const graph = graphAt(moment);
  const ancestor = certificate?.ancestor;
  return [
    ...(ancestor === undefined
      ? []
      : [
          {
            way: "ancestor" as const,
            label: vscode.l10n.t("Superstep {0} Instead", ancestor.superstep),
            description: vscode.l10n.t("goes on under the graph as it is now"),
            iconPath: icon("discard"),
          },
        ]),
    { way: "state", label: vscode.l10n.t("State Only"), description: underNow(moment), iconPath: icon("database") },
    ...(graph?.differs === true
      ? [
          {
            way: "graph" as const,
            label: vscode.l10n.t("State and Graph"),
            description: vscode.l10n.t("the text becomes that of then; one undo brings yours back"),
            ...filesOf(graph.changedFiles),
            iconPath: icon("versions"),
          },
        ]
      : []),
    ...(graph === undefined
      ? []
      : [
          {
            way: "fork" as const,
            label: vscode.l10n.t("Fork into a New File"),
            description: forkName(session.source.name, summary.superstep, 1),
            ...filesOf(graph.changedFiles),
            iconPath: icon("repo-forked"),
          },
        ]),
  ];
}

function icon(name: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name);
}

function titleOf({ summary, certificate, migratable }: Moment): string {
  const verdict = certificate === undefined ? "" : verdictText(certificate, migratable);
  return [checkpointLabel(summary), verdict].filter(Boolean).join(" · ");
}

/** What the state comes to under the graph as it is now. */
function underNow({ certificate, migratable }: Moment): string {
  if (certificate === undefined || certificate.verdict === "unaffected") return vscode.l10n.t("goes on as it would have");
  const reasons = certificate.findings.slice(0, TOLD).map(({ message }) => message);
  return [verdictText(certificate, migratable), ...reasons].join(" · ");
}

/** Handlers of then are not kept: only what they are now can run. */
function filesOf(changed: readonly string[]): { readonly detail?: string } {
  return changed.length === 0 ? {} : { detail: vscode.l10n.t("Runs files that have changed since: {0}", changed.join(", ")) };
}
