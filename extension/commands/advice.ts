import * as vscode from "vscode";
import { isAdviceRow } from "../views/advice-rows.js";
import type { Command } from "./command.js";

/** Does what a piece of advice says: an edit of the document, to be undone like any other. */
export const applyAdvice: Command = {
  id: "patchbay.applyAdvice",
  async run({ sessions, edits }, row) {
    if (!isAdviceRow(row) || row.advice.change === undefined) return;
    const document = sessions.documentOf(row.session);
    if (document === undefined) return;
    const { setting, to } = row.advice.change;
    const outcome = await edits.apply(document, [{ type: "compile/update", patch: { [setting]: to } }]);
    if (!outcome.ok) void vscode.window.showWarningMessage(vscode.l10n.t("Not changed: {0}", outcome.message));
  },
};

/** Gives a piece of advice no more. */
export const dismissAdvice: Command = {
  id: "patchbay.dismissAdvice",
  run({ dismissed }, row) {
    if (isAdviceRow(row)) dismissed.dismiss(row.session.source.key, row.advice);
  },
};
