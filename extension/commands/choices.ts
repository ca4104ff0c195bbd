import * as vscode from "vscode";
import { END, START, type NodeId } from "../../runtime/model/ids.js";
import type { GraphSession } from "../run/graph-session.js";

/** A node or edge in a list to choose from. */
export interface Choice extends vscode.QuickPickItem {
  readonly id: string;
}

/** Where a run can be sent: every node, and the end. */
export function targetItems(session: GraphSession): readonly Choice[] {
  return [...nodeItems(session), { id: END, label: vscode.l10n.t("End"), description: END }];
}

/** What a run can be sent from: the start, and every node. */
export function sourceItems(session: GraphSession): readonly Choice[] {
  return [{ id: START, label: vscode.l10n.t("Start"), description: START }, ...nodeItems(session)];
}

/** Every edge, said by its ends. */
export function edgeItems({ source }: GraphSession): readonly Choice[] {
  const { nodes, edges } = source.parsed.graph;
  const named = (id: NodeId): string => nodes.get(id)?.label ?? id;
  return [...edges.values()].map(({ id, from, to }) => ({ id, label: `${named(from)} → ${named(to)}`, description: id }));
}

/** Every node. */
export function nodeItems({ source }: GraphSession): readonly Choice[] {
  return [...source.parsed.graph.nodes.values()].map(({ id, label = id }) => ({ id, label, description: label === id ? "" : id }));
}
