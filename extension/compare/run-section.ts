// The graphs that a graph's runs were made under.
import * as vscode from "vscode";
import type { CheckpointSummary } from "../../runtime/checkpoint/checkpoint.js";
import type { StoredRun } from "../../runtime/checkpoint/store.js";
import type { GraphSession } from "../run/graph-session.js";
import { pastGraph } from "../run/past-graph.js";
import { momentText } from "../views/checkpoint-text.js";
import { checkpointUri } from "./kept-revisions.js";
import { titleWith } from "./open-comparison.js";
import type { Comparison, Section } from "./section.js";

const RUNS = 50;
const CHECKPOINTS = 200;

/** Checkpoints of a run that were made under one graph. */
interface Under {
  readonly run: StoredRun;
  readonly newest: CheckpointSummary;
  readonly count: number;
}

/** Each graph that checkpoints of the graph's runs were made under, and that is not the graph as it is now. */
export function runSection(session: GraphSession, uri: vscode.Uri): Section {
  const rows = graphsOf(session).map(({ run, newest, count }) => ({
    label: count === 1 ? vscode.l10n.t("Superstep {0}", newest.superstep) : vscode.l10n.t("Superstep {0} and Before", newest.superstep),
    description: [vscode.l10n.t("Run of {0}", momentText(run.startedAt)), vscode.l10n.t("{0} checkpoints", count)].join(" · "),
    icon: "history",
    comparison: withCheckpoint(uri, newest),
  }));
  return { title: vscode.l10n.t("graphs of checkpoints"), rows, all: vscode.l10n.t("Show All {0} Graphs of Checkpoints…", rows.length) };
}

/** The graph as it is now beside the one that a checkpoint was made under. */
export function withCheckpoint(uri: vscode.Uri, { revision, superstep }: CheckpointSummary): Comparison {
  const name = vscode.l10n.t("Superstep {0}", superstep);
  return { before: checkpointUri(uri, revision, name), title: titleWith(uri, name, vscode.l10n.t("Now")) };
}

/** Newest first; a graph that several runs were made under counts once, for the newest of them. */
function graphsOf(session: GraphSession): readonly Under[] {
  const byRevision = new Map<string, Under>();
  for (const run of session.archive.runs(RUNS)) {
    for (const summary of session.archive.checkpoints(run.id, CHECKPOINTS)) {
      const known = byRevision.get(summary.revision);
      if (known === undefined) byRevision.set(summary.revision, { run, newest: summary, count: 1 });
      else if (known.run === run) byRevision.set(summary.revision, { ...known, count: known.count + 1 });
    }
  }
  return [...byRevision.values()].filter(({ newest }) => pastGraph(session, newest)?.differs === true);
}
