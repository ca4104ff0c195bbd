import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import { askComparison } from "../compare/ask-comparison.js";
import { fileSection, savedSection } from "../compare/file-sections.js";
import { gitSections, type Found } from "../compare/git-sections.js";
import { openComparison, titleOfFiles } from "../compare/open-comparison.js";
import { runSection, withCheckpoint } from "../compare/run-section.js";
import type { Section } from "../compare/section.js";
import { isGraphPath } from "../editor/graph-uri.js";
import type { ErrorReporter } from "../error-reporter.js";
import type { GraphSession } from "../run/graph-session.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import type { Command, CommandServices } from "./command.js";
import { graphAt, momentOf } from "./moment.js";
import { graphOf } from "./target.js";

/** Opens a graph beside what a person chooses: what it was, or another one. Two that are selected in the explorer are compared at once. */
export const compareWith: Command = {
  id: "patchbay.compareWith",
  async run(services, subject, selected) {
    const session = await graphOf(services, subject instanceof vscode.Uri ? subject : inView(services));
    if (session === undefined) return;
    const uri = vscode.Uri.parse(session.source.key);
    const other = otherOf(uri, selected);
    const comparison =
      other === undefined
        ? await askComparison(session.source.name, found(services, session, uri))
        : { before: other, title: titleOfFiles(other, uri) };
    if (comparison !== undefined) await openComparison(uri, comparison);
  },
};

/** Opens a graph beside the one that a checkpoint was made under. */
export const compareCheckpoint: Command = {
  id: "patchbay.compareCheckpoint",
  async run(_services, row) {
    if (!isCheckpointRow(row)) return;
    const { session, summary } = row;
    const graph = graphAt(momentOf(row));
    if (graph === undefined) throw new PatchbayError("NOT_FOUND", "The graph of then is not in the store.", { revision: summary.revision });
    const uri = vscode.Uri.parse(session.source.key);
    if (graph.differs) await openComparison(uri, withCheckpoint(uri, summary));
    else void vscode.window.showInformationMessage(vscode.l10n.t("The graph is the same as at superstep {0}.", summary.superstep));
  },
};

/** The graph of the canvas that has the keyboard: alone, or as a side of a comparison. */
function inView({ panels, pairs }: CommandServices): vscode.Uri | undefined {
  return panels.active?.document.uri ?? pairs.inView();
}

/** Of two graphs that are selected, the one that was not clicked. */
function otherOf(uri: vscode.Uri, selected: unknown): vscode.Uri | undefined {
  if (!Array.isArray(selected)) return undefined;
  const graphs = selected.filter((each): each is vscode.Uri => each instanceof vscode.Uri && isGraphPath(each.path));
  return graphs.length === 2 ? graphs.find((each) => each.toString() !== uri.toString()) : undefined;
}

/** All that there is; what one source cannot tell keeps nothing of the others back. */
async function found({ sessions, reporter }: CommandServices, session: GraphSession, uri: vscode.Uri): Promise<Found> {
  const isDirty = uri.scheme !== "untitled" && sessions.documentOf(session)?.text.isDirty === true;
  const [git, files] = await Promise.all([gitSections(uri).catch(failed(reporter)), fileSection(uri)]);
  return { ...git, sections: [savedSection(uri, isDirty), ...git.sections, ...runsOf(session, uri, reporter), files] };
}

function failed(reporter: ErrorReporter): (thrown: unknown) => Found {
  return (thrown) => {
    reporter.log("Git cannot tell the history of a graph", thrown);
    return { sections: [], why: vscode.l10n.t("Git failed: see the log of Patchbay.") };
  };
}

function runsOf(session: GraphSession, uri: vscode.Uri, reporter: ErrorReporter): readonly Section[] {
  try {
    return [runSection(session, uri)];
  } catch (thrown) {
    reporter.log("The store cannot tell the graphs of checkpoints", thrown);
    return [];
  }
}
