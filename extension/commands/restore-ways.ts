import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import { forkIntoFile } from "../run/fork-file.js";
import type { PastGraph } from "../run/past-graph.js";
import { restoreGraph } from "../run/restore-graph.js";
import type { CommandServices } from "./command.js";
import { graphAt, type Moment } from "./moment.js";

/** How long the status bar says what was done, in milliseconds. */
const SAID_MS = 6000;

/** Stands at a checkpoint under the graph as it is now. */
export function restoreState({ session, run, summary }: Moment): void {
  session.restore(run.id, summary.id);
}

/** Stands at a checkpoint under the graph of then, whose text becomes the document's. */
export async function restoreBoth({ sessions, edits }: CommandServices, moment: Moment): Promise<void> {
  const { session, summary } = moment;
  const graph = knownGraph(moment);
  const document = sessions.documentOf(session);
  if (session.running) throw new PatchbayError("RUN_BUSY", "The run is running.");
  if (graph.differs && document !== undefined) await restoreGraph(session, document, edits, graph.text);
  restoreState(moment);
  if (graph.differs) say(vscode.l10n.t("The graph is that of superstep {0}. Undo brings back yours.", summary.superstep));
  warnOfFiles(graph);
}

/** Makes a graph of its own of a checkpoint, and opens it. */
export async function forkMoment({ panels }: CommandServices, moment: Moment): Promise<void> {
  const { session, summary } = moment;
  const graph = knownGraph(moment);
  const path = forkIntoFile(session, { checkpoint: summary.id, superstep: summary.superstep, text: graph.text });
  await panels.reveal(vscode.Uri.file(path));
  warnOfFiles(graph);
}

function knownGraph(moment: Moment): PastGraph {
  const graph = graphAt(moment);
  const { inside, summary } = moment;
  if (graph !== undefined) return graph;
  const why = inside ? "Of a run inside a task only the state can be restored." : "The graph of then is not in the store.";
  throw new PatchbayError("NOT_FOUND", why, { revision: summary.revision });
}

function warnOfFiles({ changedFiles }: PastGraph): void {
  if (changedFiles.length === 0) return;
  void vscode.window.showWarningMessage(
    vscode.l10n.t("Files that the graph runs have changed since, and run as they are now: {0}", changedFiles.join(", ")),
  );
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(text, SAID_MS);
}
