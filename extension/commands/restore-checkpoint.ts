import * as v from "valibot";
import * as vscode from "vscode";
import type { GraphSession } from "../run/graph-session.js";
import { checkpointDescription, checkpointLabel } from "../views/checkpoint-text.js";
import { isCheckpointRow } from "../views/checkpoint-rows.js";
import { verdictText } from "../views/verdict-text.js";
import type { Command, CommandServices } from "./command.js";
import { chooseRestore } from "./choose-restore.js";
import { forkMoment, restoreBoth, restoreState } from "./restore-ways.js";
import { momentOf, type Moment } from "./moment.js";
import { graphOf } from "./target.js";

const CHOICES = 200;

/** Stands the run at a checkpoint: the one clicked, or one chosen from a list. Asks how only where there is something to choose that matters. */
export const restoreCheckpoint: Command = {
  id: "patchbay.restoreCheckpoint",
  run: (services, subject, canvas) => restoreOne(services, subject, false, canvas),
};

/** The same, and asks how in any case. */
export const restoreAs: Command = {
  id: "patchbay.restoreAs",
  run: (services, subject) => restoreOne(services, subject, true),
};

/** Stands the run at a checkpoint, under the graph of then. */
export const restoreStateAndGraph: Command = {
  id: "patchbay.restoreStateAndGraph",
  async run(services, subject) {
    const moment = await momentFor(services, subject);
    if (moment !== undefined) await restoreBoth(services, moment);
  },
};

/** Makes a graph of its own of a checkpoint: the document of then, and a run that stands there. */
export const forkIntoNewFile: Command = {
  id: "patchbay.forkIntoFile",
  async run(services, subject) {
    const moment = await momentFor(services, subject);
    if (moment !== undefined) await forkMoment(services, moment);
  },
};

async function restoreOne(services: CommandServices, subject: unknown, ask: boolean, canvas?: unknown): Promise<void> {
  const moment = await momentFor(services, subject, canvas);
  const way = moment === undefined ? undefined : await chooseRestore(moment, ask);
  if (moment === undefined || way === undefined) return;
  switch (way) {
    case "state":
      return restoreState(moment);
    case "ancestor":
      return moment.session.restore(moment.run.id, moment.certificate?.ancestor?.checkpoint ?? moment.summary.id);
    case "graph":
      return restoreBoth(services, moment);
    case "fork":
      return forkMoment(services, moment);
  }
}

/** `canvas`: what a canvas was asked for, which looks at a checkpoint of the run shown. */
async function momentFor(services: CommandServices, subject: unknown, canvas?: unknown): Promise<Moment | undefined> {
  if (isCheckpointRow(subject)) return momentOf(subject);
  const session = await graphOf(services, subject);
  if (session === undefined) return undefined;
  const looked = v.safeParse(lookedAt, canvas);
  return looked.success ? momentAt(session, looked.output.checkpoint) : chooseMoment(session);
}

const lookedAt = v.object({ checkpoint: v.string() });

/** A checkpoint on the way to where the run shown stands. */
function momentAt(session: GraphSession, checkpoint: string): Moment | undefined {
  const { run } = session;
  const summary = run === undefined ? undefined : session.archive.checkpoint(run.id, checkpoint);
  return run === undefined || summary === undefined ? undefined : momentOf({ session, run, summary, inside: false });
}

async function chooseMoment(session: GraphSession): Promise<Moment | undefined> {
  const [run] = session.run === undefined ? session.archive.runs(1) : [session.run];
  if (run === undefined) return undefined;
  const certificates = session.certificates.now(run)?.all;
  const items = session.archive.checkpoints(run.id, CHOICES).map((summary) => {
    const certificate = certificates?.get(summary.id);
    const verdict = certificate === undefined ? "" : verdictText(certificate);
    const description = [verdict, checkpointDescription(summary)].filter(Boolean).join(" · ");
    return { label: checkpointLabel(summary), description, summary };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t("Which checkpoint?"),
    matchOnDescription: true,
  });
  return chosen === undefined ? undefined : momentOf({ session, run, summary: chosen.summary, inside: false });
}
