import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import { VIEW_TYPE } from "../editor/graph-uri.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

/** Opens the graph that a node runs, on a canvas. */
export const openGraph: Command = {
  id: "patchbay.openGraph",
  async run(services, uri, node) {
    const session = await graphOf(services, uri);
    const path = typeof node === "string" ? session?.source.parsed.raw.nodes.get(node)?.["graph"] : undefined;
    if (session?.source.directory === undefined || typeof path !== "string") return;
    const file = join(session.source.directory, path);
    if (!existsSync(file)) throw new PatchbayError("GRAPH_MISSING", `There is no file for the graph "${path}".`, { graph: path });
    await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(file), VIEW_TYPE);
  },
};
