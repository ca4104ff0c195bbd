import * as vscode from "vscode";
import type { Decide } from "../../runtime/document/merge/conflicts.js";
import { conflictsIn, type PlacedConflict } from "../../runtime/document/merge/resolve-conflict.js";
import { PatchbayError } from "../../runtime/errors.js";
import { conflictName, waysOf } from "../editor/conflict-text.js";
import { subjectOf } from "./canvas-subject.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Decides what a merge left open: at the place and in the way that a quick fix names, or as the person chooses. */
export const resolveConflict: Command = {
  id: "patchbay.resolveConflict",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    const document = session === undefined ? undefined : services.sessions.documentOf(session);
    if (session === undefined || document === undefined) return;
    const { node, edge } = subjectOf(services, session, args);
    const [, at, take] = args;
    const conflict = await chosen(conflictsIn(document.text.getText()), typeof at === "string" ? at : undefined, node ?? edge);
    const way = conflict === undefined ? undefined : isWay(take) ? take : await chooseWay(conflict);
    if (conflict === undefined || way === undefined) return;
    const reply = await services.edits.resolve(document, conflict.at, way);
    if (!reply.ok) throw new PatchbayError("EDIT_REFUSED", reply.message);
  },
};

/** The one at a place, or the only one; of several the one that the person chooses, those of an entry before others. */
async function chosen(
  all: readonly PlacedConflict[],
  at: string | undefined,
  entry: string | undefined,
): Promise<PlacedConflict | undefined> {
  if (at !== undefined) return all.find((each) => each.at === at);
  if (all.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t("No merge has left anything to decide in this graph."));
  const own = all.filter((each) => entry !== undefined && each.at.split("/")[2] === entry);
  const listed = own.length > 0 ? own : all;
  if (listed.length < 2) return listed[0];
  const items = listed.map((conflict) => ({ label: conflictName(conflict), conflict }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which conflict?") }))?.conflict;
}

async function chooseWay(conflict: PlacedConflict): Promise<Decide | undefined> {
  const items = waysOf(conflict).map(({ take, title, value }) => ({ label: title, description: value, take }));
  const placeHolder = vscode.l10n.t("Both sides of the merge changed {0}.", conflictName(conflict));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.take;
}

function isWay(value: unknown): value is Decide {
  return value === "here" || value === "ours" || value === "theirs" || value === "base";
}
