import * as vscode from "vscode";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Compiles the graph from nothing, whether or not anything has changed, and whatever its strategy is. */
export const recompileNow: Command = {
  id: "patchbay.recompileNow",
  async run(services, uri) {
    const session = await graphOf(services, uri);
    const record = await session?.compiler.forceRecompile();
    if (record?.error !== undefined) void vscode.window.showWarningMessage(vscode.l10n.t("Not compiled: {0}", record.error.message));
  },
};
