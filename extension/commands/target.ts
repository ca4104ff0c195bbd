import * as vscode from "vscode";
import type { GraphSession } from "../run/graph-session.js";
import type { CommandServices } from "./command.js";

/** The graph that a command is about: the one named by a URI, else the active one. Says so where there is none. */
export async function graphOf(services: CommandServices, named: unknown): Promise<GraphSession | undefined> {
  const session = named instanceof vscode.Uri ? await sessionAt(services, named) : services.active.current;
  if (session === undefined) void vscode.window.showInformationMessage(vscode.l10n.t("Open a graph (*.patchbay.json) first."));
  return session;
}

/** The graph whose run moves what such a canvas shows: of a run inside a node, the outermost one around it. */
export async function moverOf(services: CommandServices, named: unknown): Promise<GraphSession | undefined> {
  const session = await graphOf(services, named);
  const inside = session === undefined ? undefined : services.innerRuns.of(session.source.key);
  return inside?.shown === undefined ? session : inside.root;
}

async function sessionAt({ sessions }: CommandServices, uri: vscode.Uri): Promise<GraphSession | undefined> {
  if (sessions.get(uri) === undefined) await vscode.workspace.openTextDocument(uri);
  return sessions.get(uri);
}
