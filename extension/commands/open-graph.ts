import { existsSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import * as vscode from "vscode";
import { PatchbayError } from "../../runtime/errors.js";
import { VIEW_TYPE } from "../editor/graph-uri.js";
import { nodeNamed } from "./canvas-subject.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

const aside = v.object({ beside: v.literal(true) });

/** Opens the graph that a node runs, on a canvas; in the editor group beside if the command says so. */
export const openGraph: Command = {
  id: "patchbay.openGraph",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    if (session?.source.directory === undefined) return;
    const node = nodeNamed(services, session, args);
    const path = node === undefined ? undefined : session.source.parsed.raw.nodes.get(node)?.["graph"];
    if (node === undefined || typeof path !== "string") return;
    const file = join(session.source.directory, path);
    if (!existsSync(file)) throw new PatchbayError("GRAPH_MISSING", `There is no file for the graph "${path}".`, { graph: path });
    services.ways.came(file, { file: vscode.Uri.parse(session.source.key).fsPath, node });
    services.innerRuns.enter(vscode.Uri.file(file).toString(), { outer: session.source.key, node });
    const viewColumn = args.some((arg) => v.is(aside, arg)) ? vscode.ViewColumn.Beside : undefined;
    await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(file), VIEW_TYPE, viewColumn);
  },
};
