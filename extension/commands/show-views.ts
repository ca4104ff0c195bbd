import * as vscode from "vscode";
import type { Command } from "./command.js";

/** Brings the checkpoints into view. */
export const showCheckpoints: Command = { id: "patchbay.showCheckpoints", run: () => focus("checkpoints") };

/** Brings the trace into view. */
export const showTrace: Command = { id: "patchbay.showTrace", run: () => focus("trace") };

/** Brings the compile queue into view. */
export const showCompileQueue: Command = { id: "patchbay.showCompileQueue", run: () => focus("compileQueue") };

function focus(view: string): Thenable<unknown> {
  return vscode.commands.executeCommand(`patchbay.${view}.focus`);
}
