import * as v from "valibot";
import * as vscode from "vscode";
import { failurePlace } from "../inspector/task-details.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

const failed = v.object({ node: v.string(), task: v.string(), attempt: v.optional(v.number()) });

/** Shows the line of the user's own that a task failed in. */
export const showFailedLine: Command = {
  id: "patchbay.showFailedLine",
  async run(services, uri, named) {
    const session = await graphOf(services, uri);
    const task = v.safeParse(failed, named);
    if (session === undefined || !task.success) return;
    const place = failurePlace(session, task.output.node, task.output.task, task.output.attempt);
    if (place === undefined) return;
    const at = new vscode.Position(place.line - 1, Math.max(0, place.column - 1));
    await vscode.window.showTextDocument(vscode.Uri.file(place.path), {
      selection: new vscode.Range(at, at),
      viewColumn: vscode.ViewColumn.Beside,
    });
  },
};
