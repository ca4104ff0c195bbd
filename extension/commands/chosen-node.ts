import * as vscode from "vscode";
import { START, type NodeId } from "../../runtime/model/ids.js";
import type { GraphSession } from "../run/graph-session.js";
import { isCheckpointRow, type CheckpointRow } from "../views/checkpoint-rows.js";
import { subjectOf } from "./canvas-subject.js";
import { nodeItems } from "./choices.js";
import type { CommandServices } from "./command.js";
import { graphOf } from "./target.js";

/** A node that a command is about, and the checkpoint where it was given on one. */
export interface ChosenNode {
  readonly session: GraphSession;
  readonly node: NodeId;
  readonly checkpoint: CheckpointRow | undefined;
}

/** The node that came with a command or is selected on the canvas; else one that is chosen from a list: those that are due at the checkpoint come first. */
export async function chosenNode(services: CommandServices, args: readonly unknown[], title: string): Promise<ChosenNode | undefined> {
  const checkpoint = args.find(isCheckpointRow);
  const session = checkpoint?.session ?? (await graphOf(services, args[0]));
  if (session === undefined) return undefined;
  const { node } = checkpoint === undefined ? subjectOf(services, session, args) : {};
  if (node !== undefined && node !== START && session.source.parsed.graph.nodes.has(node)) return { session, node, checkpoint };
  const due = checkpoint?.summary.due ?? session.run?.frontier.due.map((task) => task.node) ?? [];
  const items = nodeItems(session)
    .map((item) => (due.includes(item.id) ? { ...item, description: vscode.l10n.t("due") } : item))
    .toSorted((a, b) => Number(due.includes(b.id)) - Number(due.includes(a.id)));
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t("Which node?"), matchOnDescription: true });
  return item === undefined ? undefined : { session, node: item.id, checkpoint };
}
