import * as vscode from "vscode";
import { DEBUG_TYPE } from "../debug/graph-configurations.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Starts the debugger on a new run of a graph. */
export const debugGraph: Command = {
  id: "patchbay.debug",
  async run(services, subject) {
    const session = await graphOf(services, subject);
    if (session === undefined) return;
    const uri = vscode.Uri.parse(session.source.key);
    await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), {
      type: DEBUG_TYPE,
      request: "launch",
      name: vscode.l10n.t("Debug {0}", session.source.name),
      graph: uri.fsPath,
    });
  },
};
