import * as v from "valibot";
import * as vscode from "vscode";
import { valuePlace } from "../../webview/protocol/tasks.js";
import { taskValue } from "../inspector/task-details.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Shows the whole of a value that a task read or wrote. */
export const showTaskValue: Command = {
  id: "patchbay.showTaskValue",
  async run(services, uri, named) {
    const session = await graphOf(services, uri);
    const place = v.safeParse(valuePlace, named);
    if (session === undefined || !place.success) return;
    const { task, of, name } = place.output;
    const value = taskValue(session, place.output);
    if (value === undefined) return void vscode.window.showInformationMessage(vscode.l10n.t("The value of {0} is out of reach.", name));
    const key = [session.source.key, session.run?.id, task, of, name].join("#");
    const text = services.results.keepValue(key, vscode.l10n.t("{0} of {1}", name, task), value);
    await vscode.window.showTextDocument(text, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  },
};
