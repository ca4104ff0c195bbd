import * as vscode from "vscode";
import { chosenNode } from "./chosen-node.js";
import type { Command } from "./command.js";

/** Goes on from a node: where it was due last, or at the checkpoint that was clicked. */
export const runFromHere: Command = {
  id: "patchbay.runFromHere",
  async run(services, ...args) {
    const found = await chosenNode(services, args, vscode.l10n.t("Run from Here"));
    if (found === undefined) return;
    const { session, node, checkpoint } = found;
    await session.runFrom(node, checkpoint === undefined ? undefined : { run: checkpoint.run.id, checkpoint: checkpoint.summary.id });
  },
};
