import * as v from "valibot";
import * as vscode from "vscode";
import type { NodeId } from "../../runtime/model/ids.js";
import type { GraphSession } from "../run/graph-session.js";
import { subjectOf } from "./canvas-subject.js";
import { sourceItems, targetItems } from "./choices.js";
import type { Command } from "./command.js";
import { graphOf } from "./target.js";

const given = v.object({ node: v.string(), targets: v.array(v.string()) });

/** Sends a node elsewhere for the rest of the run: to the targets given, or to those chosen from a list. */
export const overrideNode: Command = {
  id: "patchbay.overrideNode",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    if (session === undefined) return;
    session.halted(); // says so before anything is asked
    const whole = args.find((arg) => v.is(given, arg));
    if (v.is(given, whole)) return session.override(whole.node, whole.targets);
    const node = subjectOf(services, session, args).node ?? (await chooseSource(session));
    const targets = node === undefined ? undefined : await chooseTargets(session, node);
    if (node !== undefined && targets !== undefined) session.override(node, targets);
  },
};

/** Lets a node that was sent elsewhere go by its own edges. */
export const restoreRoutes: Command = {
  id: "patchbay.restoreRoutes",
  async run(services, ...args) {
    const session = await graphOf(services, args[0]);
    if (session === undefined) return;
    const { overrides = {} } = session.halted().frontier;
    if (Object.keys(overrides).length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("No node of this run is sent elsewhere."));
      return;
    }
    const { node } = subjectOf(services, session, args);
    const freed = node !== undefined && overrides[node] !== undefined ? node : await chooseOverridden(session, Object.keys(overrides));
    if (freed !== undefined) session.override(freed, []);
  },
};

async function chooseSource(session: GraphSession): Promise<NodeId | undefined> {
  const placeHolder = vscode.l10n.t("From which node is the run to be sent elsewhere?");
  return (await vscode.window.showQuickPick(sourceItems(session), { placeHolder, matchOnDescription: true }))?.id;
}

async function chooseOverridden(session: GraphSession, nodes: readonly NodeId[]): Promise<NodeId | undefined> {
  if (nodes.length === 1) return nodes[0];
  const items = sourceItems(session).filter(({ id }) => nodes.includes(id));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which node goes by its edges again?") }))?.id;
}

/** Asks where to; nothing chosen means by its edges again. */
async function chooseTargets(session: GraphSession, node: NodeId): Promise<readonly NodeId[] | undefined> {
  const now = session.run?.frontier.overrides?.[node] ?? [];
  const chosen = await vscode.window.showQuickPick(
    targetItems(session).map((item) => ({ ...item, picked: now.includes(item.id) })),
    {
      canPickMany: true,
      title: vscode.l10n.t("Send this run elsewhere: from {0} to…", session.source.parsed.graph.nodes.get(node)?.label ?? node),
      placeHolder: vscode.l10n.t("For the rest of this run, whatever its edges say; nothing chosen: by its edges again"),
      matchOnDescription: true,
    },
  );
  return chosen?.map(({ id }) => id);
}
