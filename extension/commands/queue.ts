import * as vscode from "vscode";
import { isBacklogRow } from "../views/backlog-rows.js";
import type { Command } from "./command.js";

/** Compiles what waits for one graph now. */
export const compileEntry: Command = {
  id: "patchbay.compileEntry",
  async run({ queue }, row) {
    if (isBacklogRow(row)) await queue.compileNow(row.entry.graph);
  },
};

/** Ends the compile of one graph, or keeps it from beginning; its edits wait. */
export const cancelCompile: Command = {
  id: "patchbay.cancelCompile",
  run({ queue }, row) {
    if (isBacklogRow(row)) queue.cancel(row.entry.graph);
  },
};

/** No compile begins any more; those at work are done. */
export const stopQueue: Command = {
  id: "patchbay.stopQueue",
  async run({ queue }) {
    await queue.stop();
  },
};

/** Goes on after a stop. */
export const startQueue: Command = {
  id: "patchbay.startQueue",
  run({ queue }) {
    queue.start();
  },
};

/** Compiles everything that waits, and says when that is done. */
export const drainQueue: Command = {
  id: "patchbay.drainQueue",
  async run({ queue }) {
    const { drained } = await queue.drain();
    const text = drained ? vscode.l10n.t("The compile queue is empty.") : vscode.l10n.t("The compile queue could not be emptied.");
    vscode.window.setStatusBarMessage(text, 5000);
  },
};
